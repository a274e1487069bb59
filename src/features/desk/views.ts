/**
 * The desk: one list, ordered by what it costs to leave it. Each row is one sentence: the message key
 * `desk.row.<key>` with `params` and, for values in several languages, `labels` (the page chooses the language).
 */
import { z } from 'zod';
import { instant, partyId } from '../../record/act.ts';
import { label } from '../../record/charter.ts';

/** In this order: waiting for my signature or answer, late, due soon, new from the other side. */
export const deskBands = ['waiting', 'late', 'due-soon', 'new'] as const;
export type DeskBand = (typeof deskBands)[number];

export const deskRow = z.strictObject({
  /** Stable while the matter is open. */
  id: z.string(),
  band: z.enum(deskBands),
  key: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  labels: z.record(z.string(), label),
  /** Who asks; the office where the record names one. */
  by: z.strictObject({ party: partyId, office: label.optional() }),
  at: instant,
  /** Until when; shown in both zones. */
  dueAt: instant.optional(),
  /** Page of the matter. */
  href: z.string(),
  /** Where the matter is a joint text: what its star shows. */
  star: z.strictObject({
    state: z.string(),
    stances: z.array(z.strictObject({ party: partyId, stance: z.enum(['none', 'signed', 'refused']), delivered: z.boolean() })),
  }).optional(),
  /** What can be done in place: the operation and its parameters; the page asks for what is missing. */
  action: z.strictObject({ operation: z.string(), params: z.record(z.string(), z.string()) }).optional(),
});
export type DeskRow = z.infer<typeof deskRow>;

/** "you 41, they 39, since 10:42". */
export const deskLink = z.strictObject({
  party: partyId,
  ourSize: z.int(),
  theyHaveOurs: z.int(),
  theirSize: z.int(),
  weHaveTheirs: z.int(),
  waitingSince: instant.optional(),
  lastContact: instant.optional(),
  state: z.enum(['linked', 'waiting', 'down', 'frozen']),
  reason: z.string().optional(),
});

export const deskView = z.strictObject({
  rows: z.array(deskRow),
  links: z.array(deskLink),
  node: z.enum(['founding', 'recovering', 'unconfirmed', 'open']),
});
export type DeskView = z.infer<typeof deskView>;
