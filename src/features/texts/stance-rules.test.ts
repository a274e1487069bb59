/** Stances, attestations and register numbers, given / when / then. The races: races.test.ts. */
import { beforeEach, describe, expect, test } from 'vitest';
import { domainRegistry } from '../domain-slices.ts';
import { exchange, foundSpace, freshId, partOf, type TestParty } from '../../record/space.testkit.ts';
import type { Charter } from '../../record/charter.ts';
import { conclusion, conclusionEverywhere, openDraft, propose, proposeCharter, proposedText, refuse, revise, sign } from './texts.testkit.ts';

let es: TestParty;
let ma: TestParty;
let parties: readonly TestParty[];
beforeEach(() => {
  parties = foundSpace(domainRegistry);
  [es, ma] = parties as [TestParty, TestParty];
});

describe('text.sign and text.refuse', () => {
  test('are write-once: whatever comes second has no effect', () => {
    const [x, y] = [proposedText(parties, es), proposedText(parties, es)];
    expect([sign(es, x.id).says, sign(es, x.id).says, refuse(es, x.id).says]).toEqual(['valid', 'text.stance-taken', 'text.stance-taken']);
    expect([refuse(es, y.id).says, refuse(es, y.id).says, sign(es, y.id).says]).toEqual(['valid', 'text.stance-taken', 'text.stance-taken']);
  });

  test('a stance without effect does not count as the first one', () => {
    const x = proposedText(parties, es);
    expect(sign(es, x.id, { by: [es.draft] }).says).toBe('mandate.power-missing');
    expect(refuse(es, x.id).says).toBe('valid');
    expect(conclusion(es, x.id)).toBe('dead');
  });

  test('proposing is not signing: the proposer’s own refusal withdraws the text', () => {
    const x = proposedText(parties, es);
    sign(ma, x.id);
    exchange(parties);
    expect(conclusionEverywhere(parties, x.id)).toBe('open');
    expect(refuse(es, x.id).says).toBe('valid');
    exchange(parties);
    expect(conclusionEverywhere(parties, x.id)).toBe('dead');
  });

  test('name a text that their party has seen, under its scope', () => {
    const x = proposedText(parties, es);
    expect(sign(es, 'a'.repeat(64)).says).toBe('text.unknown');
    const scope = `body:${freshId('es')}`;
    const wide = es.officer('wide');
    es.grant(wide, ['sign'], { scopes: [scope] });
    expect(sign(es, x.id, { by: [wide], scope }).says).toBe('act.scope-differs');
    expect(refuse(es, x.id, { by: [wide], scope }).says).toBe('act.scope-differs');
    expect(sign(es, x.id).says).toBe('valid');
  });

  test('a refusal gives its reason', () => {
    const x = proposedText(parties, es);
    expect(es.act('text.refuse', { text: x.id }, { by: [es.signer] }).says).toBe('act.body-malformed');
  });

  test('bear the quorum of the charter under which the text was proposed', () => {
    const strict = foundSpace(domainRegistry, { quorum: 2 });
    const [a] = strict as [TestParty];
    const x = proposedText(strict, a);
    expect(sign(a, x.id).says).toBe('mandate.quorum-not-met');
    expect(sign(a, x.id, { by: [a.signer, a.second] }).says).toBe('valid');
  });

  test('a text of the former charter is refused by the former quorum, whatever the new charter asks for', () => {
    const x = proposedText(parties, es);
    const strict: Charter = { ...es.space.genesis, parties: es.space.genesis.parties.map((party) => ({ ...party, quorum: 2 })) };
    const z = proposeCharter(es, strict);
    exchange(parties);
    for (const party of parties) sign(party, z.id);
    exchange(parties);
    expect(refuse(es, x.id).says).toBe('valid');
    const y = proposedText(parties, es, { charter: z.id });
    expect(refuse(es, y.id).says).toBe('mandate.quorum-not-met');
    expect(refuse(es, y.id, { by: [es.signer, es.second] }).says).toBe('valid');
  });
});

