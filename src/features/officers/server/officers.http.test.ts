import { afterAll, beforeAll, expect, test } from 'vitest';
import { Authenticator } from '../../../http/authenticator.testkit.ts';
import { ORIGIN, serving, type Browser, type Serving } from '../../../http/serving.testkit.ts';
import type { ObjectId } from '../../../kernel/ids.ts';
import { expectOk } from '../../../kernel/result.ts';
import {
  beginEnrolment, beginPasskey, beginProof, beginSignIn, confirmKey, endPasskey, extendMandate, finishEnrolment, finishPasskey, finishSignIn, getOfficer, grantMandate, handOver,
  listOfficers, listPasskeys, listSessions, listWaitingKeys, losePasskey, makeLink, proveKey, renamePasskey, revokeMandate, endSession, endOtherSessions,
} from '../contract.ts';
import type { OfficerRow } from '../views.ts';
import { endDueMandates } from './ends.ts';

type Reply<A> = { status: number; body: A };
let space: Serving;
let admin: Browser;
beforeAll(async () => {
  space = await serving();
  admin = await space.signedIn(space.administrator);
});
afterAll(async () => space.close());

const on = (browser: Browser, operation: { method: string; path: string }, sent: Parameters<Browser['call']>[1] = {}): Promise<Reply<never>> => browser.call(operation, sent) as Promise<Reply<never>>;
const body = async <A>(reply: Promise<Reply<never>>): Promise<A> => (await reply).body as A;
const code = async (reply: Promise<Reply<never>>): Promise<string> => ((await reply).body as { code: string }).code;

interface Appointed { officer: ObjectId; receipt: { acts: { type: string }[] }; link: { url: string } }
const terms = { powers: ['sign', 'draft'], scopes: ['space'], clearance: 'GREEN' };
const appoint = async (office: object | string = { en: 'Co-chair', es: 'Copresidencia' }, more: object = terms): Promise<Appointed> => body(on(admin, grantMandate, { body: { office, ...more } }));
const row = async (officer: ObjectId, browser: Browser = admin): Promise<OfficerRow> => body(on(browser, getOfficer, { params: { officer } }));

/** Enrols a passkey with the link and proves possession; answers the state of the proof. */
async function enrol(url: string, browser: Browser = space.browser()): Promise<{ key: Authenticator; browser: Browser; state: string }> {
  const secret = new URL(url).hash.slice(1);
  const key = new Authenticator(ORIGIN);
  const begun = await body<{ ceremony: string; options: { challenge: string } }>(on(browser, beginEnrolment, { body: { secret } }));
  expect((await on(browser, finishEnrolment, { params: { ceremony: begun.ceremony }, body: { secret, response: key.create(begun.options), label: 'Key' } })).status).toBe(200);
  const proof = await body<{ ceremony: string; options: { challenge: string } }>(on(browser, beginProof, { params: { credential: key.id } }));
  const { state } = await body<{ state: string }>(on(browser, proveKey, { params: { credential: key.id, ceremony: proof.ceremony }, body: { response: key.assert(proof.options) } }));
  return { key, browser, state };
}

async function signInCode(key: Authenticator): Promise<number> {
  const browser = space.browser();
  const begun = await body<{ ceremony: string; options: { challenge: string } }>(on(browser, beginSignIn, { body: {} }));
  return (await on(browser, finishSignIn, { params: { ceremony: begun.ceremony }, body: { response: key.assert(begun.options) } })).status;
}

test('a new office-holder is an act of declaration and one of mandate, and shows at once with its key', async () => {
  const made = await appoint();
  expect(made.receipt.acts.map((act) => act.type)).toEqual(['office.declare', 'mandate.grant']);
  expect(made.link.url.startsWith(`${ORIGIN}/enrol#`)).toBe(true);
  const shown = await row(made.officer);
  expect({ office: shown.office, powers: shown.powers, scopes: shown.scopes, clearance: shown.clearance, state: shown.state, keys: shown.keys.map((key) => [key.kind, key.state]), passkeys: shown.access?.passkeys })
    .toEqual({ office: { en: 'Co-chair', es: 'Copresidencia' }, powers: ['draft', 'sign'], scopes: ['space'], clearance: 'GREEN', state: 'active', keys: [['node', 'active']], passkeys: 0 });
  expect(shown.access?.linkUntil).toBeDefined();
});

