/** The people's API of the centres. */
import { z } from 'zod';
import { operation } from '../../kernel/operation.ts';
import { PLAIN_DATE } from '../../kernel/time.ts';
import { hash, objectId, partyId, scope } from '../../record/act.ts';
import { receipt } from '../../record/answers.ts';
import { label } from '../../record/charter.ts';
import { centreRow } from './views.ts';

export const registerCentreInput = z.strictObject({
  port: label,
  host: partyId,
  locode: z.string().regex(/^[A-Z]{2}[A-Z2-9]{3}$/).optional(),
  openedOn: z.string().regex(PLAIN_DATE).optional(),
  instrument: z.strictObject({ id: objectId, revision: hash }).optional(),
  source: label.optional(),
  recordedAfterwards: z.boolean(),
  scope: scope.optional(),
});

export const listCentres = operation({
  id: 'centres.list', method: 'GET', path: '/api/centres', answer: z.strictObject({ rows: z.array(centreRow) }), refusals: [],
});

export const getCentre = operation({
  id: 'centres.get', method: 'GET', path: '/api/centres/:centre', params: z.object({ centre: objectId }), answer: centreRow, refusals: ['centre.unknown'],
});

export const registerCentreOperation = operation({
  id: 'centres.register', method: 'POST', path: '/api/centres', body: registerCentreInput, answer: receipt,
  refusals: ['centre.host-unknown', 'centre.code-of-other-country', 'centre.date-impossible', 'centre.instrument-unknown', 'mandate.power-missing'],
});

export const centresOperations = [listCentres, getCentre, registerCentreOperation] as const;
