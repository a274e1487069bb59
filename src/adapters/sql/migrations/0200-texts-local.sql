-- Local: what officers write before it is shared, and what they have read. Never replicated.
-- Words are sealed under a key per object (src/node/local-seal.ts); discarding destroys the key.

-- A document that was begun and never shared: kind, title, languages, slot and relation, sealed.
CREATE TABLE draft_doc (
  doc TEXT NOT NULL PRIMARY KEY,
  scope TEXT NOT NULL,
  officer TEXT NOT NULL,
  begun_at TEXT NOT NULL,
  key BLOB NOT NULL,
  sealed BLOB NOT NULL
);

-- The unshared autosave of one language version.
CREATE TABLE draft (
  doc TEXT NOT NULL,
  lang TEXT NOT NULL,
  officer TEXT NOT NULL,
  saved_at TEXT NOT NULL,
  key BLOB NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (doc, lang)
);

-- Up to which decided act (leaf.seq) an officer has read an object.
CREATE TABLE read_mark (
  officer TEXT NOT NULL,
  object TEXT NOT NULL,
  seq INTEGER NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (officer, object)
);
