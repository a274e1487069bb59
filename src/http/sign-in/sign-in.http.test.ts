import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  beginEnrolment, beginProof, beginSignIn, demoSignIn, finishEnrolment, finishSignIn, getHere, listPasskeys, lookAtLink, proveKey, signOut,
} from '../../features/officers/contract.ts';
import { expectOk } from '../../kernel/result.ts';
import { instantOf, millisOf } from '../../kernel/time.ts';
import { Authenticator } from '../authenticator.testkit.ts';
import { ORIGIN, serving, type Serving } from '../serving.testkit.ts';

let space: Serving;
beforeAll(async () => { space = await serving({ demo: true }); });
afterAll(async () => space.close());

const op = (operation: { method: string; path: string }): { method: string; path: string } => operation;
const secretOf = (url: string): string => new URL(url).hash.slice(1);

test('a demo link signs in as often as it is pressed, and the page learns who is here', async () => {
  const link = expectOk(await space.served.demoLink(space.administrator));
  expect(link.startsWith(`${ORIGIN}/sign-in#`)).toBe(true);
  for (const _ of [1, 2]) {
    const browser = space.browser();
    const here = await browser.call<{ officer?: { officer: string; powers: string[]; office: { en: string } } }>(op(demoSignIn), { body: { secret: secretOf(link) } });
    expect(here.status).toBe(200);
    expect(here.body.officer?.officer).toBe(space.administrator);
    expect(here.body.officer?.office.en).toBe('System administration');
    expect((await browser.call<{ officer?: unknown }>(op(getHere))).body.officer).toBeDefined();
  }
});

test('the cookie is for this host only, not readable by scripts, strict, and names party and space', async () => {
  const link = expectOk(await space.served.demoLink(space.administrator));
  const { raw } = await space.browser().call(op(demoSignIn), { body: { secret: secretOf(link) } });
  const { node } = space.open;
  expect(raw.headers['set-cookie']).toMatch(new RegExp(`^alternat-ma-${node.space.slice(0, 8)}=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict$`));
});

test('signing out ends the session on the node, not only in the browser', async () => {
  const browser = await space.signedIn(space.administrator);
  const { cookie } = browser;
  expect((await browser.call(op(listPasskeys))).status).toBe(200);
  expect((await browser.call(op(signOut))).body).toEqual({ ended: true });
  const again = await space.browser().call<{ code: string }>(op(listPasskeys), { headers: { cookie } });
  expect([again.status, again.body.code]).toEqual([401, 'session.ended']);
});

test('enrolment by link, proof of possession, and signing in with the passkey', async () => {
  const link = await space.served.enrolmentLink(space.administrator);
  const secret = secretOf(link.url);
  const browser = space.browser();
  const looked = await browser.call<{ office: { en: string } }>(op(lookAtLink), { body: { secret } });
  expect(looked.body.office.en).toBe('System administration');
  const key = new Authenticator(ORIGIN);
  const begun = await browser.call<{ ceremony: string; options: { challenge: string; user: { id: string }; attestation: string } }>(op(beginEnrolment), { body: { secret } });
  const enrolled = await browser.call<{ credential: string; here: { officer: { passkeys: number } } }>(op(finishEnrolment), {
    params: { ceremony: begun.body.ceremony }, body: { secret, response: key.create(begun.body.options), label: 'Security key' },
  });
  expect(enrolled.status).toBe(200);
  expect(enrolled.body.here.officer.passkeys).toBe(1);

  const proof = await browser.call<{ ceremony: string; options: { challenge: string } }>(op(beginProof), { params: { credential: key.id } });
  const granted = await browser.call<{ state: string; receipt: { acts: { type: string }[] } }>(op(proveKey), {
    params: { credential: key.id, ceremony: proof.body.ceremony }, body: { response: key.assert(proof.body.options) },
  });
  expect(granted.body.state).toBe('granted');
  expect(granted.body.receipt.acts.map((act) => act.type)).toEqual(['mandate.key']);
  const passkeys = await browser.call<{ rows: { state: string; label: string }[] }>(op(listPasskeys));
  expect(passkeys.body.rows.map(({ state, label }) => [state, label])).toEqual([['signing', 'Security key']]);

  const visitor = space.browser();
  const start = await visitor.call<{ ceremony: string; options: { challenge: string; allowCredentials: { id: string }[]; userVerification: string } }>(op(beginSignIn), { body: {} });
  expect(start.body.options.allowCredentials.map(({ id }) => id)).toEqual([key.id]);
  expect(start.body.options.userVerification).toBe('required');
  const done = await visitor.call<{ officer: { session: { by: string } } }>(op(finishSignIn), { params: { ceremony: start.body.ceremony }, body: { response: key.assert(start.body.options) } });
  expect([done.status, done.body.officer?.session.by]).toEqual([200, 'passkey']);

  const replayed = await space.browser().call<{ code: string }>(op(finishSignIn), { params: { ceremony: start.body.ceremony }, body: { response: key.assert(start.body.options) } });
  expect(replayed.body.code).toBe('sign-in.ceremony-over');
  expect((await browser.call<{ code: string }>(op(lookAtLink), { body: { secret } })).body.code).toBe('sign-in.link-spent');
});

