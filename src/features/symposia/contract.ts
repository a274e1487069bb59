/** The people's API of series and editions. */
import { z } from 'zod';
import { operation } from '../../kernel/operation.ts';
import { languages } from '../../kernel/language.ts';
import { PLAIN_DATE, ZONED_TIME } from '../../kernel/time.ts';
import { hash, objectId, partyId, scope } from '../../record/act.ts';
import { receipt } from '../../record/answers.ts';
import { label } from '../../record/charter.ts';
import { editionRow, seriesRow } from './views.ts';

export const createSeriesInput = z.strictObject({
  title: label,
  instrument: z.strictObject({ id: objectId, revision: hash }).optional(),
  source: label.optional(),
  recordedAfterwards: z.boolean(),
  scope: scope.optional(),
});

export const registerEditionInput = z.strictObject({
  series: objectId,
  number: z.int().min(1).max(999),
  host: partyId,
  place: label,
  from: z.string().regex(PLAIN_DATE),
  to: z.string().regex(PLAIN_DATE),
  opensAt: z.string().regex(ZONED_TIME).max(80).optional(),
  title: label,
  authentic: z.array(z.enum(languages)).min(1).max(4),
  source: label.optional(),
  recordedAfterwards: z.boolean(),
  scope: scope.optional(),
});

export const listSymposia = operation({
  id: 'symposia.list', method: 'GET', path: '/api/symposia',
  answer: z.strictObject({ series: z.array(seriesRow), editions: z.array(editionRow) }), refusals: [],
});

export const getEdition = operation({
  id: 'symposia.edition', method: 'GET', path: '/api/editions/:edition', params: z.object({ edition: objectId }), answer: editionRow, refusals: ['symposium.edition-unknown'],
});

export const createSeriesOperation = operation({
  id: 'symposia.create-series', method: 'POST', path: '/api/symposia', body: createSeriesInput, answer: receipt,
  refusals: ['symposium.instrument-unknown', 'mandate.power-missing'],
});

export const registerEditionOperation = operation({
  id: 'symposia.register-edition', method: 'POST', path: '/api/editions', body: registerEditionInput, answer: receipt,
  refusals: [
    'symposium.date-impossible', 'symposium.ends-before-it-begins', 'symposium.opens-outside-its-days', 'symposium.host-unknown',
    'symposium.language-twice', 'symposium.series-unknown', 'symposium.number-taken', 'mandate.power-missing',
  ],
});

export const symposiaOperations = [listSymposia, getEdition, createSeriesOperation, registerEditionOperation] as const;
