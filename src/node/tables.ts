/**
 * The tables that both engines share, typed for Kysely. Three classes (architecture §1):
 * truth (forward-only migrations), local (never replicated), read tables (dropped and replayed).
 * Slices extend this interface by declaration merging for their read tables and local tables.
 * Truth and local tables are created by src/adapters/sql/migrations, read tables by `Projection.tables`.
 */
import type { Bytes } from '../kernel/bytes.ts';

export interface Tables {
  /** truth */
  space: { id: string; charter: Bytes; state: string };
  head: { party: string; epoch: number; size: number; root: string; range: string; note: string; decided: number; frozen_at: number | null; cut: string };
  leaf: { party: string; idx: number; act: string; type: string; scope: string; hash: Bytes; envelope: Bytes; verdict: string | null; seq: number | null };
  tile: { party: string; level: number; idx: number; hashes: Bytes };
  fact: { kind: string; key: string; party: string; idx: number; n: number; act: string; data: string };
  checkpoint: { party: string; size: number; root: string; note: string };
  cosignature: { party: string; size: number; by: string; at: number; line: string };
  part: { commit: string; class: string; media: string; size: number; audience: string | null; state: string; sealed: Bytes | null; party: string; idx: number };
  evidence: { id: string; party: string; at: string; code: string; data: string };
  meta: { key: string; value: string };
  /** local */
  prepared: {
    id: string; act: string; type: string; payload: Bytes; officers: string; parts: string; signatures: string; quorum: number;
    state: string; receipt: string | null; by: string; created_at: string; expires_at: string;
  };
  link: { party: string; their_size: number; last_contact: string | null; state: string; reason: string | null };
  projection: { name: string; version: number; tables: string; done: number };
}
