/** Officers, keys and the party's profile: who may sign from which act of the log on, and until which. */
import { beforeEach, describe, expect, test } from 'vitest';
import { toBase64, utf8 } from '../kernel/bytes.ts';
import { charterDefinitions } from './charter-rules.ts';
import { askSync } from './decide.ts';
import { activeKeysOf, mandatesOf, powersUnder } from './mandate-facts.ts';
import { keyProofMessage, mandateDefinitions } from './mandate.ts';
import { formatVkey } from './note.ts';
import { cosignerKey } from './checkpoint.ts';
import { createRegistry, defineAct } from './registry.ts';
import { z } from 'zod';
import { valid } from './rule.ts';
import { charterOf, engine, foundSpace, freshId, nodeKey, partOf, passkey, profileBody, spaceOf, TestParty, type OfficerOf, type TestKey } from './space.testkit.ts';
import { systemDefinitions } from './system-acts.ts';
import { fromBase64, type Bytes } from '../kernel/bytes.ts';

/** Stands for a stance: the quorum signs, and only by keys that the party's policy allows. */
const bind = defineAct<object>({ type: 'test.bind', v: 1, body: z.strictObject({}), signers: { power: 'sign', quorum: true }, since: 1, *rule() { return valid(); } });
const registry = createRegistry([...charterDefinitions, ...mandateDefinitions, ...systemDefinitions, bind]);

let es: TestParty;
beforeEach(() => {
  [es] = foundSpace(registry) as [TestParty];
});

function withKey(officer: OfficerOf, key: TestKey): OfficerOf {
  return { ...officer, key };
}

function newOfficer(key: TestKey = nodeKey(`key ${freshId('es')}`)): OfficerOf {
  return { id: freshId('es'), office: freshId('es'), key };
}

function proofFor(party: TestParty, officer: OfficerOf, key: TestKey, message?: Bytes): string {
  return toBase64(key.sign(message ?? keyProofMessage(party.space.id, party.id, officer.id, key.granted)));
}

function without(body: Record<string, unknown>, member: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== member));
}

const note = { words: partOf('a remark') };

describe('a grant', () => {
  test('by the root or an administrator gives powers from the next act on', () => {
    const [byRoot, byAdmin] = [newOfficer(), newOfficer()];
    expect(es.act('note.make', note, { by: [byRoot] }).says).toBe('mandate.power-missing');
    expect(es.grant(byRoot, ['draft']).says).toBe('valid');
    expect(es.act('note.make', note, { by: [byRoot] }).says).toBe('valid');
    expect(es.grant(byAdmin, ['draft'], { by: [es.admin] }).says).toBe('valid');
    expect(es.grant(newOfficer(), ['draft'], { by: [es.draft] }).says).toBe('mandate.power-missing');
  });

  test('adds to what stands: powers under other scopes do not open each other', () => {
    const officer = newOfficer();
    const body = `body:${freshId('es')}`;
    es.grant(officer, ['draft']);
    const more = without(without(es.grantBody(officer, ['draft', 'report'], [body]) as Record<string, unknown>, 'key'), 'proof');
    expect(es.act('mandate.grant', more, { by: 'root' }).says).toBe('valid');
    const held = askSync(mandatesOf('es', officer.id), es.fold);
    expect([...powersUnder(held, 'space')]).toEqual(['draft']);
    expect([...powersUnder(held, body)]).toEqual(['draft', 'report']);
    expect(es.act('note.make', note, { by: [officer], scope: body }).says).toBe('valid');
    expect(es.act('note.make', note, { by: [officer], scope: `body:${freshId('es')}` }).says).toBe('mandate.power-missing');
  });

  type Change = (body: Record<string, unknown>, officer: OfficerOf) => Record<string, unknown>;
  const rows: readonly [string, string, Change][] = [
    ['a key without its proof', 'mandate.proof-missing', (body) => without(body, 'proof')],
    ['a proof without its key', 'mandate.proof-missing', (body) => without(body, 'key')],
    ['a proof by another key', 'act.proof-bad', (body, officer) => ({ ...body, proof: proofFor(es, officer, { ...officer.key, sign: nodeKey('x').sign }) })],
    ['a proof for another officer', 'act.proof-bad', (body, officer) => ({ ...body, proof: proofFor(es, newOfficer(), officer.key) })],
    ['a proof for another space', 'act.proof-bad', (body, officer) => ({ ...body, proof: proofFor(es, officer, officer.key, keyProofMessage('f'.repeat(64), 'es', officer.id, officer.key.granted)) })],
    ['a proof over other bytes', 'act.proof-bad', (body, officer) => ({ ...body, proof: proofFor(es, officer, officer.key, utf8('x')) })],
    ['an officer of another party', 'act.object-of-other-party', (body) => ({ ...body, officer: freshId('ma') })],
    ['an office of another party', 'act.object-of-other-party', (body) => ({ ...body, office: freshId('ma') })],
    ['service beside another power', 'mandate.service-apart', (body) => ({ ...body, powers: ['service', 'sign'] })],
    ['no power', 'act.body-malformed', (body) => ({ ...body, powers: [] })],
    ['a power that does not exist', 'act.body-malformed', (body) => ({ ...body, powers: ['everything'] })],
  ];
  test.each(rows)('of %s has no effect: %s', (_, code, change) => {
    const officer = newOfficer();
    const body = es.grantBody(officer, ['draft']) as Record<string, unknown>;
    expect(es.act('mandate.grant', change(body, officer), { by: 'root' }).says).toBe(code);
    expect(es.act('mandate.grant', body, { by: 'root' }).says).toBe('valid');
  });

  const keys: readonly [string, string, () => TestKey][] = [
    ['that another officer has', 'mandate.key-in-use', () => es.draft.key],
    ['that is a party’s root', 'mandate.key-reserved', () => nodeKey('ma root')],
    ['that is a party’s log key', 'mandate.key-reserved', () => nodeKey('ma log')],
    ['made for a site that the profile does not name', 'act.proof-bad', () => passkey('http://evil.example', 'evil.example')],
    ['said to be for another site than it is', 'mandate.passkey-elsewhere', () => { const key = passkey(); return { ...key, granted: { ...key.granted, rpId: 'evil.example' } }; }],
    ['kept by the node yet called a passkey', 'mandate.key-unsound', () => { const key = nodeKey('called'); return { ...key, granted: { ...key.granted, kind: 'passkey' } }; }],
  ];
  test.each(keys)('of a key %s has no effect: %s', (_, code, key) => {
    expect(es.grant(newOfficer(key()), ['draft']).says).toBe(code);
  });

  test('of a key of small order has no effect, though its “signature” might verify', () => {
    const officer = newOfficer();
    const body = es.grantBody(officer, ['draft']) as { key: object };
    const zero = toBase64(new Uint8Array(32));
    expect(es.act('mandate.grant', { ...body, key: { ...body.key, public: zero } }, { by: 'root' }).says).toBe('act.proof-bad');
  });

  test('of a passkey binds it to the sites of the profile at the time of each signature', () => {
    const key = passkey();
    const officer = newOfficer(key);
    expect(es.grant(officer, ['draft']).says).toBe('valid');
    expect(es.act('note.make', note, { by: [officer] }).says).toBe('valid');
    const profile = profileBody() as { passkeys: object };
    expect(es.act('party.profile', { ...profile, passkeys: { rpIds: ['other.example'], origins: ['https://other.example'] } }, { by: 'root' }).says).toBe('valid');
    expect(es.act('note.make', note, { by: [officer] }).says).toBe('act.signature-bad');
  });
});

