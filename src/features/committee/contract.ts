/** The people's API of bodies. */
import { z } from 'zod';
import { operation } from '../../kernel/operation.ts';
import { PLAIN_DATE } from '../../kernel/time.ts';
import { hash, objectId, scope } from '../../record/act.ts';
import { receipt } from '../../record/answers.ts';
import { label } from '../../record/charter.ts';
import { bodyKinds, chairings } from './acts.ts';
import { bodyRow } from './views.ts';

export const createBodyInput = z.strictObject({
  kind: z.enum(bodyKinds),
  name: label,
  parent: objectId.optional(),
  chairing: z.enum(chairings),
  yearly: z.boolean(),
  createdOn: z.string().regex(PLAIN_DATE).optional(),
  instrument: z.strictObject({ id: objectId, revision: hash }).optional(),
  source: label.optional(),
  recordedAfterwards: z.boolean(),
  scope: scope.optional(),
});

export const listBodies = operation({
  id: 'committee.list', method: 'GET', path: '/api/bodies', answer: z.strictObject({ rows: z.array(bodyRow) }), refusals: [],
});

export const getBody = operation({
  id: 'committee.get', method: 'GET', path: '/api/bodies/:body', params: z.object({ body: objectId }), answer: bodyRow, refusals: ['committee.unknown'],
});

export const createBodyOperation = operation({
  id: 'committee.create', method: 'POST', path: '/api/bodies', body: createBodyInput, answer: receipt,
  refusals: ['committee.date-impossible', 'committee.parent-missing', 'committee.parent-not-allowed', 'committee.parent-unknown', 'committee.instrument-unknown', 'mandate.power-missing'],
});

export const committeeOperations = [listBodies, getBody, createBodyOperation] as const;
