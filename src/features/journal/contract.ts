/** The people's API of the access journal: reading and verifying, for officers with the power `audit`. */
import { z } from 'zod';
import { operation } from '../../kernel/operation.ts';
import { journalOperations } from '../../record/journal.ts';
import { anchorView, journalRow, journalVerdict } from './views.ts';

/** Entries of one page. */
export const PAGE_MAX = 100;

/** Newest first; `before` is a place to page on from. */
export const listJournal = operation({
  id: 'journal.list', method: 'GET', path: '/api/journal',
  query: z.object({
    before: z.coerce.number().int().min(0).optional(),
    limit: z.coerce.number().int().min(1).max(PAGE_MAX).optional(),
    operation: z.enum(journalOperations).optional(),
  }),
  answer: z.strictObject({ rows: z.array(journalRow), next: z.int().optional(), size: z.int(), anchor: anchorView.optional() }),
  refusals: ['mandate.power-missing'],
});

/** Reads the whole journal again and compares it with its signed head and with every anchor in the main log. */
export const verifyJournal = operation({
  id: 'journal.verify', method: 'POST', path: '/api/journal/verify', body: z.strictObject({}),
  answer: journalVerdict, refusals: ['mandate.power-missing'],
});

export const journalOperationsOfApi = [listJournal, verifyJournal] as const;
