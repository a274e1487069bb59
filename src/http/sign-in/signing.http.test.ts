import { afterAll, beforeAll, expect, test } from 'vitest';
import { cancelSigning, completeSigning, getPrepared, grantMandate, listPrepared } from '../../features/officers/contract.ts';
import { beginEnrolment, beginProof, finishEnrolment, proveKey } from '../../features/officers/contract.ts';
import { openFolderEntry, clearStep, listFolder } from '../../features/folder/contract.ts';
import { fromHex } from '../../kernel/bytes.ts';
import type { Hash, ObjectId } from '../../kernel/ids.ts';
import { expectOk } from '../../kernel/result.ts';
import type { ActDraft } from '../../node/node.ts';
import type { PreparedAnswer } from '../../record/answers.ts';
import { Authenticator } from '../authenticator.testkit.ts';
import { ORIGIN, serving, type Browser, type Serving } from '../serving.testkit.ts';
import { base64url } from './passkeys.ts';

let space: Serving;
let admin: Browser;
let chair: ObjectId;
let deputy: ObjectId;
beforeAll(async () => {
  space = await serving({ quorum: 2 });
  admin = await space.signedIn(space.administrator);
  chair = await appoint('Co-chair');
  deputy = await appoint('Deputy');
});
afterAll(async () => space.close());

async function on<A>(browser: Browser, operation: { method: string; path: string }, sent: Parameters<Browser['call']>[1] = {}): Promise<{ status: number; body: A & { code?: string } }> {
  return browser.call<A & { code?: string }>(operation, sent);
}

async function appoint(office: string): Promise<ObjectId> {
  const made = await on<{ officer: ObjectId; link: { url: string } }>(admin, grantMandate, { body: { office: { en: office }, powers: ['sign', 'draft'], scopes: ['space'], clearance: 'GREEN' } });
  links.set(made.body.officer, made.body.link.url);
  return made.body.officer;
}
const links = new Map<ObjectId, string>();
let chairsKey: Authenticator;

/** A text that can be signed: a change of the charter's name. */
async function proposeText(name: string): Promise<Hash> {
  const { charter, id } = await space.open.node.charter();
  const draft: ActDraft = { type: 'charter.propose', v: 1, scope: 'space', body: { base: id, charter: { ...charter, name: { en: name } } }, parts: [] };
  return expectOk(await space.open.node.submit([draft], { officer: space.administrator })).acts[0]?.act as Hash;
}

async function prepareSign(text: Hash, officer: ObjectId, cosigners?: readonly ObjectId[]): Promise<PreparedAnswer> {
  return expectOk(await space.open.node.prepare({ type: 'text.sign', v: 1, scope: 'space', body: { text }, parts: [] }, { officer }, cosigners));
}

async function withPasskey(officer: ObjectId): Promise<{ browser: Browser; key: Authenticator }> {
  const secret = new URL(links.get(officer) as string).hash.slice(1);
  const browser = space.browser();
  const key = new Authenticator(ORIGIN);
  type Begun = { ceremony: string; options: { challenge: string } };
  const begun = await on<Begun>(browser, beginEnrolment, { body: { secret } });
  await on(browser, finishEnrolment, { params: { ceremony: begun.body.ceremony }, body: { secret, response: key.create(begun.body.options), label: 'Key' } });
  const proof = await on<Begun>(browser, beginProof, { params: { credential: key.id } });
  await on(browser, proveKey, { params: { credential: key.id, ceremony: proof.body.ceremony }, body: { response: key.assert(proof.body.options) } });
  return { browser, key };
}

const challengeOf = (prepared: PreparedAnswer): { challenge: string } => ({ challenge: base64url(fromHex(prepared.digest) as Uint8Array) });

test('another digest, another officer’s key and a stranger’s act are refused, and nothing is recorded', async () => {
  const text = await proposeText('Second');
  const prepared = await prepareSign(text, chair, [deputy]);
  const params = { prepared: prepared.prepared };
  const { browser: chairs, key } = await withPasskey(chair);
  chairsKey = key;
  const passkey = (await on<PreparedAnswer>(chairs, getPrepared, { params })).body.keys.find(({ kind }) => kind === 'passkey');
  const stranger = new Authenticator(ORIGIN);
  expect((await on(chairs, completeSigning, { params, body: { kind: 'passkey', key: passkey?.key, response: stranger.assert(challengeOf(prepared)) } })).body.code).toBe('passkey.refused');
  const theirs = (await on<PreparedAnswer>(await space.signedIn(deputy), getPrepared, { params })).body.keys[0];
  expect((await on(chairs, completeSigning, { params, body: { kind: 'node', key: theirs?.key } })).body.code).toBe('mandate.key-unknown');
  for (const operation of [getPrepared, completeSigning, cancelSigning]) {
    const refused = await on(admin, operation, { params, ...(operation === completeSigning ? { body: { kind: 'node', key: theirs?.key } } : {}) });
    expect([refused.status, refused.body.code]).toEqual([403, 'act.not-asked-to-sign']);
  }
  expect((await on(chairs, getPrepared, { params: { prepared: 'f'.repeat(32) } })).body.code).toBe('act.prepared-unknown');
});