test('a passkey that nobody enrolled, another origin and an unverified user are refused alike', async () => {
  const known = space.browser();
  for (const stranger of [new Authenticator(ORIGIN), new Authenticator('http://localhost:4701')]) {
    const start = await known.call<{ ceremony: string; options: { challenge: string } }>(op(beginSignIn), { body: {} });
    const refused = await known.call<{ code: string }>(op(finishSignIn), { params: { ceremony: start.body.ceremony }, body: { response: stranger.assert(start.body.options) } });
    expect([refused.status, refused.body.code]).toEqual([401, 'sign-in.refused']);
  }
  const link = await space.served.enrolmentLink(space.administrator);
  const secret = secretOf(link.url);
  const begun = await known.call<{ ceremony: string; options: { challenge: string } }>(op(beginEnrolment), { body: { secret } });
  const careless = new Authenticator(ORIGIN);
  careless.flags = 0x01;
  const refused = await known.call<{ code: string }>(op(finishEnrolment), { params: { ceremony: begun.body.ceremony }, body: { secret, response: careless.create(begun.body.options), label: 'x' } });
  expect([refused.status, refused.body.code]).toEqual([403, 'passkey.refused']);
});

test('a link that was replaced, is past its time or was never made is unknown', async () => {
  const browser = space.browser();
  const first = await space.served.enrolmentLink(space.administrator);
  const second = await space.served.enrolmentLink(space.administrator);
  const code = async (url: string): Promise<string> => (await browser.call<{ code: string }>(op(lookAtLink), { body: { secret: secretOf(url) } })).body.code;
  expect(await code(first.url)).toBe('sign-in.link-unknown');
  expect(await code(`${ORIGIN}/enrol#${'A'.repeat(43)}`)).toBe('sign-in.link-unknown');
  const before = space.clock.now();
  space.clock.set(instantOf(millisOf(before) + 73 * 3_600_000));
  expect(await code(second.url)).toBe('sign-in.link-unknown');
  space.clock.set(before);
});

test('where the demo was not asked for, demo links neither come into being nor open anything', async () => {
  const plain = await serving({});
  try {
    expect(await plain.served.demoLink(plain.administrator)).toEqual({ ok: false, refusal: { code: 'sign-in.demo-off' } });
    const { body } = await plain.browser().call<{ code: string }>(op(demoSignIn), { body: { secret: 'A'.repeat(43) } });
    expect(body.code).toBe('sign-in.demo-off');
  } finally {
    await plain.close();
  }
});

test('a demo of a space that is no exercise is refused', async () => {
  await expect(serving({ exercise: false, demo: true })).rejects.toThrow('serve.demo-not-exercise');
});
