-- Local: the signature folder. Internal steps never leave the node. seal: key of the entry's words
-- (node/local-seal.ts); reason and note are sealed under it.

CREATE TABLE folder_entry (
  id TEXT NOT NULL PRIMARY KEY,
  text TEXT NOT NULL,
  scope TEXT NOT NULL,
  signer TEXT NOT NULL,
  mode TEXT NOT NULL,
  state TEXT NOT NULL,
  round INTEGER NOT NULL,
  opened_by TEXT NOT NULL,
  opened_at TEXT NOT NULL,
  due_on TEXT,
  seal BLOB NOT NULL,
  reason BLOB NOT NULL
);
CREATE INDEX folder_entry_text ON folder_entry (text, state);

CREATE TABLE folder_step (
  entry TEXT NOT NULL,
  round INTEGER NOT NULL,
  n INTEGER NOT NULL,
  officer TEXT NOT NULL,
  outcome TEXT NOT NULL,
  "by" TEXT,
  note BLOB,
  at TEXT,
  reminders INTEGER NOT NULL,
  reminded_at TEXT,
  PRIMARY KEY (entry, round, n)
);
CREATE INDEX folder_step_officer ON folder_step (officer, outcome);

CREATE TABLE folder_absence (
  id TEXT NOT NULL PRIMARY KEY,
  officer TEXT NOT NULL,
  substitute TEXT NOT NULL,
  from_on TEXT NOT NULL,
  to_on TEXT NOT NULL,
  entered_by TEXT NOT NULL,
  entered_at TEXT NOT NULL,
  ended_at TEXT
);
CREATE INDEX folder_absence_officer ON folder_absence (officer, to_on);
