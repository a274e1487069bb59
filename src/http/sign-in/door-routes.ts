/** The doors: signing in, enrolling with a one-time link, signing out. */
import { beginEnrolment, beginSignIn, demoSignIn, finishEnrolment, finishSignIn, getHere, lookAtLink, signOut } from '../../features/officers/contract.ts';
import { loadReader } from '../../features/officers/server/published.ts';
import type { Here } from '../../features/officers/views.ts';
import type { ObjectId } from '../../kernel/ids.ts';
import { labelIn, type Label } from '../../kernel/language.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { handleDoor, type DoorContext, type PublicContext, type Route } from '../handler.ts';
import { hereFor, officeOf } from './here.ts';
import { demoIdentify, passkeyIdentify, type Identify } from './identify.ts';
import { newChallenge, optionsToAssert, optionsToCreate, verifyCreation, type CreationOptions, type RequestOptions } from './passkeys.ts';
import type { People } from './people.ts';

export function doorRoutes(people: People): readonly Route[] {
  const passkey = passkeyIdentify(people.place, people.accounts, people.ceremonies);
  const demo = demoIdentify(people.links);
  return [
    handleDoor(getHere, async (context) => {
      const answer = await hereFor(people, context, context.session);
      // A session without a mandate is over; the page is told who is here, not why nobody is.
      return answer.ok ? answer : hereFor(people, context, undefined);
    }),
    handleDoor(beginSignIn, async (_context, { body }) => beginPasskeySignIn(people, body.known ?? [])),
    handleDoor(finishSignIn, async (context, { params, body }) => comeIn(people, context, passkey, { ceremony: params.ceremony, response: body.response })),
    handleDoor(demoSignIn, async (context, { body }) => comeIn(people, context, demo, body.secret)),
    handleDoor(signOut, async (context) => {
      await context.closeSession();
      return ok({ ended: true as const });
    }),
    ...enrolmentRoutes(people),
  ];
}

/** Credentials that the browser remembers come first; ids of credentials are random and say nothing about offices. */
async function beginPasskeySignIn(people: People, known: readonly string[]): Promise<Result<{ ceremony: string; options: RequestOptions }>> {
  const all = await people.accounts.passkeys();
  if (all.length === 0) return refuse('sign-in.no-passkey-yet');
  const allowed = [...all.filter(({ credential }) => known.includes(credential)), ...all.filter(({ credential }) => !known.includes(credential))];
  const challenge = newChallenge();
  const ceremony = await people.ceremonies.begin('sign-in', { challenge, officer: '', bound: '' });
  return ok({ ceremony, options: await optionsToAssert(people.place, challenge, allowed) });
}

async function comeIn<Proof>(people: People, context: DoorContext, way: Identify<Proof>, proof: Proof): Promise<Result<Here>> {
  const identified = await way.identify(proof);
  return identified.ok ? openFor(people, context, identified.value.officer, way.by) : identified;
}

async function openFor(people: People, context: DoorContext, officer: ObjectId, by: string): Promise<Result<Here>> {
  if ((await loadReader(people.node, officer)) === undefined) return refuse('session.mandate-ended');
  return hereFor(people, context, await context.openSession(officer, by));
}

function enrolmentRoutes(people: People): readonly Route[] {
  const { links, ceremonies, accounts, place } = people;
  return [
    handleDoor(lookAtLink, async (_context, { body }) => {
      const link = await links.find('enrol', body.secret);
      return link.ok ? ok({ office: await officeOf(people, link.value.officer), expiresAt: link.value.expiresAt }) : link;
    }),
    handleDoor(beginEnrolment, async (context, { body }) => {
      const link = await links.find('enrol', body.secret);
      if (!link.ok) return link;
      const challenge = newChallenge();
      const ceremony = await ceremonies.begin('enrol', { challenge, officer: link.value.officer, bound: link.value.id });
      return ok({ ceremony, options: await creationFor(people, context, link.value.officer, challenge) });
    }),
    handleDoor(finishEnrolment, async (context, { params, body }) => {
      const link = await links.find('enrol', body.secret);
      if (!link.ok) return link;
      const begun = await ceremonies.take('enrol', params.ceremony);
      if (begun === undefined || begun.bound !== link.value.id) return refuse('sign-in.ceremony-over');
      if ((await loadReader(people.node, link.value.officer)) === undefined) return refuse('session.mandate-ended');
      const created = await verifyCreation(place, begun.challenge, body.response);
      if (!created.ok) return created;
      // Spent before the passkey is kept: of two who race with one link only one comes in.
      if (!(await links.spend(link.value))) return refuse('sign-in.link-spent');
      if (!(await accounts.add({ ...created.value, officer: link.value.officer, label: body.label }))) return refuse('passkey.known-already');
      const here = await openFor(people, context, link.value.officer, 'passkey');
      return here.ok ? ok({ credential: created.value.credential, here: here.value }) : here;
    }),
  ];
}

/** Options for a new passkey. The dialog of the authenticator names office and party in the reader's language. */
export async function creationFor(people: People, context: PublicContext, officer: ObjectId, challenge: ReturnType<typeof newChallenge>): Promise<CreationOptions> {
  const { charter } = await people.node.charter();
  const party = charter.parties.find(({ id }) => id === people.node.party);
  const user = {
    handle: await people.accounts.handleOf(officer),
    name: labelIn((await officeOf(people, officer)) as Label, context.language).text,
    party: party === undefined ? people.node.party : labelIn(party.short as Label, context.language).text,
  };
  return optionsToCreate(people.place, challenge, user, await people.accounts.passkeys(officer));
}
