/** Acts that officers sign with their own keys: quorum, overtaking, expiry, restarts. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { standingClock } from '../adapters/clock/system-clock.ts';
import { openRootKey } from '../adapters/keys/root-key.ts';
import { toBase64, utf8 } from '../kernel/bytes.ts';
import type { Hash, ObjectId } from '../kernel/ids.ts';
import { expectOk } from '../kernel/result.ts';
import { heal, twoHouses, type House } from '../main/house.testkit.ts';
import { ACT_TYPE } from '../record/act.ts';
import { decodeEntry } from '../record/codec.ts';
import { keyProofMessage, type GrantedKey } from '../record/mandate.ts';
import { pae } from '../record/pae.ts';
import { engine, passkey, type TestKey } from '../record/space.testkit.ts';
import { parseAssertion } from '../record/webauthn.ts';
import { checkWholeRecord } from './log-check.testkit.ts';
import type { ActDraft, Actor, OfficerSignature } from './node.ts';

let root: string;
let rabat: House;
let madrid: House;
const clock = standingClock('2026-11-23T10:42:00.000Z');

beforeEach(async () => {
  clock.set('2026-11-23T10:42:00.000Z');
  root = mkdtempSync(join(tmpdir(), 'alternat-prepare-'));
  [rabat, madrid] = await twoHouses(root, { clock, quorum: 2 });
  await heal([rabat, madrid]);
});
afterEach(async () => {
  for (const house of [rabat, madrid]) await house.close();
  rmSync(root, { recursive: true, force: true });
});

function draft(type: string, body: object, parts: ActDraft['parts'] = []): ActDraft {
  return { type, v: 1, scope: 'space', body: body as ActDraft['body'], parts };
}

const administrator = (house: House): Actor => ({ officer: house.founded.administrator.officer });

async function grant(house: House, key: GrantedKey, sign: (message: Uint8Array<ArrayBuffer>) => Promise<Uint8Array> | Uint8Array): Promise<ObjectId> {
  const { node } = house;
  const officer = node.mint.id();
  const proof = toBase64(await sign(keyProofMessage(node.space, node.party, officer, key)));
  expectOk(await node.submit([draft('mandate.grant', { officer, office: node.mint.id(), powers: ['sign'], scopes: ['space'], clearance: 'AMBER', key, proof })], administrator(house)));
  return officer;
}

interface Signatory {
  readonly officer: ObjectId;
  readonly key: Hash;
  sign(payload: Uint8Array): OfficerSignature;
}

/** A co-chair with a passkey of their own. */
async function withPasskey(house: House): Promise<Signatory> {
  const own: TestKey = passkey('http://localhost', 'localhost');
  const officer = await grant(house, own.granted, (message) => own.sign(message));
  return {
    officer, key: own.id,
    sign(payload) {
      const assertion = expectOk(parseAssertion(own.sign(pae(ACT_TYPE, payload))));
      return { kind: 'passkey', key: own.id, ...assertion };
    },
  };
}

/** A co-chair whose key the node keeps. */
async function withNodeKey(house: House): Promise<Signatory> {
  const made = await house.opened.keys.create('office');
  const granted: GrantedKey = { kind: 'node', alg: 'ed25519', public: toBase64(made.publicKey) };
  const officer = await grant(house, granted, (message) => house.opened.keys.sign(made.key, message));
  return { officer, key: made.key, sign: () => ({ kind: 'node', key: made.key }) };
}

/** Something that both parties can sign: a change of the charter's name. */
async function proposeCharter(house: House, name: string): Promise<Hash> {
  const { charter } = await house.node.charter();
  const written = expectOk(await house.node.submit([draft('charter.propose', { base: 'genesis', charter: { ...charter, name: { en: name } } })], administrator(house)));
  return written.acts[0]?.act ?? '';
}

async function payloadOf(house: House, prepared: string): Promise<Uint8Array> {
  const row = await house.node.store.read((tx) => tx.db.selectFrom('prepared').select('payload').where('id', '=', prepared).executeTakeFirstOrThrow());
  return row.payload;
}

