-- Local: the access journal, a log of its own that never leaves the node. Entries are only ever added;
-- journal_head has one row. entry: its canonical bytes, hash: their RFC 6962 leaf hash (docs/spec/journal.md).

CREATE TABLE journal_entry (
  n INTEGER NOT NULL PRIMARY KEY,
  operation TEXT NOT NULL,
  entry BLOB NOT NULL,
  hash BLOB NOT NULL
);
CREATE INDEX journal_entry_operation ON journal_entry (operation, n);

CREATE TABLE journal_head (
  id INTEGER NOT NULL PRIMARY KEY,
  size INTEGER NOT NULL,
  root TEXT NOT NULL,
  range TEXT NOT NULL,
  note TEXT NOT NULL
);
