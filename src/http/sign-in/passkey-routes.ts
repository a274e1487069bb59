/** An officer's own sessions and passkeys. */
import {
  beginPasskey, beginProof, endOtherSessions, endPasskey, endSession, finishPasskey, listPasskeys, listSessions, proveKey, renamePasskey,
} from '../../features/officers/contract.ts';
import { addKey, revoke } from '../../features/officers/commands.ts';
import type { PasskeyRow, SessionRow } from '../../features/officers/views.ts';
import type { AssertionResponse } from '../../features/officers/webauthn.ts';
import { toBase64 } from '../../kernel/bytes.ts';
import type { Hash } from '../../kernel/ids.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { Receipt } from '../../record/answers.ts';
import { askAsync } from '../../record/decide.ts';
import { keyProofMessage } from '../../record/mandate.ts';
import { activeKeysOf } from '../../record/mandate-facts.ts';
import { encodeAssertion } from '../../record/webauthn.ts';
import { handle, type HandlerContext, type Route } from '../handler.ts';
import { grantedKeyOf } from './access.ts';
import type { Passkey } from './accounts.ts';
import { creationFor } from './door-routes.ts';
import { nodeKeysAllowed } from './here.ts';
import { bytesOf, newChallenge, optionsToAssert, verifyAnswer, verifyCreation } from './passkeys.ts';
import type { People } from './people.ts';

export function passkeyRoutes(people: People): readonly Route[] {
  return [...sessionRoutes(people), ...ownPasskeyRoutes(people), ...proofRoutes(people)];
}

type SessionBy = SessionRow['by'];

function sessionRoutes({ sessions }: People): readonly Route[] {
  return [
    handle(listSessions, async ({ session }) => {
      const rows = await sessions.list(session.officer);
      return ok({ rows: rows.map(({ id, by, agent, startedAt, seenAt, expiresAt }) => ({ id, by: by as SessionBy, agent, startedAt, seenAt, expiresAt, current: id === session.id })) });
    }),
    handle(endSession, async ({ session }, { params }) => ((await sessions.end(session.officer, params.session)) ? ok({ ended: 1 }) : refuse('session.unknown'))),
    handle(endOtherSessions, async ({ session }) => ok({ ended: await sessions.endAll(session.officer, session.id) })),
  ];
}

function ownPasskeyRoutes(people: People): readonly Route[] {
  const { accounts, ceremonies, place } = people;
  return [
    handle(listPasskeys, async ({ session }) => {
      const signing = await signingKeys(people, session.officer);
      return ok({ rows: (await accounts.passkeys(session.officer)).map((passkey) => rowOf(passkey, signing)) });
    }),
    handle(beginPasskey, async (context) => {
      const challenge = newChallenge();
      const ceremony = await ceremonies.begin('add', { challenge, officer: context.session.officer, bound: context.session.id });
      return ok({ ceremony, options: await creationFor(people, context, context.session.officer, challenge) });
    }),
    handle(finishPasskey, async ({ session }, { params, body }) => {
      const begun = await ceremonies.take('add', params.ceremony);
      if (begun?.officer !== session.officer || begun.bound !== session.id) return refuse('sign-in.ceremony-over');
      const created = await verifyCreation(place, begun.challenge, body.response);
      if (!created.ok) return created;
      const added = await accounts.add({ ...created.value, officer: session.officer, label: body.label });
      return added ? ok({ credential: created.value.credential }) : refuse('passkey.known-already');
    }),
    handle(renamePasskey, async ({ session }, { params, body }) => {
      const passkey = await own(people, session.officer, params.credential);
      if (!passkey.ok) return passkey;
      await accounts.rename(params.credential, body.label);
      return ok(rowOf({ ...passkey.value, label: body.label }, await signingKeys(people, session.officer)));
    }),
    handle(endPasskey, async (context, { params }) => {
      const passkey = await own(people, context.session.officer, params.credential);
      if (!passkey.ok) return passkey;
      if ((await accounts.passkeys(context.session.officer)).length === 1) return refuse('passkey.last-way-in');
      const signs = (await signingKeys(people, context.session.officer)).has(passkey.value.key);
      const revoked = signs ? await context.node.submit([revoke(context.actor.officer, 'replaced', passkey.value.key)], context.actor) : undefined;
      if (revoked !== undefined && !revoked.ok) return revoked;
      await accounts.end(params.credential);
      return ok({ revoked: signs });
    }),
  ];
}