test('the other party sees office, powers and keys, and nothing of how the officer comes in', async () => {
  const made = await appoint();
  const listed = await body<{ rows: OfficerRow[] }>(on(admin, listOfficers));
  expect(listed.rows.filter((one) => one.party === 'es').every((one) => one.access === undefined)).toBe(true);
  expect(listed.rows.filter((one) => one.party === 'es').length).toBeGreaterThan(0);
  expect(listed.rows.findIndex((one) => one.party === 'es')).toBeGreaterThan(listed.rows.findLastIndex((one) => one.party === 'ma'));
  expect(listed.rows.some((one) => one.officer === made.officer)).toBe(true);
});

test('only who administers grants, ends, links and confirms', async () => {
  const made = await appoint();
  const officer = await space.signedIn(made.officer);
  const params = { officer: space.administrator };
  const attempts = [
    on(officer, grantMandate, { body: { office: { en: 'X' }, ...terms } }), on(officer, extendMandate, { params, body: terms }), on(officer, revokeMandate, { params, body: { reason: 'ended' } }),
    on(officer, handOver, { params }), on(officer, makeLink, { params }), on(officer, losePasskey, { params: { ...params, credential: 'abc' }, body: { reason: 'lost' } }),
    on(officer, listWaitingKeys), on(officer, confirmKey, { params: { credential: 'abc' } }),
  ];
  for (const attempt of attempts) expect(await code(attempt)).toBe('mandate.power-missing');
  expect((await attempts[0])?.status).toBe(403);
});

test('a mandate is extended, and the wider reach is there with the next request', async () => {
  const made = await appoint();
  const officer = await space.signedIn(made.officer);
  const scope = `body:${space.open.node.mint.id()}`;
  expect((await row(made.officer, officer)).scopes).toEqual(['space']);
  expect((await on(admin, extendMandate, { params: { officer: made.officer }, body: { powers: ['report'], scopes: [scope], clearance: 'AMBER' } })).status).toBe(200);
  const after = await row(made.officer, officer);
  expect([after.powers, after.scopes, after.clearance]).toEqual([['draft', 'report', 'sign'], [scope, 'space'], 'AMBER']);
});

test('on the day after its last day the node itself ends a mandate; it can be put off, not brought forward', async () => {
  const made = await appoint({ en: 'Interim' }, { ...terms, until: '2026-11-24' });
  const extend = async (until?: string): Promise<string | undefined> =>
    code(on(admin, extendMandate, { params: { officer: made.officer }, body: { ...terms, ...(until === undefined ? {} : { until }) } }));
  expect(await extend('2026-11-23')).toBe('officer.until-shortens');
  expect(await extend('2026-11-25')).toBe(undefined);
  expect((await row(made.officer)).until).toBe('2026-11-25');
  expect(await endDueMandates(space.open.node, '2026-11-25')).toBe(0);
  expect(await endDueMandates(space.open.node, '2026-11-26')).toBe(1);
  expect(await endDueMandates(space.open.node, '2026-11-26')).toBe(0);
  expect((await row(made.officer)).state).toBe('ended');
});

test('a revoked officer is out at once: sessions, passkeys and links end; what the record says stays', async () => {
  const made = await appoint();
  await enrol((await appoint()).link.url);
  const { key, browser, state } = await enrol(made.link.url);
  expect(state).toBe('granted');
  expect(await signInCode(key)).toBe(200);
  expect((await on(admin, revokeMandate, { params: { officer: made.officer }, body: { reason: 'ended' } })).status).toBe(200);
  expect(await code(on(browser, listPasskeys))).toBe('session.ended');
  expect(await signInCode(key)).toBe(401);
  const shown = await row(made.officer);
  expect([shown.state, shown.keys.map((one) => one.state)]).toEqual(['ended', ['revoked', 'revoked']]);
  expect(await code(on(admin, revokeMandate, { params: { officer: made.officer }, body: { reason: 'ended' } }))).toBe('officer.unknown');
});

