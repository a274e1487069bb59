/**
 * Rules of stances: sign and refuse, write-once per party, under slot lock and charter barrier; and of
 * what parties state about a text afterwards: attestation and register number. docs/spec/texts.md.
 *
 * These rules alone make a text joint. None of them compares acts of two logs or reads a time.
 */
import type { z } from 'zod';
import type { Hash } from '../../kernel/ids.ts';
import type { PlacedAct } from '../../record/act.ts';
import { defineAct } from '../../record/registry.ts';
import { facts, factsOf, rootOf, valid, without, type Asking, type CharterId, type Fact, type NewFact, type RuleContext, type Verdict } from '../../record/rule.ts';
import {
  charterById, CHARTER_SLOT, heldBy, isConcluded, isDead, partyIds, slotKey, SLOT_SIGNED, STANCE, stancesOf, textOf,
  type Stance, type StanceData, type TextData,
} from '../../record/stances.ts';
import { textAttestV1, textRefuseV1, textRegisterV1, textSignV1 } from './acts.ts';
import { isVerdict } from './draft-rules.ts';
import { ATTESTED, REGISTER_NUMBER, REGISTERED, type RegisteredData } from './facts.ts';

type OnText = { readonly text: Hash };

/** The charter under which the text was proposed: its quorum counts, whatever charter is in force by then. */
function* charterOfText(placed: PlacedAct<OnText>): Asking<CharterId | undefined> {
  return (yield* textOf(placed.act.body.text))?.data.charter;
}

/** The text, if the party may take a stance on it at all. */
function* textFor(placed: PlacedAct<OnText>, context: RuleContext): Asking<Fact<TextData> | Verdict> {
  const { party, scope, body } = placed.act;
  const text = yield* textOf(body.text);
  if (text === undefined) return without('text.unknown');
  if (text.data.scope !== scope) return without('act.scope-differs', { scope: text.data.scope });
  const charter = yield* charterById(text.data.charter, context.genesis);
  if (charter === undefined || !partyIds(charter.charter).includes(party)) return without('act.party-not-in-charter');
  if ((yield* factsOf<StanceData>(party, STANCE, body.text)).length > 0) return without('text.stance-taken');
  return text;
}

function stanceFact(text: Hash, stance: Stance): NewFact {
  return { kind: STANCE, key: text, data: { stance } };
}

export const textSign = defineAct<z.infer<typeof textSignV1>>({
  type: 'text.sign', v: 1, body: textSignV1, signers: { power: 'sign', quorum: true }, since: 1,
  quorumOf: charterOfText,
  *rule(placed, context) {
    const text = yield* textFor(placed, context);
    if (isVerdict(text)) return text;
    const { party } = placed.act;
    const { charter, slot } = text.data;
    if (slot !== undefined) {
      const other = yield* heldBy(party, slot, text.key, context.genesis);
      if (other !== undefined) return without('text.slot-taken', { by: other });
    }
    const closing = yield* heldBy(party, { name: CHARTER_SLOT, base: charter }, text.key, context.genesis);
    if (closing !== undefined) return without('text.charter-closed', { by: closing });
    if (charter !== context.charterId) return without('text.charter-not-in-force');
    const facts: NewFact[] = [stanceFact(text.key, 'sign')];
    if (slot !== undefined) facts.push({ kind: SLOT_SIGNED, key: slotKey(slot), data: { text: text.key } });
    return valid(...facts);
  },
});

export const textRefuse = defineAct<z.infer<typeof textRefuseV1>>({
  type: 'text.refuse', v: 1, body: textRefuseV1, signers: { power: 'sign', quorum: true }, since: 1,
  quorumOf: charterOfText,
  *rule(placed, context) {
    const text = yield* textFor(placed, context);
    return isVerdict(text) ? text : valid(stanceFact(text.key, 'refuse'));
  },
});

export const textAttest = defineAct<z.infer<typeof textAttestV1>>({
  type: 'text.attest', v: 1, body: textAttestV1, signers: { any: ['service', 'administer'] }, since: 1,
  *rule(placed, context) {
    const { text: id, cut } = placed.act.body;
    const text = yield* textOf(id);
    if (text === undefined) return without('text.unknown');
    if (text.data.scope !== placed.act.scope) return without('act.scope-differs', { scope: text.data.scope });
    const sizes = new Map<string, number>();
    for (const { party, size, root } of cut) {
      if (sizes.has(party) || (yield* rootOf(party, size)) !== root) return without('text.attest-cut-false', { party });
      sizes.set(party, size);
    }
    const charter = yield* charterById(text.data.charter, context.genesis);
    const parties = charter === undefined ? [] : partyIds(charter.charter);
    const within = (yield* facts<StanceData>(STANCE, id)).filter((fact) => fact.index < (sizes.get(fact.party) ?? 0));
    const stances = stancesOf(within);
    if (!isConcluded(stances, parties) || isDead(stances, parties)) return without('text.not-concluded');
    return valid({ kind: ATTESTED, key: id, data: { cut } });
  },
});

export const textRegister = defineAct<z.infer<typeof textRegisterV1>>({
  type: 'text.register', v: 1, body: textRegisterV1, signers: { any: ['draft', 'service'] }, since: 1,
  *rule(placed) {
    const { text: id, direction, year, number, written } = placed.act.body;
    const { party } = placed.act;
    const text = yield* textOf(id);
    if (text === undefined) return without('text.unknown');
    if (text.data.scope !== placed.act.scope) return without('act.scope-differs', { scope: text.data.scope });
    const place = `${direction} ${year} ${number}`;
    if ((yield* factsOf(party, REGISTER_NUMBER, place)).length > 0) return without('text.register-number-taken', { number: written });
    const earlier = (yield* factsOf<RegisteredData>(party, REGISTERED, id)).find((fact) => fact.data.direction === direction);
    if (earlier !== undefined) return without('text.registered-already', { number: earlier.data.written });
    const data: RegisteredData = { direction, year, number, written };
    return valid({ kind: REGISTER_NUMBER, key: place, data: { text: id } }, { kind: REGISTERED, key: id, data });
  },
});

export const stanceDefinitions = [textSign, textRefuse, textAttest, textRegister] as const;
