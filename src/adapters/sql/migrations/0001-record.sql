-- Truth. Portable between SQLite and PostgreSQL: column types are TEXT, INTEGER (64 bits), REAL, BLOB.
-- Forward only: an applied file never changes, a correction is a new file.

-- One row: the space of this node. Every writing transaction locks it before it reads.
CREATE TABLE space (
  id TEXT NOT NULL PRIMARY KEY,
  charter BLOB NOT NULL,
  state TEXT NOT NULL
);

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

-- seq: the order in which this node decided acts of all logs; local, causal, without gaps; null until decided.
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
CREATE UNIQUE INDEX leaf_seq ON leaf (seq);
CREATE INDEX leaf_act ON leaf (act);

-- Complete tiles of 256 hashes (C2SP tlog-tiles); partial ones are computed.
CREATE TABLE tile (
  party TEXT NOT NULL,
  level INTEGER NOT NULL,
  idx INTEGER NOT NULL,
  hashes BLOB NOT NULL,
  PRIMARY KEY (party, level, idx)
);

-- What valid acts established. n numbers the facts of one act.
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

-- Every signed note of another party that this node relied on: evidence, should its owner ever sign another.
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

-- state: held, missing, erased, withheld, prepared (belongs to an act that officers are still signing).
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

CREATE TABLE evidence (
  id TEXT NOT NULL PRIMARY KEY,
  party TEXT NOT NULL,
  at TEXT NOT NULL,
  code TEXT NOT NULL,
  data TEXT NOT NULL
);

CREATE TABLE meta (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
);

-- The row exists from the first start, so that there is always one to lock; founding fills it in.
INSERT INTO space (id, charter, state) SELECT '', CAST('' AS BLOB), 'new';
