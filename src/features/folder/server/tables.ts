/** Local tables of the signature folder (src/adapters/sql/migrations/0101-folder.sql), typed for Kysely. */
import type { Bytes } from '../../../kernel/bytes.ts';
import type { EntryState, Mode, Step } from '../clearance.ts';

export interface FolderTables {
  folder_entry: {
    id: string; text: string; scope: string; signer: string; mode: Mode; state: EntryState; round: number;
    opened_by: string; opened_at: string; due_on: string | null; seal: Bytes; reason: Bytes;
  };
  folder_step: {
    entry: string; round: number; n: number; officer: string; outcome: Step['outcome']; by: string | null; note: Bytes | null; at: string | null;
    reminders: number; reminded_at: string | null;
  };
  folder_absence: {
    id: string; officer: string; substitute: string; from_on: string; to_on: string; entered_by: string; entered_at: string; ended_at: string | null;
  };
}

declare module '../../../node/tables.ts' {
  // oxlint-disable-next-line typescript/no-empty-interface -- declaration merging: the members are those of FolderTables
  interface Tables extends FolderTables {}
}
