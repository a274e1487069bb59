CREATE TABLE account (
  officer TEXT NOT NULL PRIMARY KEY,
  user_handle TEXT NOT NULL,
  created_at TEXT NOT NULL
);

CREATE TABLE challenge (
  id TEXT NOT NULL PRIMARY KEY,
  purpose TEXT NOT NULL,
  officer TEXT NOT NULL,
  challenge BLOB NOT NULL,
  data TEXT NOT NULL,
  expires_at TEXT NOT NULL
);

CREATE INDEX challenge_expiry ON challenge (expires_at);

CREATE TABLE checkpoint (
  party TEXT NOT NULL,
  size INTEGER NOT NULL,
  root TEXT NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (party, size)
);

CREATE TABLE cosignature (
  party TEXT NOT NULL,
  size INTEGER NOT NULL,
  "by" TEXT NOT NULL,
  at INTEGER NOT NULL,
  line TEXT NOT NULL,
  PRIMARY KEY (party, "by", size)
);

CREATE TABLE credential (
  id TEXT NOT NULL PRIMARY KEY,
  officer TEXT NOT NULL,
  public_key BLOB NOT NULL,
  alg TEXT NOT NULL,
  key TEXT NOT NULL,
  counter INTEGER NOT NULL,
  transports TEXT NOT NULL,
  label TEXT NOT NULL,
  state TEXT NOT NULL,
  proof TEXT,
  created_at TEXT NOT NULL,
  used_at TEXT,
  ended_at TEXT
);

CREATE INDEX credential_officer ON credential (officer, state);

CREATE TABLE draft (
  doc TEXT NOT NULL,
  lang TEXT NOT NULL,
  officer TEXT NOT NULL,
  saved_at TEXT NOT NULL,
  key BLOB NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (doc, lang)
);

CREATE TABLE draft_doc (
  doc TEXT NOT NULL PRIMARY KEY,
  scope TEXT NOT NULL,
  officer TEXT NOT NULL,
  begun_at TEXT NOT NULL,
  key BLOB NOT NULL,
  sealed BLOB NOT NULL
);

CREATE TABLE evidence (
  id TEXT NOT NULL PRIMARY KEY,
  party TEXT NOT NULL,
  at TEXT NOT NULL,
  code TEXT NOT NULL,
  data TEXT NOT NULL
);

CREATE TABLE fact (
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  party TEXT NOT NULL,
  idx INTEGER NOT NULL,
  n INTEGER NOT NULL,
  act TEXT NOT NULL,
  data TEXT NOT NULL,
  PRIMARY KEY (kind, key, party, idx, n)
);

CREATE INDEX fact_place ON fact (party, idx);

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

CREATE TABLE head (
  party TEXT NOT NULL PRIMARY KEY,
  epoch INTEGER NOT NULL,
  size INTEGER NOT NULL,
  root TEXT NOT NULL,
  range TEXT NOT NULL,
  note TEXT NOT NULL,
  decided INTEGER NOT NULL,
  frozen_at INTEGER,
  cut TEXT NOT NULL
);

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

CREATE TABLE leaf (
  party TEXT NOT NULL,
  idx INTEGER NOT NULL,
  act TEXT NOT NULL,
  type TEXT NOT NULL,
  scope TEXT NOT NULL,
  hash BLOB NOT NULL,
  envelope BLOB NOT NULL,
  verdict TEXT,
  seq INTEGER,
  PRIMARY KEY (party, idx)
);

CREATE INDEX leaf_act ON leaf (act);

CREATE UNIQUE INDEX leaf_seq ON leaf (seq);

CREATE TABLE link (
  party TEXT NOT NULL PRIMARY KEY,
  their_size INTEGER NOT NULL,
  last_contact TEXT,
  state TEXT NOT NULL,
  reason TEXT
);

CREATE TABLE meta (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
);

CREATE TABLE migration (name TEXT NOT NULL PRIMARY KEY, digest TEXT NOT NULL);

CREATE TABLE part (
  "commit" TEXT NOT NULL PRIMARY KEY,
  class TEXT NOT NULL,
  media TEXT NOT NULL,
  size INTEGER NOT NULL,
  audience TEXT,
  state TEXT NOT NULL,
  sealed BLOB,
  party TEXT NOT NULL,
  idx INTEGER NOT NULL
);

CREATE INDEX part_state ON part (state, party, idx);

CREATE TABLE prepared (
  id TEXT NOT NULL PRIMARY KEY,
  act TEXT NOT NULL,
  type TEXT NOT NULL,
  payload BLOB NOT NULL,
  officers TEXT NOT NULL,
  parts TEXT NOT NULL,
  signatures TEXT NOT NULL,
  quorum INTEGER NOT NULL,
  state TEXT NOT NULL,
  receipt TEXT,
  "by" TEXT NOT NULL,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL
);

CREATE INDEX prepared_state ON prepared (state, expires_at);

CREATE TABLE projection (
  name TEXT NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  tables TEXT NOT NULL,
  done INTEGER NOT NULL
);

CREATE TABLE rate (
  key TEXT NOT NULL PRIMARY KEY,
  used INTEGER NOT NULL,
  ends_at INTEGER NOT NULL
);

CREATE INDEX rate_end ON rate (ends_at);

CREATE TABLE read_mark (
  officer TEXT NOT NULL,
  object TEXT NOT NULL,
  seq INTEGER NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (officer, object)
);

CREATE TABLE session (
  id TEXT NOT NULL PRIMARY KEY,
  token TEXT NOT NULL,
  officer TEXT NOT NULL,
  "by" TEXT NOT NULL,
  agent TEXT NOT NULL,
  started_at TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  expires_at TEXT NOT NULL
);

CREATE INDEX session_officer ON session (officer);

CREATE UNIQUE INDEX session_token ON session (token);

CREATE TABLE sign_in_link (
  id TEXT NOT NULL PRIMARY KEY,
  token TEXT NOT NULL,
  kind TEXT NOT NULL,
  officer TEXT NOT NULL,
  made_by TEXT NOT NULL,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  used_at TEXT
);

CREATE INDEX sign_in_link_officer ON sign_in_link (officer, kind);

CREATE UNIQUE INDEX sign_in_link_token ON sign_in_link (token);

CREATE TABLE space (
  id TEXT NOT NULL PRIMARY KEY,
  charter BLOB NOT NULL,
  state TEXT NOT NULL
);

CREATE TABLE tile (
  party TEXT NOT NULL,
  level INTEGER NOT NULL,
  idx INTEGER NOT NULL,
  hashes BLOB NOT NULL,
  PRIMARY KEY (party, level, idx)
);
