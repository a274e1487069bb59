-- Local: never replicated, left out of exports. Its loss is stated after a restore.

-- Acts whose bytes are fixed and that wait for officers' signatures.
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

-- What this node last heard of each peer.
CREATE TABLE link (
  party TEXT NOT NULL PRIMARY KEY,
  their_size INTEGER NOT NULL,
  last_contact TEXT,
  state TEXT NOT NULL,
  reason TEXT
);

-- Read tables that exist, by the version of their projection; `done` is the seq up to which they were fed.
CREATE TABLE projection (
  name TEXT NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  tables TEXT NOT NULL,
  done INTEGER NOT NULL
);
