/** The charter: founding, changes, and what a change may not do. */
import { beforeEach, describe, expect, test } from 'vitest';
import { toBase64 } from '../kernel/bytes.ts';
import { charterDefinitions, checkCharter, checkSuccession } from './charter-rules.ts';
import { charter as charterSchema, type Charter } from './charter.ts';
import { askSync } from './decide.ts';
import { mandateDefinitions } from './mandate.ts';
import { createRegistry } from './registry.ts';
import { charterChain } from './stances.ts';
import { charterOf, charterPartyOf, exchange, foundSpace, nodeKey, TestParty, type ActOptions } from './space.testkit.ts';
import { stanceDefinitions } from '../features/texts/stance-rules.ts';
import { systemDefinitions } from './system-acts.ts';

const registry = createRegistry([...charterDefinitions, ...mandateDefinitions, ...systemDefinitions, ...stanceDefinitions]);

let es: TestParty;
let ma: TestParty;
let genesis: Charter;
beforeEach(() => {
  [es, ma] = foundSpace(registry) as [TestParty, TestParty];
  genesis = es.space.genesis;
});

describe('opening a log', () => {
  const open = (body: object, options: ActOptions = {}): string => new TestParty('es', es.space, registry).act('charter.sign', body, { by: 'root', seen: {}, ...options }).says;

  test('takes the very charter, the root’s signature and nothing seen', () => {
    expect(open({ charter: genesis })).toBe('valid');
    expect(open({ charter: { ...genesis, exercise: false } })).toBe('charter.differs');
    expect(open({ charter: genesis, change: 'a'.repeat(64) })).toBe('charter.differs');
    expect(open({ charter: genesis }, { keys: [nodeKey('es log')] })).toBe('act.not-signed-by-root');
    expect(open({ charter: genesis }, { scope: `body:es.${'0'.repeat(20)}` })).toBe('act.scope-differs');
  });

  test('is refused to a party that the charter does not name, and when something was seen', () => {
    expect(new TestParty('tn', es.space, registry).act('charter.sign', { charter: genesis }, { by: 'root', seen: {} }).says).toBe('act.party-not-in-charter');
    const late = new TestParty('es', es.space, registry);
    late.pull(ma);
    expect(late.act('charter.sign', { charter: genesis }, { by: 'root' }).says).toBe('charter.seen-not-empty');
  });

  test('happens once', () => {
    expect(es.act('charter.sign', { charter: genesis }, { by: 'root', seen: {} }).says).toBe('charter.already-signed');
  });
});

describe('a charter', () => {
  const rows: readonly [string, string, (one: Charter) => Charter][] = [
    ['parties out of order', 'charter.parties-not-sorted', (one) => ({ ...one, parties: one.parties.toReversed() })],
    ['a party twice', 'charter.parties-not-sorted', (one) => ({ ...one, parties: [one.parties[0], one.parties[0]] as Charter['parties'] })],
    ['languages out of order', 'charter.languages-not-sorted', (one) => ({ ...one, authentic: ['es', 'ar'] })],
    ['one key in two roles', 'charter.keys-not-distinct', (one) => ({ ...one, parties: one.parties.map((party) => ({ ...party, log: party.root })) })],
    ['a key of small order', 'charter.key-unsound', (one) => ({ ...one, parties: one.parties.map((party, i) => (i === 0 ? { ...party, root: toBase64(new Uint8Array(32)) } : party)) })],
  ];
  test.each(rows)('with %s is not sound: %s', (_, code, change) => {
    expect(checkCharter(charterOf())).toEqual({ ok: true, value: true });
    expect(checkCharter(change(charterOf()))).toMatchObject({ ok: false, refusal: { code } });
  });

  test('knows no member beyond its schema', () => {
    expect(charterSchema.safeParse({ ...charterOf(), more: 1 }).success).toBe(false);
    expect(charterSchema.safeParse(charterOf()).success).toBe(true);
  });
});