describe('a further key', () => {
  const body = (officer: OfficerOf, key: TestKey): object => ({ officer: officer.id, key: key.granted, proof: proofFor(es, officer, key) });

  test('enters by an active key of the officer, an administrator or the root, and by nobody else', () => {
    const keys = ['one', 'two', 'three', 'four'].map((name) => nodeKey(`further ${name}`)) as [TestKey, TestKey, TestKey, TestKey];
    expect(es.act('mandate.key', body(es.draft, keys[0]), { by: [es.draft] }).says).toBe('valid');
    expect(es.act('mandate.key', body(es.draft, keys[1]), { by: [withKey(es.draft, keys[0])] }).says).toBe('valid');
    expect(es.act('mandate.key', body(es.draft, keys[2]), { by: [es.admin] }).says).toBe('valid');
    expect(es.act('mandate.key', body(es.draft, keys[3]), { by: [es.signer] }).says).toBe('mandate.power-missing');
    expect(es.act('mandate.key', body(es.draft, keys[3]), { by: 'root' }).says).toBe('valid');
    expect(askSync(activeKeysOf('es', es.draft.id), es.fold)).toEqual([es.draft.key.id, ...keys.map((key) => key.id)]);
  });

  test('is not for somebody without a mandate', () => {
    expect(es.act('mandate.key', body(newOfficer(), nodeKey('for nobody')), { by: [es.admin] }).says).toBe('mandate.officer-unknown');
  });
});