test('a text of the new charter is signed by who has seen that charter concluded, not by who feigns not to have', () => {
  const three = foundSpace(domainRegistry, { parties: ['es', 'fr', 'ma'], authentic: ['es'] });
  const [a, , c] = three as [TestParty, TestParty, TestParty];
  const z = proposeCharter(a, { ...a.space.genesis, name: { en: 'Changed' } });
  exchange(three);
  for (const party of three) sign(party, z.id);
  exchange(three);
  const draft = openDraft(a);
  const x = propose(a, draft, [revise(a, draft, 'es', { one1: 'words' })], { charter: z.id });
  exchange(three);
  const { es: all } = c.seen();
  // The proposal lies in what was seen of the first log; the second one's signature under the charter does not.
  expect(sign(c, x.id, { seen: { es: all as { size: number; root: string } } }).says).toBe('text.charter-not-in-force');
  expect(sign(c, x.id).says).toBe('valid');
});

describe('text.attest', () => {
  const cutOf = (party: TestParty): { party: string; size: number; root: string }[] => ['es', 'ma'].map((log) => {
    const size = party.fold.holding(log).decided;
    return { party: log, size, root: party.fold.root(log, size) };
  });
  const attest = (party: TestParty, text: string, cut: object): string => party.act('text.attest', { text, cut }, { by: [party.service] }).says;

  test('states a cut in which the text is concluded', () => {
    const x = proposedText(parties, es);
    sign(es, x.id);
    expect(attest(es, x.id, cutOf(es))).toBe('text.not-concluded');
    sign(ma, x.id);
    exchange(parties);
    const cut = cutOf(es);
    expect(attest(es, x.id, cut.map((one) => ({ ...one, root: 'a'.repeat(64) })))).toBe('text.attest-cut-false');
    expect(attest(es, x.id, [...cut, ...cut])).toBe('text.attest-cut-false');
    expect(attest(es, x.id, cut.slice(0, 1))).toBe('text.not-concluded');
    expect(attest(es, x.id, cut.map((one) => (one.party === 'ma' ? { ...one, size: one.size - 1, root: es.fold.root('ma', one.size - 1) } : one)))).toBe('text.not-concluded');
    expect(attest(es, x.id, cut.map((one) => (one.party === 'ma' ? { ...one, size: one.size + 1 } : one)))).toBe('text.attest-cut-false');
    expect(attest(es, 'a'.repeat(64), cut)).toBe('text.unknown');
    expect(attest(es, x.id, cut)).toBe('valid');
  });
});

describe('text.register', () => {
  test('gives each number once per year and direction, and each text one number per direction', () => {
    const [x, y] = [proposedText(parties, es), proposedText(parties, es)];
    const register = (party: TestParty, text: string, direction: string, number: number, year = 2026): string => party.act('text.register', { text, direction, year, number, written: `S-${number}/${year}` }).says;
    expect(register(es, x.id, 'outgoing', 1)).toBe('valid');
    expect(register(es, y.id, 'outgoing', 1)).toBe('text.register-number-taken');
    expect(register(es, x.id, 'outgoing', 2)).toBe('text.registered-already');
    expect(register(es, y.id, 'outgoing', 2)).toBe('valid');
    expect(register(es, x.id, 'incoming', 1)).toBe('valid');
    expect(register(ma, x.id, 'incoming', 1)).toBe('valid');
    const next = proposedText(parties, es);
    expect(register(es, next.id, 'outgoing', 1, 2027)).toBe('valid');
    expect(register(es, 'a'.repeat(64), 'outgoing', 9)).toBe('text.unknown');
  });
});

test('words of a refusal may be erased; the refusal stands', () => {
  const x = proposedText(parties, es);
  refuse(es, x.id);
  const erased = es.act('part.erase', { parts: [partOf('No agreement on the second clause.').part], basis: 'request' }, { by: [es.admin] });
  expect(erased.says).toBe('valid');
  expect(conclusion(es, x.id)).toBe('dead');
});