test('two officers sign the same bytes, one with a passkey and one with a key of the node, in one envelope', async () => {
  const [first, second] = [await withPasskey(rabat), await withNodeKey(rabat)];
  const text = await proposeCharter(rabat, 'New name');
  const answer = expectOk(await rabat.node.prepare(draft('text.sign', { text }), first));
  expect(answer).toMatchObject({ type: 'text.sign', signed: 0, quorum: 2, rpId: 'localhost', keys: [{ kind: 'passkey', key: first.key, credential: 'dGVzdA' }] });
  const payload = await payloadOf(rabat, answer.prepared);
  expect(engine.sha256(pae(ACT_TYPE, payload)).toHex()).toBe(answer.digest);

  expect(expectOk(await rabat.node.complete(answer.prepared, first.sign(payload), first))).toEqual({ state: 'waiting', signed: 1, quorum: 2 });
  const done = expectOk(await rabat.node.complete(answer.prepared, second.sign(payload), second));
  expect(done).toMatchObject({ state: 'recorded', receipt: { acts: [{ act: answer.digest, type: 'text.sign' }] } });
  const leaf = await rabat.node.store.read((tx) => tx.leafByAct(answer.digest));
  const entry = expectOk(decodeEntry(engine, leaf[0]?.envelope ?? new Uint8Array(0)));
  expect(entry.signatures.map((signature) => signature.keyid)).toEqual([first.key, second.key].sort());
  expect(entry.act.officers).toEqual([first.officer, second.officer].sort());
  expect(leaf[0]?.verdict).toBe('valid');

  // The peer judges it the same from the bytes alone.
  await heal([rabat, madrid]);
  expect((await madrid.node.store.read((tx) => tx.leafByAct(answer.digest)))[0]?.verdict).toBe('valid');
  // Sent again by an impatient browser it is the same receipt, not a second act.
  expect(expectOk(await rabat.node.complete(answer.prepared, second.sign(payload), second))).toEqual(done);
});

test('an act that was overtaken while the officer touched the key is still good', async () => {
  const [first, second] = [await withPasskey(rabat), await withNodeKey(rabat)];
  const text = await proposeCharter(rabat, 'New name');
  const answer = expectOk(await rabat.node.prepare(draft('text.sign', { text }), first));
  const payload = await payloadOf(rabat, answer.prepared);
  await withNodeKey(rabat);
  await withNodeKey(madrid);
  await heal([rabat, madrid]);
  expectOk(await rabat.node.complete(answer.prepared, first.sign(payload), first));
  const done = expectOk(await rabat.node.complete(answer.prepared, second.sign(payload), second));
  expect(done.state).toBe('recorded');
  await heal([rabat, madrid]);
  await checkWholeRecord(rabat.node.store, 'dgsn');
  await checkWholeRecord(madrid.node.store, 'dgp');
});

test('what changed since it was prepared stops it: the mandate of one signatory was revoked', async () => {
  const [first, second] = [await withPasskey(rabat), await withNodeKey(rabat)];
  const text = await proposeCharter(rabat, 'New name');
  const answer = expectOk(await rabat.node.prepare(draft('text.sign', { text }), first));
  const payload = await payloadOf(rabat, answer.prepared);
  expectOk(await rabat.node.complete(answer.prepared, first.sign(payload), first));
  expectOk(await rabat.node.submit([draft('mandate.revoke', { officer: first.officer, reason: 'departed' })], administrator(rabat)));
  const size = (await rabat.node.heads()).find(({ party }) => party === 'dgsn')?.size;
  expect(await rabat.node.complete(answer.prepared, second.sign(payload), second)).toMatchObject({ refusal: { code: 'act.changed-since-prepared', params: { reason: 'mandate.power-missing' } } });
  expect((await rabat.node.heads()).find(({ party }) => party === 'dgsn')?.size).toBe(size);
});

test('two officers of one party that sign and refuse the same text: the second loses with the reason', async () => {
  const [first, second] = [await withPasskey(rabat), await withNodeKey(rabat)];
  const text = await proposeCharter(rabat, 'New name');
  const why = rabat.node.mint.part('text', 'text/plain', utf8('not as it stands'));
  const signing = expectOk(await rabat.node.prepare(draft('text.sign', { text }), first));
  const refusing = expectOk(await rabat.node.prepare(draft('text.refuse', { text, reason: why.ref }, [why]), second));
  for (const { prepared } of [signing, refusing]) {
    const payload = await payloadOf(rabat, prepared);
    expectOk(await rabat.node.complete(prepared, first.sign(payload), first));
  }
  const signed = await rabat.node.complete(signing.prepared, second.sign(await payloadOf(rabat, signing.prepared)), second);
  expect(expectOk(signed).state).toBe('recorded');
  const refused = await rabat.node.complete(refusing.prepared, second.sign(await payloadOf(rabat, refusing.prepared)), second);
  expect(refused).toMatchObject({ refusal: { code: 'act.changed-since-prepared', params: { reason: 'text.stance-taken' } } });
});

test('signatures survive a restart; the time for signing does not', async () => {
  const [first, second] = [await withPasskey(rabat), await withNodeKey(rabat)];
  const text = await proposeCharter(rabat, 'New name');
  const why = rabat.node.mint.part('text', 'text/plain', utf8('a reason that nobody will read'));
  const answer = expectOk(await rabat.node.prepare(draft('text.sign', { text, reason: why.ref }, [why]), first));
  const payload = await payloadOf(rabat, answer.prepared);
  expectOk(await rabat.node.complete(answer.prepared, first.sign(payload), first));
  await rabat.reopen();
  clock.set('2026-12-01T10:42:00.000Z');
  expect(await rabat.node.complete(answer.prepared, second.sign(payload), second)).toMatchObject({ refusal: { code: 'act.prepared-expired' } });
  await rabat.reopen();
  const parts = await rabat.node.store.read((tx) => tx.db.selectFrom('part').select('commit').where('commit', '=', why.ref.part).execute());
  expect(parts).toEqual([]);
  expect(await rabat.node.complete('nonsense', second.sign(payload), second)).toMatchObject({ refusal: { code: 'act.prepared-unknown' } });
});