test('the last administrator cannot be revoked, but can hand over', async () => {
  const other = await serving();
  try {
    const only = await other.signedIn(other.administrator);
    const params = { officer: other.administrator };
    expect(await code(on(only, revokeMandate, { params, body: { reason: 'departed' } }))).toBe('officer.last-administrator');
    const handed = await body<{ successor: ObjectId; receipt: { acts: { type: string }[] } }>(on(only, handOver, { params }));
    expect(handed.receipt.acts.map((act) => act.type)).toEqual(['mandate.grant', 'mandate.revoke']);
    expect(await code(on(only, listOfficers))).toBe('session.ended');
    const successor = await other.signedIn(handed.successor);
    const after = await body<OfficerRow>(on(successor, getOfficer, { params: { officer: handed.successor } }));
    expect([after.powers, after.office.en]).toEqual([['administer'], 'System administration']);
  } finally {
    await other.close();
  }
});

test('a lost passkey is revoked, opens nothing, and a new link is made; another passkey goes on', async () => {
  const made = await appoint();
  const first = await enrol(made.link.url);
  const begun = await body<{ ceremony: string; options: { challenge: string } }>(on(first.browser, beginPasskey));
  const second = new Authenticator(ORIGIN);
  expect((await on(first.browser, finishPasskey, { params: { ceremony: begun.ceremony }, body: { response: second.create(begun.options), label: 'Spare' } })).status).toBe(200);
  const lost = await body<{ receipt: { acts: { type: string }[] }; link: { url: string } }>(on(admin, losePasskey, { params: { officer: made.officer, credential: first.key.id }, body: { reason: 'stolen', since: 3 } }));
  expect(lost.receipt.acts.map((act) => act.type)).toEqual(['mandate.revoke']);
  expect(await code(on(first.browser, listPasskeys))).toBe('session.ended');
  expect(await signInCode(first.key)).toBe(401);
  expect(await signInCode(second)).toBe(200);
  expect((await row(made.officer)).keys.map((key) => [key.kind, key.state])).toEqual([['node', 'active'], ['passkey', 'revoked']]);
  expect((await enrol(lost.link.url)).state).toBe('granted');
});

test('own passkeys are renamed and ended, the last one not; nobody touches another’s', async () => {
  const [one, two] = [await appoint(), await appoint()];
  const mine = await enrol(one.link.url);
  const theirs = await enrol(two.link.url);
  expect((await body<{ label: string }>(on(mine.browser, renamePasskey, { params: { credential: mine.key.id }, body: { label: 'Desk' } }))).label).toBe('Desk');
  expect(await code(on(mine.browser, renamePasskey, { params: { credential: theirs.key.id }, body: { label: 'Mine now' } }))).toBe('passkey.unknown');
  expect(await code(on(mine.browser, endPasskey, { params: { credential: theirs.key.id } }))).toBe('passkey.unknown');
  expect(await code(on(mine.browser, beginProof, { params: { credential: mine.key.id } }))).toBe('passkey.signs-already');
  expect(await code(on(mine.browser, endPasskey, { params: { credential: mine.key.id } }))).toBe('passkey.last-way-in');
  const begun = await body<{ ceremony: string; options: { challenge: string } }>(on(mine.browser, beginPasskey));
  const spare = new Authenticator(ORIGIN);
  await on(mine.browser, finishPasskey, { params: { ceremony: begun.ceremony }, body: { response: spare.create(begun.options), label: 'Spare' } });
  expect(await body(on(mine.browser, endPasskey, { params: { credential: mine.key.id } }))).toEqual({ revoked: true });
  expect((await body<{ rows: { label: string; state: string }[] }>(on(mine.browser, listPasskeys))).rows.map(({ label, state }) => [label, state])).toEqual([['Spare', 'sign-in']]);
});

