/** The mechanism at a glance: what the space is, who is in it, what it rests on, what it has made. */
import { z } from 'zod';
import { languages } from '../../kernel/language.ts';
import { hash, objectId, partyId } from '../../record/act.ts';
import { label } from '../../record/charter.ts';
import { instrumentRow } from '../agreements/published.ts';
import { centreRow } from '../centres/published.ts';
import { bodyRow } from '../committee/published.ts';
import { editionRow, seriesRow } from '../symposia/published.ts';

export const mechanismParty = z.strictObject({
  id: partyId,
  name: label,
  short: label,
  country: z.string(),
  language: z.enum(languages),
  zone: z.string(),
  /** How many officers must sign a stance. */
  quorum: z.int(),
  corps: z.array(z.strictObject({ id: objectId, name: label })),
  /** Offices, never names. `held`: somebody holds a mandate for it now. */
  offices: z.array(z.strictObject({ id: objectId, name: label, corps: objectId.optional(), powers: z.array(z.string()), held: z.boolean() })),
});
export type MechanismParty = z.infer<typeof mechanismParty>;

export const mechanismView = z.strictObject({
  space: hash,
  name: label,
  exercise: z.boolean(),
  /** The party whose node this is; it comes first. */
  own: partyId,
  charter: z.strictObject({ id: z.union([hash, z.literal('genesis')]), rules: z.int(), highestMark: z.string() }),
  authentic: z.array(z.enum(languages)),
  parties: z.array(mechanismParty),
  bodies: z.array(bodyRow),
  series: z.array(seriesRow),
  editions: z.array(editionRow),
  /** Per series, whose turn it is to host next: after the host of the latest edition, in the charter's order. */
  nextHosts: z.array(z.strictObject({ series: objectId, host: partyId, after: objectId })),
  instruments: z.array(instrumentRow),
  centres: z.array(centreRow),
});
export type MechanismView = z.infer<typeof mechanismView>;
