/** The page of facts. The facts are for everybody; the objects of the record only for who may read them. */
import { z } from 'zod';
import { operation } from '../../kernel/operation.ts';
import { hash, partyId } from '../../record/act.ts';
import { label } from '../../record/charter.ts';
import { textRow } from '../texts/published.ts';
import { factIds } from './facts.ts';

const fact = z.strictObject({ id: z.enum(factIds), live: z.boolean() });

export const listFacts = operation({
  id: 'communique.facts', method: 'GET', path: '/api/communique', access: 'public',
  answer: z.strictObject({ exercise: z.boolean(), facts: z.array(fact) }), refusals: [],
});

/** An object of the record that embodies a fact: found by what it is, never by a fixed id. */
export const factObject = z.strictObject({
  kind: z.string(), id: z.string(), label,
  /** Its page. */
  href: z.string(),
  /** The act that entered it, where it has one. */
  act: z.strictObject({ act: hash, party: partyId, index: z.int() }).optional(),
});
export type FactObject = z.infer<typeof factObject>;

export const listFactObjects = operation({
  id: 'communique.objects', method: 'GET', path: '/api/communique/objects',
  answer: z.strictObject({
    facts: z.array(fact.extend({ objects: z.array(factObject) })),
    /** The communiqué itself as a joint text, newest first. */
    texts: z.array(textRow),
  }),
  refusals: [],
});

export const communiqueOperations = [listFacts, listFactObjects] as const;
