/** The checks that every act passes before its own rule, in their order. */
import { beforeEach, describe, expect, test } from 'vitest';
import { utf8, type Bytes } from '../kernel/bytes.ts';
import { expectOk } from '../kernel/result.ts';
import { z } from 'zod';
import { ACT_TYPE, type Act } from './act.ts';
import { charterDefinitions } from './charter-rules.ts';
import { decideAsync, decideSync, judgeAsync, type AsyncLedger, type Ledger } from './decide.ts';
import { encodeEnvelope } from './envelope.ts';
import { canonicalBytes } from './json.ts';
import { mandateDefinitions } from './mandate.ts';
import { pae } from './pae.ts';
import { createRegistry, defineAct, RULES_VERSION } from './registry.ts';
import { rootOf, valid, without } from './rule.ts';
import { charterOf, engine, exchange, foundSpace, freshId, nodeKey, partOf, profileBody, saysOf, spaceOf, TestParty, verifyOnce, type ActOptions } from './space.testkit.ts';
import { systemDefinitions } from './system-acts.ts';

/** Under the coming rules; never in force here. */
const later = defineAct<object>({ type: 'note.later', v: 1, body: z.strictObject({}), signers: { power: 'draft' }, since: 2, *rule() { return valid(); } });
/** Valid where the cut reaches the peer's log at the size that the body names. */
const asks = defineAct<{ party: string; size: number; root: string }>({
  type: 'note.ask', v: 1, body: z.strictObject({ party: z.string(), size: z.int(), root: z.string() }), signers: { power: 'draft' }, since: 1,
  *rule(placed) {
    const { party, size, root } = placed.act.body;
    const known = yield* rootOf(party, size);
    return known === root ? valid() : without(known === undefined ? 'test.beyond-cut' : 'test.other-root');
  },
});
const registry = createRegistry([...charterDefinitions, ...mandateDefinitions, ...systemDefinitions, later, asks]);

let es: TestParty;
let ma: TestParty;
beforeEach(() => {
  [es, ma] = foundSpace(registry) as [TestParty, TestParty];
});

const words = { words: partOf('a remark') };

describe('an act has no effect', () => {
  const rows: readonly [string, string, ActOptions | (() => ActOptions)][] = [
    ['of another space', 'act.other-space', { change: (act) => ({ ...act, space: 'f'.repeat(64) }) }],
    ['of another party', 'act.other-party', { change: (act) => ({ ...act, party: 'ma', seen: {} }) }],
    ['prepared for a later place', 'act.too-early', () => ({ after: es.size + 1 })],
    ['of an unknown type', 'act.unknown-type', { change: (act) => ({ ...act, type: 'note.unknown' }) }],
    ['of an unknown version', 'act.unknown-type', { v: 2 }],
    ['of a type whose rules are not in force', 'act.type-not-in-force', { change: (act) => ({ ...act, type: 'note.later', body: {} }) }],
    ['with a member too many', 'act.body-malformed', { change: (act) => ({ ...act, body: { ...act.body, more: true } }) }],
    ['with a text part beyond the limit', 'part.text-too-large', { change: (act) => ({ ...act, body: { words: { ...partOf('x'), size: 1_048_577 } } }) }],
    ['with a part that its own party may not hold', 'part.audience-without-owner', { change: (act) => ({ ...act, body: { words: { ...partOf('x'), audience: ['ma'] } } }) }],
    ['without an officer', 'act.officer-missing', { by: 'root' }],
    ['by an officer without the power', 'mandate.power-missing', () => ({ by: [es.service] })],
    ['under a scope that the mandate does not open', 'mandate.power-missing', () => ({ scope: `body:${freshId('es')}` })],
    ['by one officer with the power and one without', 'mandate.power-missing', () => ({ by: [es.draft, es.service] })],
    ['signed with a key that nobody granted', 'mandate.key-unknown', { keys: [nodeKey('stranger')] }],
    ['signed with another officer’s key', 'act.signed-by-others', () => ({ keys: [es.admin.key] })],
    ['that names two officers and bears one signature', 'act.signature-missing', () => ({ by: [es.draft, es.signer], keys: [es.draft.key] })],
    ['that names one officer and bears two signatures', 'act.signed-by-others', () => ({ keys: [es.draft.key, es.signer.key] })],
    ['signed over other bytes', 'act.signature-bad', () => ({ keys: [{ ...es.draft.key, sign: () => es.draft.key.sign(utf8('something else')) }] })],
  ];
  test.each(rows)('%s: %s', (_, code, options) => {
    expect(es.act('note.make', words).says).toBe('valid');
    expect(es.act('note.make', words, typeof options === 'function' ? options() : options).says).toBe(code);
  });

  test('repeated: act.repeated', () => {
    const note = es.prepare('note.make', words);
    expect(es.append(note.envelope).says).toBe('valid');
    expect(es.append(note.envelope).says).toBe('act.repeated');
  });

  test('before its log was opened: act.log-not-opened', () => {
    const space = spaceOf(charterOf());
    const party = new TestParty('es', space, registry);
    expect(party.act('party.profile', profileBody(), { by: 'root', seen: {} }).says).toBe('act.log-not-opened');
    expect(party.grant(party.admin, ['administer']).says).toBe('act.log-not-opened');
  });
});