test('what was prepared can be given up by those named in it, and is then gone', async () => {
  const text = await proposeText('Third');
  const prepared = await prepareSign(text, chair, [deputy]);
  const params = { prepared: prepared.prepared };
  expect((await on(await space.signedIn(deputy), cancelSigning, { params })).body).toEqual({ cancelled: true });
  const chairs = await space.signedIn(chair);
  expect((await on(chairs, getPrepared, { params })).body.code).toBe('act.prepared-expired');
  expect((await on(chairs, completeSigning, { params, body: { kind: 'node', key: prepared.keys[0]?.key } })).body.code).toBe('act.prepared-expired');
});

test('two officers sign one act, one by passkey and one by the key that the node keeps; then it is recorded', async () => {
  const text = await proposeText('First');
  const prepared = await prepareSign(text, chair);
  const [browser, key] = [await space.signedIn(chair), chairsKey];
  const second = await space.signedIn(deputy);
  const found = await on<{ rows: { prepared: string; text: string; by: { en: string }; mine: boolean; signed: number; quorum: number }[] }>(second, listPrepared);
  expect(found.body.rows.filter((row) => row.text === text).map(({ prepared: id, text: of, by, mine, signed, quorum }) => [id, of, by.en, mine, signed, quorum])).toEqual([[prepared.prepared, text, 'Co-chair', false, 0, 2]]);

  const shown = await on<PreparedAnswer>(browser, getPrepared, { params: { prepared: prepared.prepared } });
  const own = shown.body.keys.find(({ kind }) => kind === 'passkey');
  expect(own?.credential).toBe(key.id);
  const first = await on<{ state: string; signed: number }>(browser, completeSigning, { params: { prepared: prepared.prepared }, body: { kind: 'passkey', key: own?.key, response: key.assert(challengeOf(prepared)) } });
  expect(first.body).toEqual({ state: 'waiting', signed: 1, quorum: 2 });

  const node = (await on<PreparedAnswer>(second, getPrepared, { params: { prepared: prepared.prepared } })).body.keys.find(({ kind }) => kind === 'node');
  const last = await on<{ state: string; receipt: { acts: { type: string; act: string }[] } }>(second, completeSigning, { params: { prepared: prepared.prepared }, body: { kind: 'node', key: node?.key } });
  expect([last.body.state, last.body.receipt.acts.map(({ type, act }) => [type, act])]).toEqual(['recorded', [['text.sign', prepared.digest]]]);
  expect((await on<{ rows: { text: string }[] }>(second, listPrepared)).body.rows.filter((row) => row.text === text)).toEqual([]);
});

test('a text that lies in the signature folder is not signed before everybody has cleared it', async () => {
  const [other, before] = [await serving(), space];
  try {
    space = other;
    admin = await other.signedIn(other.administrator);
    const [signer, clerk] = [await appoint('Director'), await appoint('Secretariat')];
    const text = await proposeText('Fourth');
    const prepared = await prepareSign(text, signer);
    const clerks = await other.signedIn(clerk);
    const opened = await on<{ entry: string; state: string }>(clerks, openFolderEntry, { body: { text, signer, mode: 'sequence', steps: [clerk], reason: 'Agreed in session' } });
    expect([opened.status, opened.body.state]).toEqual([200, 'clearing']);
    const directors = await other.signedIn(signer);
    const sign = (): ReturnType<typeof on<{ state: string }>> => on(directors, completeSigning, { params: { prepared: prepared.prepared }, body: { kind: 'node', key: prepared.keys[0]?.key } });
    expect((await sign()).body.code).toBe('folder.not-cleared');
    expect((await on<{ state: string }>(clerks, clearStep, { params: { entry: opened.body.entry }, body: {} })).body.state).toBe('cleared');
    expect((await on<{ waiting: { may: string[] }[] }>(directors, listFolder)).body.waiting.map(({ may }) => may)).toEqual([['sign']]);
    expect((await sign()).body.state).toBe('recorded');
    expect((await on<{ waiting: unknown[]; others: { state: string }[] }>(directors, listFolder)).body).toMatchObject({ waiting: [], others: [{ state: 'signed' }] });
  } finally {
    space = before;
    await other.close();
  }
});