function proofRoutes(people: People): readonly Route[] {
  const { accounts, ceremonies, node, place } = people;
  return [
    handle(beginProof, async ({ session }, { params }) => {
      const passkey = await own(people, session.officer, params.credential);
      if (!passkey.ok) return passkey;
      if ((await signingKeys(people, session.officer)).has(passkey.value.key)) return refuse('passkey.signs-already');
      // The challenge is what the record asks for: SHA-256 of the proof message, so that the answer is the proof itself.
      const message = keyProofMessage(node.space, node.party, session.officer, grantedKeyOf(people, passkey.value));
      const challenge = place.engine.sha256(message);
      const ceremony = await ceremonies.begin('proof', { challenge, officer: session.officer, bound: params.credential });
      return ok({ ceremony, options: await optionsToAssert(place, challenge, [passkey.value]) });
    }),
    handle(proveKey, async (context, { params, body }) => {
      const begun = await ceremonies.take('proof', params.ceremony);
      if (begun?.officer !== context.session.officer || begun.bound !== params.credential) return refuse('sign-in.ceremony-over');
      const passkey = await own(people, context.session.officer, params.credential);
      if (!passkey.ok) return passkey;
      if (body.response.id !== params.credential) return refuse('passkey.refused');
      const counter = await verifyAnswer(place, begun.challenge, passkey.value, body.response);
      if (!counter.ok) return counter;
      await accounts.used(params.credential, counter.value);
      return grantOrWait(people, context, passkey.value, toBase64(encodeAssertion(assertionOf(body.response))));
    }),
  ];
}

/**
 * Where the party lets the node sign for offices, the officer's own node key admits the passkey. Elsewhere
 * the node must not be able to bring in a key by itself: an administrator confirms.
 */
async function grantOrWait(people: People, context: HandlerContext, passkey: Passkey, proof: string): Promise<Result<{ state: 'granted'; receipt: Receipt } | { state: 'waiting' }>> {
  if (await nodeKeysAllowed(people)) {
    const recorded = await context.node.submit([addKey(passkey.officer, { key: grantedKeyOf(people, passkey), proof })], context.actor);
    if (recorded.ok) return ok({ state: 'granted', receipt: recorded.value });
    if (recorded.refusal.code !== 'mandate.no-key') return recorded;
  }
  await people.accounts.setProof(passkey.credential, proof);
  return ok({ state: 'waiting' });
}

export function assertionOf({ response }: AssertionResponse): Parameters<typeof encodeAssertion>[0] {
  return { authenticatorData: bytesOf(response.authenticatorData), clientDataJSON: bytesOf(response.clientDataJSON), signature: bytesOf(response.signature) };
}

async function own(people: People, officer: string, credential: string): Promise<Result<Passkey>> {
  const passkey = await people.accounts.passkey(credential);
  return passkey?.officer === officer ? ok(passkey) : refuse('passkey.unknown');
}

async function signingKeys({ node }: People, officer: string): Promise<ReadonlySet<Hash>> {
  return new Set(await node.store.read((tx) => askAsync(activeKeysOf(node.party, officer), tx)));
}

function rowOf(passkey: Passkey, signing: ReadonlySet<Hash>): PasskeyRow {
  const { credential, key, label, createdAt, usedAt, proof } = passkey;
  return { credential, key, label, createdAt, ...(usedAt === undefined ? {} : { usedAt }), state: signing.has(key) ? 'signing' : proof === undefined ? 'sign-in' : 'waiting' };
}