describe('bytes that are no act keep their place and say why', () => {
  const act = (change: (act: Record<string, unknown>) => Record<string, unknown>): Bytes => {
    const plain: Act = { v: 1, space: es.space.id, party: 'es', type: 'note.make', officers: [es.draft.id], at: '2026-11-23T10:42:00.000Z', scope: 'space', seen: {}, after: 0, body: words };
    return canonicalBytes(change(plain as unknown as Record<string, unknown>));
  };
  const enveloped = (payload: Bytes, payloadType = ACT_TYPE): Bytes => expectOk(encodeEnvelope({ payloadType, payload, signatures: [{ keyid: es.draft.key.id, sig: es.draft.key.sign(pae(payloadType, payload)) }] }));
  const rows: readonly [string, string, () => Bytes][] = [
    ['no envelope', 'act.envelope-malformed', () => utf8('{}')],
    ['another payload type', 'act.not-an-act', () => enveloped(act((one) => one), 'text/plain')],
    ['spaces in the JSON', 'act.not-canonical', () => enveloped(utf8(new TextDecoder().decode(act((one) => one)).replace(',', ', ')))],
    ['a member that acts lack', 'act.malformed', () => enveloped(act((one) => ({ ...one, extra: 1 })))],
    ['a date without milliseconds', 'act.malformed', () => enveloped(act((one) => ({ ...one, at: '2026-11-23T10:42:00Z' })))],
    ['officers out of order', 'act.malformed', () => enveloped(act((one) => ({ ...one, officers: [es.signer.id, es.draft.id].sort().reverse() })))],
    ['the own log among what was seen', 'act.malformed', () => enveloped(act((one) => ({ ...one, seen: { es: { size: 1, root: 'f'.repeat(64) } } })))],
    ['more bytes than an act may have', 'act.too-large', () => enveloped(act((one) => ({ ...one, body: { filler: 'x'.repeat(47_000) } })))],
  ];
  test.each(rows)('%s: %s', (_, code, bytes) => {
    expect(es.append(bytes()).says).toBe(code);
    expect(es.act('note.make', words).says).toBe('valid');
  });
});

describe('the cut', () => {
  const ask = (size: number, root: string, options: ActOptions = {}): string => es.act('note.ask', { party: 'ma', size, root }, options).says;

  test('reaches as far as `seen`, and stays there for the acts after it', () => {
    const root = es.fold.root('ma', 5);
    expect(ask(5, root, { seen: { ma: { size: 5, root } } })).toBe('valid');
    expect(ask(6, es.fold.root('ma', 6), { seen: {} })).toBe('test.beyond-cut');
    expect(ask(5, root, { seen: {} })).toBe('valid');
    expect(ask(3, es.fold.root('ma', 3), { seen: {} })).toBe('valid');
  });

  test('ignores a `seen` whose root is not that of the log', () => {
    const space = spaceOf(charterOf({ nonce: 'fresh' }));
    const [a, b] = ['es', 'ma'].map((id) => new TestParty(id, space, registry)) as [TestParty, TestParty];
    b.found();
    a.act('charter.sign', { charter: space.genesis }, { by: 'root', seen: {} });
    a.grant(a.draft, ['draft'], { seen: {} });
    a.pull(b);
    const [size, root] = [b.size, a.fold.root('ma', b.size)];
    expect(a.act('note.ask', { party: 'ma', size, root }, { seen: { ma: { size, root: 'e'.repeat(64) } } }).says).toBe('test.beyond-cut');
    expect(a.act('note.ask', { party: 'ma', size, root }, { seen: { ma: { size, root } } }).says).toBe('valid');
  });

  test('waits for leaves that are not held, and is decided once they are', () => {
    const beyond = ma.act('note.make', words);
    const note = es.prepare('note.make', words, { seen: { ma: { size: ma.size, root: ma.fold.root('ma', ma.size) } } });
    const waiting = es.append(note.envelope);
    expect(waiting.decision).toEqual({ state: 'waiting', party: 'ma', size: beyond.index + 1 });
    expect(es.act('note.make', { words: partOf('behind it') }).says).toBe('waiting');
    es.pull(ma);
    expect(es.fold.decided('es').slice(-2).map(saysOf)).toEqual(['valid', 'valid']);
  });
});