test('parts of a prepared act open to the officers and enter the record with it', async () => {
  const [first, second] = [await withPasskey(rabat), await withNodeKey(rabat)];
  const text = await proposeCharter(rabat, 'New name');
  const why = rabat.node.mint.part('text', 'text/plain', utf8('agreed'));
  const answer = expectOk(await rabat.node.prepare(draft('text.sign', { text, reason: why.ref }, [why]), first));
  const payload = await payloadOf(rabat, answer.prepared);
  expectOk(await rabat.node.complete(answer.prepared, second.sign(payload), second));
  expectOk(await rabat.node.complete(answer.prepared, first.sign(payload), first));
  await heal([rabat, madrid]);
  expect(expectOk(await madrid.node.openPart(why.ref.part)).plaintext).toEqual(utf8('agreed'));
});

test('refuses a false signature, a stranger’s, a stranger’s key, and officers who are not named', async () => {
  const [first, second, third] = [await withPasskey(rabat), await withNodeKey(rabat), await withPasskey(rabat)];
  const text = await proposeCharter(rabat, 'New name');
  const answer = expectOk(await rabat.node.prepare(draft('text.sign', { text }), first, [second.officer]));
  const payload = await payloadOf(rabat, answer.prepared);
  const other = utf8(new TextDecoder().decode(payload).replace('text.sign', 'text.sing'));
  expect(await rabat.node.complete(answer.prepared, first.sign(other), first)).toMatchObject({ refusal: { code: 'act.signature-bad' } });
  expect(await rabat.node.complete(answer.prepared, third.sign(payload), third)).toMatchObject({ refusal: { code: 'act.not-asked-to-sign' } });
  expect(await rabat.node.complete(answer.prepared, third.sign(payload), first)).toMatchObject({ refusal: { code: 'mandate.key-unknown' } });
  expect(await rabat.node.complete(answer.prepared, second.sign(payload), 'service')).toMatchObject({ refusal: { code: 'act.not-asked-to-sign' } });
  expect(expectOk(await rabat.node.complete(answer.prepared, first.sign(payload), first))).toEqual({ state: 'waiting', signed: 1, quorum: 2 });
  expect(expectOk(await rabat.node.complete(answer.prepared, first.sign(payload), first))).toEqual({ state: 'waiting', signed: 1, quorum: 2 });
});

test('says before anybody signs that the quorum cannot be reached, or that the rules refuse', async () => {
  const only = await withPasskey(rabat);
  const text = await proposeCharter(rabat, 'New name');
  expect(await rabat.node.prepare(draft('text.sign', { text }), only)).toMatchObject({ refusal: { code: 'mandate.quorum-unreachable', params: { officers: 1, quorum: 2 } } });
  await withNodeKey(rabat);
  expect(await rabat.node.prepare(draft('text.sign', { text: '0'.repeat(64) }), only)).toMatchObject({ refusal: { code: 'text.unknown' } });
  expect(await rabat.node.submit([draft('text.sign', { text })], only)).toMatchObject({ refusal: { code: 'mandate.no-key' } });
});

test('where the policy asks for own keys, a key of the node is not offered for a joint text', async () => {
  const [first, second] = [await withNodeKey(rabat), await withPasskey(rabat)];
  const text = await proposeCharter(rabat, 'New name');
  const before = expectOk(await rabat.node.prepare(draft('text.sign', { text }), second));
  const rootKey = openRootKey(join(rabat.path, 'root.key'));
  const profile = (await rabat.node.store.read((tx) => tx.facts('party.profile', 'dgsn'))).at(-1)?.data as object;
  expectOk(await rabat.node.submitByRoot([draft('party.profile', { ...profile, policy: { nodeKeys: false } })], (message) => rootKey.sign(message)));
  expect(await rabat.node.prepare(draft('text.sign', { text }), first)).toMatchObject({ refusal: { code: 'mandate.no-key' } });
  expect(await rabat.node.submit([draft('text.sign', { text })], first)).toMatchObject({ refusal: { code: 'mandate.node-keys-not-allowed' } });
  const payload = await payloadOf(rabat, before.prepared);
  expect(await rabat.node.complete(before.prepared, first.sign(payload), first)).toMatchObject({ refusal: { code: 'mandate.node-keys-not-allowed' } });
});