describe('a charter change', () => {
  const change = (charter: object, options: ActOptions & { base?: string; continues?: object } = {}): string => {
    const { base, continues, ...more } = options;
    return es.act('charter.propose', { base: base ?? 'genesis', charter, ...(continues === undefined ? {} : { continues }) }, { by: [es.admin], ...more }).says;
  };
  const inParty = (id: string, party: object): Charter => ({ ...genesis, parties: genesis.parties.map((one) => (one.id === id ? { ...one, ...party } : one)) });

  test('is proposed by an administrator or the root, over a concluded charter', () => {
    expect(change(genesis)).toBe('valid');
    expect(change(genesis, { by: 'root' })).toBe('valid');
    expect(change(genesis, { by: [es.signer] })).toBe('mandate.power-missing');
    expect(change(genesis, { base: 'b'.repeat(64) })).toBe('charter.base-not-concluded');
    expect(change(genesis, { scope: `body:es.${'0'.repeat(20)}` })).toBe('mandate.power-missing');
  });

  const otherLog = nodeKey('new log').granted.public;
  const rows: readonly [string, string, () => object, object?][] = [
    ['turns the exercise into earnest', 'charter.exercise-fixed', () => ({ ...genesis, exercise: false })],
    ['changes a log key within its epoch', 'charter.epoch-unsound', () => inParty('ma', { log: otherLog })],
    ['skips an epoch', 'charter.epoch-unsound', () => inParty('ma', { log: otherLog, epoch: 3 })],
    ['lets a new party begin at a later epoch', 'charter.epoch-unsound', () => ({ ...genesis, parties: [...genesis.parties, charterPartyOf('tn', { epoch: 2 })] })],
    ['continues a log without a new epoch', 'charter.epoch-unsound', () => genesis, [{ party: 'ma', size: 3, root: 'a'.repeat(64) }]],
    ['continues a log of nobody', 'charter.epoch-unsound', () => genesis, [{ party: 'zz', size: 3, root: 'a'.repeat(64) }]],
    ['has parties out of order', 'charter.parties-not-sorted', () => ({ ...genesis, parties: genesis.parties.toReversed() })],
  ];
  test.each(rows)('that %s has no effect: %s', (_, code, charter, continues) => {
    expect(change(charter(), continues === undefined ? {} : { continues })).toBe(code);
  });

  test('may go on from a frozen log in the next epoch', () => {
    expect(change(inParty('ma', { log: otherLog, epoch: 2 }), { continues: [{ party: 'ma', size: 3, root: es.fold.root('ma', 3) }] })).toBe('valid');
    expect(change(inParty('ma', { log: otherLog, epoch: 2 }))).toBe('valid');
  });

  test('never goes back to earlier rules', () => {
    const later = { ...genesis, rules: 2 };
    expect(checkSuccession(later, genesis, [])).toEqual({ ok: false, refusal: { code: 'charter.rules-go-back' } });
    expect(checkSuccession(genesis, later, [])).toEqual({ ok: true, value: true });
    expect(change(later)).toBe('valid');
  });

  const conclude = (charter: Charter, base = 'genesis'): string => {
    const proposed = es.act('charter.propose', { base, charter }, { by: [es.admin] });
    expect(proposed.says).toBe('valid');
    exchange([es, ma]);
    for (const party of [es, ma]) expect(party.act('text.sign', { text: proposed.id }, { by: [party.signer] }).says).toBe('valid');
    exchange([es, ma]);
    return proposed.id;
  };

  test('is in force once every party has signed it, and the next one builds on it', () => {
    const first = conclude({ ...genesis, name: { en: 'First' } });
    const second = conclude({ ...genesis, name: { en: 'Second' } }, first);
    for (const party of [es, ma]) expect(askSync(charterChain(genesis), party.fold).map((link) => link.id)).toEqual(['genesis', first, second]);
  });

  test('of a root key: between signing and conclusion neither key counts, then the new one alone', () => {
    const fresh = nodeKey('es root 2');
    const proposed = es.act('charter.propose', { base: 'genesis', charter: inParty('es', { root: fresh.granted.public }) }, { by: [es.admin] });
    exchange([es, ma]);
    const byOld = (): string => es.grant(es.officer(`late ${es.size}`), ['report']).says;
    const byNew = (): string => es.grant(es.officer(`late ${es.size}`), ['report'], { keys: [fresh] }).says;
    expect([byOld(), byNew()]).toEqual(['valid', 'act.not-signed-by-root']);
    es.act('text.sign', { text: proposed.id }, { by: [es.signer] });
    expect([byOld(), byNew()]).toEqual(['act.root-changing', 'act.root-changing']);
    exchange([es, ma]);
    ma.act('text.sign', { text: proposed.id }, { by: [ma.signer] });
    exchange([es, ma]);
    expect([byOld(), byNew()]).toEqual(['act.not-signed-by-root', 'valid']);
    expect(es.grant(es.officer('feigned'), ['report'], { seen: {} }).says).toBe('act.not-signed-by-root');
  });

  test('that drops a party leaves it its own statements, and no say under the new charter', () => {
    const parties = foundSpace(registry, { parties: ['es', 'ma', 'tn'] }) as [TestParty, TestParty, TestParty];
    const [a, b, c] = parties;
    const without = { ...a.space.genesis, parties: a.space.genesis.parties.filter((party) => party.id !== 'tn') };
    const proposed = a.act('charter.propose', { base: 'genesis', charter: without }, { by: [a.admin] });
    exchange(parties);
    for (const party of parties) party.act('text.sign', { text: proposed.id }, { by: [party.signer] });
    exchange(parties);
    expect(c.act('mandate.revoke', { officer: c.draft.id, reason: 'ended' }, { by: [c.admin] }).says).toBe('valid');
    expect(c.act('charter.propose', { base: proposed.id, charter: without }, { by: [c.admin] }).says).toBe('act.party-not-in-charter');
    const next = b.act('charter.propose', { base: proposed.id, charter: without }, { by: [b.admin] });
    exchange(parties);
    expect(c.act('text.sign', { text: next.id }, { by: [c.signer] }).says).toBe('act.party-not-in-charter');
  });
});