test('sessions are listed and ended, each officer’s own only', async () => {
  const made = await appoint();
  const [here, there] = [await space.signedIn(made.officer), await space.signedIn(made.officer)];
  const rows = (await body<{ rows: { id: string; current: boolean }[] }>(on(here, listSessions))).rows;
  expect(rows.map((session) => session.current).sort()).toEqual([false, true]);
  const other = rows.find((session) => !session.current)?.id ?? '';
  expect(await code(on(admin, endSession, { params: { session: other } }))).toBe('session.unknown');
  expect(await body(on(here, endSession, { params: { session: other } }))).toEqual({ ended: 1 });
  expect(await code(on(there, listSessions))).toBe('session.ended');
  await space.signedIn(made.officer);
  expect(await body(on(here, endOtherSessions))).toEqual({ ended: 1 });
});

test('another party’s officers are theirs to administer, and an unknown office takes nobody', async () => {
  const theirs = (await body<{ rows: OfficerRow[] }>(on(admin, listOfficers))).rows.find((one) => one.party === 'es')?.officer ?? '';
  expect(await code(on(admin, makeLink, { params: { officer: theirs } }))).toBe('officer.not-ours');
  expect(await code(on(admin, getOfficer, { params: { officer: space.open.node.mint.id() } }))).toBe('officer.unknown');
  expect(((await appoint(space.open.node.mint.id())) as unknown as { code: string }).code).toBe('office.unknown');
});

test('where the node may not sign for offices, a passkey waits for an administrator', async () => {
  const strict = await serving({ nodeKeys: false });
  try {
    const boss = await strict.signedIn(strict.administrator);
    const made = await body<Appointed>(on(boss, grantMandate, { body: { office: { en: 'Co-chair' }, ...terms } }));
    const { key, browser, state } = await enrol(made.link.url, strict.browser());
    expect(state).toBe('waiting');
    const waiting = await body<{ rows: { credential: string; officer: string; office: { en: string } }[] }>(on(boss, listWaitingKeys));
    expect(waiting.rows.map(({ credential, officer, office }) => [credential, officer, office.en])).toEqual([[key.id, made.officer, 'Co-chair']]);
    expect((await on(boss, confirmKey, { params: { credential: key.id } })).status).toBe(200);
    expect((await body<{ rows: { state: string }[] }>(on(browser, listPasskeys))).rows.map((one) => one.state)).toEqual(['signing']);
    expect((await body<{ rows: unknown[] }>(on(boss, listWaitingKeys))).rows).toEqual([]);
    expect(await code(on(boss, confirmKey, { params: { credential: key.id } }))).toBe('passkey.unknown');
  } finally {
    await strict.close();
  }
});

test('a mandate under a narrow scope is shown to nobody without that scope, in no list and no count', async () => {
  const narrow = `body:${space.open.node.mint.id()}`;
  await on(admin, extendMandate, { params: { officer: space.administrator }, body: { powers: ['administer'], scopes: [narrow], clearance: 'GREEN' } });
  const officer = space.open.node.mint.id();
  const office = space.open.node.mint.id();
  const draft = { type: 'mandate.grant', v: 1, scope: narrow, body: { officer, office, powers: ['draft'], scopes: [narrow], clearance: 'GREEN' }, parts: [] };
  expectOk(await space.open.node.submit([draft], { officer: space.administrator }));
  const made = await appoint();
  const outsider = await space.signedIn(made.officer);
  expect((await row(officer)).officer).toBe(officer);
  expect(await code(on(outsider, getOfficer, { params: { officer } }))).toBe('officer.unknown');
  const seen = await body<{ rows: OfficerRow[] }>(on(outsider, listOfficers));
  expect(JSON.stringify(seen)).not.toContain(officer);
  expect(JSON.stringify(seen)).not.toContain(office);
});