test('a charter with later rules than this release knows stops deciding instead of guessing', () => {
  const space = spaceOf({ ...charterOf(), rules: RULES_VERSION + 1 });
  const party = new TestParty('es', space, registry);
  expect(party.act('charter.sign', { charter: space.genesis }, { by: 'root', seen: {} }).decision).toEqual({ state: 'unsupported', rules: RULES_VERSION + 1 });
});

test('the asynchronous driver gives the same decisions as the synchronous one', async () => {
  es.act('note.make', words, { by: [es.service] });
  ma.act('note.make', words);
  exchange([es, ma]);
  for (const log of ['es', 'ma']) {
    for (const [index, envelope] of es.fold.entries(log).entries()) {
      const before = new TestParty('es', es.space, registry);
      before.pull(es, log, index);
      for (const other of ['es', 'ma'].filter((one) => one !== log)) before.pull(es, other);
      before.fold.settle();
      const leaf = { party: log, index, envelope: envelope as Bytes };
      const slow = await decideAsync(engine, registry, es.space, later1(before.fold), leaf, (checks) => Promise.resolve(checks.map(verifyOnce)));
      expect(slow).toEqual(decideSync(engine, registry, es.space, before.fold, leaf));
    }
  }
});

/** Answers a turn later, as a database does. */
function later1(ledger: Ledger): AsyncLedger {
  return {
    holding: async (party) => ledger.holding(party),
    root: async (party, size) => ledger.root(party, size),
    lastCut: async (party) => ledger.lastCut(party),
    holdsEarlier: async (party, index, act) => ledger.holdsEarlier(party, index, act),
    facts: async (kind, key) => ledger.facts(kind, key),
  };
}

test('an unsigned act is judged by everything but its signatures', async () => {
  const act = (officer: string): Act => ({ v: 1, space: es.space.id, party: 'es', type: 'note.make', officers: [officer], at: '2026-11-23T10:42:00.000Z', scope: 'space', seen: es.seen(), after: es.size, body: words });
  expect(saysOf(await judgeAsync(engine, registry, es.space, es.fold, act(es.draft.id), es.size))).toBe('valid');
  expect(saysOf(await judgeAsync(engine, registry, es.space, es.fold, act(es.service.id), es.size))).toBe('mandate.power-missing');
  expect(saysOf(await judgeAsync(engine, registry, es.space, es.fold, { ...act(es.draft.id), body: {} }, es.size))).toBe('act.body-malformed');
});

test('a log whose first act is not its charter is never opened', () => {
  const space = spaceOf(charterOf());
  const party = new TestParty('es', space, registry);
  party.act('note.make', words, { by: 'root', seen: {} });
  expect(party.act('charter.sign', { charter: space.genesis }, { by: 'root', seen: {} }).says).toBe('charter.already-signed');
  expect(party.grant(party.admin, ['administer'], { seen: {} }).says).toBe('act.log-not-opened');
});

test('the registry refuses two definitions of one type and version', () => {
  expect(() => createRegistry([later, later])).toThrow('note.later v1 is defined twice');
  expect(createRegistry([later]).lookup('note.later', 1)).toEqual({ ok: true, value: later });
  expect(createRegistry([later]).lookup('note.later', 2)).toEqual({ ok: false, refusal: { code: 'act.unknown-type', params: { type: 'note.later', v: 2 } } });
});