describe('a revocation', () => {
  test('of a key ends that key from the next act on; what it signed before stands, and it never comes back', () => {
    const signed = es.act('note.make', note, { by: [es.draft] });
    const other = nodeKey('other key');
    es.act('mandate.key', { officer: es.draft.id, key: other.granted, proof: proofFor(es, es.draft, other) }, { by: [es.draft] });
    const revoke = { officer: es.draft.id, key: es.draft.key.id, reason: 'lost', since: signed.index };
    expect(es.act('mandate.revoke', revoke, { by: [es.draft] }).says).toBe('valid');
    expect(es.act('note.make', note, { by: [es.draft] }).says).toBe('mandate.key-unknown');
    expect(es.act('note.make', note, { by: [withKey(es.draft, other)] }).says).toBe('valid');
    expect(es.fold.decided('es')[signed.index]).toMatchObject({ verdict: 'valid' });
    expect(es.act('mandate.revoke', revoke, { by: [es.admin] }).says).toBe('mandate.key-unknown');
    expect(es.act('mandate.key', { officer: es.draft.id, key: es.draft.key.granted, proof: proofFor(es, es.draft, es.draft.key) }, { by: [es.admin] }).says).toBe('mandate.key-in-use');
  });

  test('of the mandate ends every power and key; a later grant begins anew', () => {
    expect(es.act('mandate.revoke', { officer: es.draft.id, reason: 'departed' }, { by: [es.service] }).says).toBe('valid');
    expect(es.act('note.make', note, { by: [es.draft] }).says).toBe('mandate.power-missing');
    expect(askSync(activeKeysOf('es', es.draft.id), es.fold)).toEqual([]);
    expect(es.act('mandate.revoke', { officer: es.draft.id, reason: 'departed' }, { by: [es.admin] }).says).toBe('mandate.officer-unknown');
    const back = withKey(es.draft, nodeKey('back again'));
    expect(es.grant(back, ['report']).says).toBe('valid');
    expect([...powersUnder(askSync(mandatesOf('es', back.id), es.fold), 'space')]).toEqual(['report']);
  });

  test('is made by the officer, an administrator, the node’s own office or the root, never by a colleague', () => {
    expect(es.act('mandate.revoke', { officer: es.draft.id, reason: 'stolen' }, { by: [es.signer] }).says).toBe('mandate.power-missing');
    expect(es.act('mandate.revoke', { officer: es.draft.id, key: es.signer.key.id, reason: 'stolen' }, { by: [es.admin] }).says).toBe('mandate.key-unknown');
    expect(es.act('mandate.revoke', { officer: es.draft.id, reason: 'stolen', since: es.size + 1 }, { by: [es.admin] }).says).toBe('mandate.since-ahead');
    expect(es.act('mandate.revoke', { officer: es.draft.id, reason: 'stolen' }, { by: 'root' }).says).toBe('valid');
  });
});

describe('what binds the party', () => {
  test('needs as many signatures as the charter says, in one envelope', () => {
    const [party] = foundSpace(registry, { quorum: 2 }) as [TestParty];
    expect(party.act('test.bind', {}, { by: [party.signer] }).says).toBe('mandate.quorum-not-met');
    expect(party.act('test.bind', {}, { by: [party.signer, party.draft] }).says).toBe('mandate.power-missing');
    expect(party.act('test.bind', {}, { by: [party.signer, party.second] }).says).toBe('valid');
  });

  test('is signed with a key that the node keeps only where the profile in the log says so', () => {
    expect(es.act('test.bind', {}, { by: [es.signer] }).says).toBe('valid');
    es.act('party.profile', profileBody(false), { by: 'root' });
    expect(es.act('test.bind', {}, { by: [es.signer] }).says).toBe('mandate.node-key-not-allowed');
    expect(es.act('note.make', note, { by: [es.draft] }).says).toBe('valid');
    const officer = newOfficer(passkey());
    es.grant(officer, ['sign']);
    expect(es.act('test.bind', {}, { by: [officer] }).says).toBe('valid');
  });
});

describe('the profile', () => {
  const cosigner = (party: TestParty, key: TestKey, name = party.id): string => formatVkey(cosignerKey(engine, party.space.id, name, fromBase64(key.granted.public) as Bytes));

  test('is the root’s word alone', () => {
    expect(es.act('party.profile', profileBody(), { by: [es.admin] }).says).toBe('mandate.power-missing');
    expect(es.act('party.profile', profileBody(), { by: 'root', keys: [es.admin.key] }).says).toBe('act.not-signed-by-root');
    expect(es.act('party.profile', profileBody(), { by: 'root', keys: [es.root, es.admin.key] }).says).toBe('act.not-signed-by-root');
  });

  test('names cosigners of this party and space that are no root or log key', () => {
    const body = (vkey: string): object => ({ ...profileBody(), cosigners: [vkey] });
    expect(es.act('party.profile', body(cosigner(es, nodeKey('cosigner'))), { by: 'root' }).says).toBe('valid');
    expect(es.act('party.profile', body(cosigner(es, nodeKey('cosigner'), 'ma')), { by: 'root' }).says).toBe('profile.cosigner-malformed');
    expect(es.act('party.profile', body('nonsense'), { by: 'root' }).says).toBe('profile.cosigner-malformed');
    expect(es.act('party.profile', body(cosigner(es, nodeKey('es log'))), { by: 'root' }).says).toBe('profile.cosigner-not-apart');
    expect(es.act('party.profile', body(cosigner(es, nodeKey('ma root'))), { by: 'root' }).says).toBe('profile.cosigner-not-apart');
  });
});

test('two spaces with the same keys accept no acts of each other', () => {
  const other = new TestParty('es', spaceOf(charterOf({ nonce: 'another' })), registry);
  other.found();
  expect(es.append(other.fold.entries('es')[1] as Bytes).says).toBe('act.other-space');
});
