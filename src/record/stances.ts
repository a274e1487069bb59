/**
 * What is joint, as a pure function of stances. docs/spec/texts.md, docs/spec/charter.md.
 *
 * A party's stance on a text is its first valid sign or refuse, in its own log, for ever. Concluded:
 * every party of the text's charter signed. Dead: one refused. Both only ever become true; neither
 * rests on a clock or on any order between logs. The charter in force is the end of the chain of
 * concluded charter changes.
 *
 * Every question here is monotone: presence in the cut, absence in the own log only.
 */
import type { Hash, ObjectId, PartyId } from '../kernel/ids.ts';
import type { Scope } from './act.ts';
import type { Charter, CharterParty } from './charter.ts';
import { facts, factsOf, type Asking, type CharterId, type Fact, type NewFact } from './rule.ts';

/** Kinds of the facts that texts and charters share. */
export const TEXT = 'text';
export const STANCE = 'text.stance';
export const SLOT_SIGNED = 'text.slot-signed';
export const CHARTER = 'charter';
export const CHARTER_NEXT = 'charter.next';

/** Slot of every charter change; its base is the charter that it replaces. No other text may name it. */
export const CHARTER_SLOT = 'charter';

export interface Slot {
  readonly name: string;
  readonly base: string;
}

/** What rules know of something that can be signed. Its id is the act's. */
export interface TextData {
  readonly charter: CharterId;
  readonly kind: string;
  readonly scope: Scope;
  readonly doc?: ObjectId;
  readonly slot?: Slot;
}

export type Stance = 'sign' | 'refuse';

export interface StanceData {
  readonly stance: Stance;
}

export interface CharterData {
  readonly base: CharterId;
  readonly charter: Charter;
  /** Where frozen logs go on in their new epoch. */
  readonly continues?: readonly { readonly party: PartyId; readonly size: number; readonly root: Hash }[];
}

export function slotKey(slot: Slot): string {
  return `${slot.name} ${slot.base}`;
}

/** The facts by which something becomes signable. */
export function textFact(text: Hash, data: TextData): NewFact {
  return { kind: TEXT, key: text, data };
}

/** Each party's stance. Rules let one stand per party; of a tampered set the first in the party's log counts. */
export function stancesOf(stances: readonly Fact<StanceData>[]): ReadonlyMap<PartyId, Stance> {
  const first = new Map<PartyId, Fact<StanceData>>();
  for (const fact of stances) {
    const earlier = first.get(fact.party);
    if (earlier === undefined || fact.index < earlier.index) first.set(fact.party, fact);
  }
  return new Map([...first].map(([party, fact]) => [party, fact.data.stance]));
}

/** Every party signed. */
export function isConcluded(stances: ReadonlyMap<PartyId, Stance>, parties: readonly PartyId[]): boolean {
  return parties.length > 0 && parties.every((party) => stances.get(party) === 'sign');
}

/** One party refused. */
export function isDead(stances: ReadonlyMap<PartyId, Stance>, parties: readonly PartyId[]): boolean {
  return parties.some((party) => stances.get(party) === 'refuse');
}

export function partyIds(charter: Charter): readonly PartyId[] {
  return charter.parties.map((party) => party.id);
}

export function* textOf(text: Hash): Asking<Fact<TextData> | undefined> {
  return (yield* facts<TextData>(TEXT, text))[0];
}

/** The charter of an id, concluded or only proposed; undefined when its proposal is not in the cut. */
export function* charterById(id: CharterId, genesis: Charter): Asking<CharterData | undefined> {
  if (id === 'genesis') return { base: 'genesis', charter: genesis };
  return (yield* facts<CharterData>(CHARTER, id))[0]?.data;
}

/** Whether the text is concluded, or dead, in the cut. */
export function* conclusionOf(text: Hash, genesis: Charter): Asking<'concluded' | 'dead' | 'open'> {
  const found = yield* textOf(text);
  if (found === undefined) return 'open';
  const charter = yield* charterById(found.data.charter, genesis);
  if (charter === undefined) return 'open';
  const parties = partyIds(charter.charter);
  const stances = stancesOf(yield* facts<StanceData>(STANCE, text));
  if (isDead(stances, parties)) return 'dead';
  return isConcluded(stances, parties) ? 'concluded' : 'open';
}

export interface ChainLink {
  readonly id: CharterId;
  readonly charter: Charter;
}

/** The concluded charters in the cut, the first one first; the last is in force. One question when nothing was ever changed. */
export function* charterChain(genesis: Charter): Asking<readonly ChainLink[]> {
  const chain: ChainLink[] = [{ id: 'genesis', charter: genesis }];
  for (;;) {
    const last = chain.at(-1) as ChainLink;
    const next = yield* concludedSuccessor(last);
    if (next === undefined) return chain;
    chain.push(next);
  }
}

function* concludedSuccessor(link: ChainLink): Asking<ChainLink | undefined> {
  for (const change of yield* facts<unknown>(CHARTER_NEXT, link.id)) {
    const stances = stancesOf(yield* facts<StanceData>(STANCE, change.act));
    if (!isConcluded(stances, partyIds(link.charter))) continue;
    const proposed = (yield* facts<CharterData>(CHARTER, change.act))[0];
    if (proposed !== undefined) return { id: change.act, charter: proposed.data.charter };
  }
  return undefined;
}

/**
 * A text that the party signed for the slot and that is not dead in the cut: as long as there is one,
 * it may sign no other for that slot (slot lock), and for the slot `charter` of a charter nothing more
 * under that charter (charter barrier).
 */
export function* heldBy(party: PartyId, slot: Slot, except: Hash, genesis: Charter): Asking<Hash | undefined> {
  for (const signed of yield* factsOf<{ readonly text: Hash }>(party, SLOT_SIGNED, slotKey(slot))) {
    const { text } = signed.data;
    if (text !== except && (yield* conclusionOf(text, genesis)) !== 'dead') return text;
  }
  return undefined;
}

/**
 * The party as the latest charter of the chain that names it has it. A party that a charter dropped
 * keeps its place for statements of its own: whoever feigns not to have seen that charter must not be
 * able to do more than who admits it.
 */
export function partyIn(chain: readonly ChainLink[], party: PartyId): CharterParty | undefined {
  for (let i = chain.length - 1; i >= 0; i--) {
    const found = (chain[i] as ChainLink).charter.parties.find((member) => member.id === party);
    if (found !== undefined) return found;
  }
  return undefined;
}
