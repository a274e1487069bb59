-- Local: how the people of this party come in. Never replicated; no secret stands here in clear.

-- user_handle: what an authenticator stores as user.id. Random per node, because every node of a
-- demo shares the rpId localhost and equal ids would overwrite each other's passkeys.
CREATE TABLE account (
  officer TEXT NOT NULL PRIMARY KEY,
  user_handle TEXT NOT NULL,
  created_at TEXT NOT NULL
);

-- key: the id that the passkey's public key has in the record once a mandate.key grants it. proof: the
-- signature by which its holder showed possession, until that act is recorded. state: active, ended.
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
CREATE UNIQUE INDEX session_token ON session (token);
CREATE INDEX session_officer ON session (officer);

-- token: SHA-256 of the secret in the link. kind: enrol (single use) or demo (while the demo runs).
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
CREATE UNIQUE INDEX sign_in_link_token ON sign_in_link (token);
CREATE INDEX sign_in_link_officer ON sign_in_link (officer, kind);

CREATE TABLE challenge (
  id TEXT NOT NULL PRIMARY KEY,
  purpose TEXT NOT NULL,
  officer TEXT NOT NULL,
  challenge BLOB NOT NULL,
  data TEXT NOT NULL,
  expires_at TEXT NOT NULL
);
CREATE INDEX challenge_expiry ON challenge (expires_at);

-- One row per counted key and window; ends_at in milliseconds.
CREATE TABLE rate (
  key TEXT NOT NULL PRIMARY KEY,
  used INTEGER NOT NULL,
  ends_at INTEGER NOT NULL
);
CREATE INDEX rate_end ON rate (ends_at);
