/** The people's API of the record explorer. Only reading and checking: it writes nothing. */
import { z } from 'zod';
import { operation } from '../../kernel/operation.ts';
import { hash, partyId } from '../../record/act.ts';
import { actRow, actView, backupView, evidenceView, logView, verification } from './views.ts';

/** Rows of one page of acts. */
export const PAGE_MAX = 100;
const index = z.coerce.number().int().min(0);

export const listLogs = operation({
  id: 'record.logs', method: 'GET', path: '/api/record',
  answer: z.strictObject({ space: hash, own: partyId, logs: z.array(logView), evidence: z.array(evidenceView) }), refusals: [],
});

/** Newest first; `before` is an index to page on from. Filters apply to what the reader may read. */
export const listActs = operation({
  id: 'record.acts', method: 'GET', path: '/api/record/:party/acts', params: z.object({ party: partyId }),
  query: z.object({
    before: index.optional(),
    limit: z.coerce.number().int().min(1).max(PAGE_MAX).optional(),
    type: z.string().max(60).optional(),
    effect: z.enum(['valid', 'none', 'undecided']).optional(),
  }),
  answer: z.strictObject({ rows: z.array(actRow), next: z.int().optional(), size: z.int(), types: z.array(z.string()) }),
  refusals: ['record.log-unknown'],
});

export const getAct = operation({
  id: 'record.act', method: 'GET', path: '/api/record/:party/acts/:index', params: z.object({ party: partyId, index }),
  answer: actView, refusals: ['record.log-unknown', 'record.act-unknown'],
});

/** Where an act id (or the id of a text) stands. */
export const findAct = operation({
  id: 'record.find', method: 'GET', path: '/api/record/find/:act', params: z.object({ act: hash }),
  answer: z.strictObject({ party: partyId, index: z.int() }), refusals: ['record.act-unknown'],
});

/** Checks a whole log (no index) or one entry again, now, from the stored bytes, and says what was checked. */
export const verifyHere = operation({
  id: 'record.verify', method: 'POST', path: '/api/record/:party/verify', params: z.object({ party: partyId }),
  body: z.strictObject({ index: z.int().min(0).optional() }),
  answer: verification, refusals: ['record.log-unknown', 'record.act-unknown'],
});

/** Where the record is safe, and how old the copies made here are. */
export const getBackupState = operation({ id: 'record.backup', method: 'GET', path: '/api/backup', answer: backupView, refusals: [] });

export const recordOperations = [listLogs, listActs, getAct, findAct, verifyHere, getBackupState] as const;
