/**
 * The tables that both engines share, typed for Kysely. Three classes (architecture §1):
 * truth (forward-only migrations), local (never replicated), read tables (dropped and replayed).
 * Slices extend this interface by declaration merging for their read tables.
 */
import type { Bytes } from '../kernel/bytes.ts';

export interface Tables {
  /** truth */
  space: { id: string; charter: Bytes; state: string };
  head: { party: string; epoch: number; size: number; root: string; range: string; note: string; decided: number; frozen_at: number | null };
  leaf: { party: string; idx: number; act: string; type: string; scope: string; hash: Bytes; envelope: Bytes; verdict: string | null };
  tile: { party: string; level: number; idx: number; hashes: Bytes };
  fact: { kind: string; key: string; party: string; idx: number; act: string; data: string };
  cosignature: { party: string; size: number; by: string; at: number; line: string };
  part: { commit: string; class: string; media: string; size: number; state: string; sealed: Bytes | null; party: string; idx: number };
  evidence: { id: string; party: string; at: string; code: string; data: string };
  meta: { key: string; value: string };
}
