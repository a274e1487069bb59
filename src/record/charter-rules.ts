/**
 * Acts by which the space comes to be and changes. docs/spec/charter.md.
 *
 * A charter change is a text like any other: it takes the slot `charter` of the charter that it
 * replaces and is in force when every party of that charter has signed it.
 */
import { z } from 'zod';
import { fromBase64 } from '../kernel/bytes.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import { hash, partyId } from './act.ts';
import { charter, type Charter, type CharterParty } from './charter.ts';
import { isSortedUnique } from './codec.ts';
import { LOG_OPENED } from './decide.ts';
import { sameCanonical } from './json.ts';
import { defineAct } from './registry.ts';
import { valid, without } from './rule.ts';
import { checkKey } from './signature.ts';
import { CHARTER, CHARTER_NEXT, CHARTER_SLOT, charterChain, partyIds, textFact, type CharterData } from './stances.ts';

/** Leaf 0 of every log, signed by the party root. A late joiner names the concluded change that admits it. */
export const charterSignV1 = z.strictObject({ charter, change: hash.optional() });

/** Proposes a new charter whole. Signed and refused like a text, by `text.sign` and `text.refuse`. */
export const charterProposeV1 = z.strictObject({
  base: z.union([hash, z.literal('genesis')]),
  charter,
  /** Where logs that were frozen go on: in the new epoch only this prefix stands. */
  continues: z.array(z.strictObject({ party: partyId, size: z.int().min(1), root: hash })).max(16).optional(),
});

/** What the schema of a charter cannot say: order, distinct and sound keys. */
export function checkCharter(value: Charter): Result<true> {
  if (!isSortedUnique(partyIds(value))) return refuse('charter.parties-not-sorted');
  if (!isSortedUnique(value.authentic)) return refuse('charter.languages-not-sorted');
  const keys = value.parties.flatMap((party) => [party.root, party.log]);
  if (new Set(keys).size !== keys.length) return refuse('charter.keys-not-distinct');
  for (const key of keys) {
    const publicKey = fromBase64(key);
    if (publicKey === undefined || !checkKey({ alg: 'ed25519', publicKey }).ok) return refuse('charter.key-unsound');
  }
  return ok(true);
}

export const charterSign = defineAct<z.infer<typeof charterSignV1>>({
  type: 'charter.sign', v: 1, body: charterSignV1, signers: 'root', since: 1,
  *rule(placed, context) {
    const { body, party, seen, scope } = placed.act;
    if (placed.index !== 0) return without('charter.already-signed');
    if (scope !== 'space') return without('act.scope-differs', { scope: 'space' });
    const admitted = body.change ?? 'genesis';
    if (admitted !== context.charterId || !sameCanonical(body.charter, context.charter)) return without('charter.differs');
    if (admitted === 'genesis' && Object.keys(seen).length > 0) return without('charter.seen-not-empty');
    const sound = checkCharter(body.charter as Charter);
    if (!sound.ok) return sound;
    if (!partyIds(context.charter).includes(party)) return without('act.party-not-in-charter');
    return valid({ kind: LOG_OPENED, key: party, data: {} });
  },
});

export const charterPropose = defineAct<z.infer<typeof charterProposeV1>>({
  type: 'charter.propose', v: 1, body: charterProposeV1, signers: 'root-or-administer', since: 1,
  *rule(placed, context) {
    const { base, continues } = placed.act.body;
    const proposed = placed.act.body.charter as Charter;
    if (placed.act.scope !== 'space') return without('act.scope-differs', { scope: 'space' });
    const current = (yield* charterChain(context.genesis)).find((link) => link.id === base)?.charter;
    if (current === undefined) return without('charter.base-not-concluded');
    if (!partyIds(current).includes(placed.act.party)) return without('act.party-not-in-charter');
    const sound = checkCharter(proposed);
    if (!sound.ok) return sound;
    const succession = checkSuccession(current, proposed, (continues ?? []).map((entry) => entry.party));
    if (!succession.ok) return succession;
    const data: CharterData = { base, charter: proposed, ...(continues === undefined ? {} : { continues }) };
    return valid(
      { kind: CHARTER, key: placed.id, data },
      { kind: CHARTER_NEXT, key: base, data: {} },
      textFact(placed.id, { charter: base, kind: 'charter', scope: 'space', slot: { name: CHARTER_SLOT, base } }),
    );
  },
});

/** Rules only go forward, an exercise stays one, and a log's key changes only with its epoch. */
export function checkSuccession(current: Charter, next: Charter, continued: readonly string[]): Result<true> {
  if (next.rules < current.rules) return refuse('charter.rules-go-back');
  if (next.exercise !== current.exercise) return refuse('charter.exercise-fixed');
  const before = new Map(current.parties.map((party) => [party.id, party]));
  for (const party of next.parties) {
    if (!isSoundEpoch(before.get(party.id), party, continued.includes(party.id))) return refuse('charter.epoch-unsound', { party: party.id });
  }
  return continued.every((party) => next.parties.some((member) => member.id === party)) ? ok(true) : refuse('charter.epoch-unsound', { party: continued[0] ?? '' });
}

function isSoundEpoch(before: CharterParty | undefined, after: CharterParty, continued: boolean): boolean {
  if (before === undefined) return after.epoch === 1 && !continued;
  if (after.epoch === before.epoch) return after.log === before.log && !continued;
  return after.epoch === before.epoch + 1;
}

export const charterDefinitions = [charterSign, charterPropose] as const;
