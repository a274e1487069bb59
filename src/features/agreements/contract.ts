/** The people's API of the agreements registry. */
import { z } from 'zod';
import { operation } from '../../kernel/operation.ts';
import { languages } from '../../kernel/language.ts';
import { PARTIAL_DATE, PLAIN_DATE } from '../../kernel/time.ts';
import { objectId, partyId, scope } from '../../record/act.ts';
import { receipt } from '../../record/answers.ts';
import { label } from '../../record/charter.ts';
import { gazette, instrumentKinds, instrumentLevels } from './acts.ts';
import { instrumentRow } from './views.ts';

export const registerInstrumentBody = z.strictObject({
  kind: z.enum(instrumentKinds),
  level: z.enum(instrumentLevels),
  title: label,
  authentic: z.array(z.enum(languages)).min(1).max(4),
  signedOn: z.string().regex(PARTIAL_DATE),
  place: label.optional(),
  offices: z.array(z.strictObject({ party: partyId, office: label })).max(16),
  inForceOn: z.string().regex(PLAIN_DATE).optional(),
  gazettes: z.array(gazette).max(8),
  source: label.optional(),
  recordedAfterwards: z.boolean(),
  scope: scope.optional(),
});

export const listInstruments = operation({
  id: 'agreements.list', method: 'GET', path: '/api/instruments',
  query: z.object({ kind: z.enum(instrumentKinds).optional(), level: z.enum(instrumentLevels).optional() }),
  answer: z.strictObject({ rows: z.array(instrumentRow) }), refusals: [],
});

export const getInstrument = operation({
  id: 'agreements.get', method: 'GET', path: '/api/instruments/:instrument', params: z.object({ instrument: objectId }),
  answer: instrumentRow, refusals: ['agreement.unknown'],
});

export const registerInstrumentOperation = operation({
  id: 'agreements.register', method: 'POST', path: '/api/instruments', body: registerInstrumentBody, answer: receipt,
  refusals: ['agreement.party-unknown', 'agreement.language-twice', 'agreement.date-impossible', 'agreement.in-force-before-signature', 'mandate.power-missing'],
});

export const agreementsOperations = [listInstruments, getInstrument, registerInstrumentOperation] as const;
