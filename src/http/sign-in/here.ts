/** `here`: who and where. Answered to everybody; the officer's part only with a session. */
import { activeKey, activeKeysOf, profilesOf } from '../../record/mandate-facts.ts';
import { askAsync } from '../../record/decide.ts';
import type { CharterParty } from '../../record/charter.ts';
import type { Here, PartyView } from '../../features/officers/views.ts';
import { marks, type Reader } from '../../features/officers/reading.ts';
import { loadReader, officeHeldBy, officeTitles } from '../../features/officers/server/published.ts';
import type { ObjectId } from '../../kernel/ids.ts';
import { refuse, ok, type Result } from '../../kernel/result.ts';
import type { PublicContext, SessionInfo } from '../handler.ts';
import type { People } from './people.ts';

export async function hereFor(people: People, context: PublicContext, session: SessionInfo | undefined): Promise<Result<Here>> {
  const { node } = people;
  const { charter } = await node.charter();
  const own = charter.parties.filter((party) => party.id === node.party);
  const others = charter.parties.filter((party) => party.id !== node.party);
  const base: Here = {
    space: node.space, name: charter.name, party: node.party, parties: [...own, ...others].map(partyView), authentic: charter.authentic,
    exercise: charter.exercise, state: node.state(), now: context.now,
  };
  if (session === undefined) return ok(base);
  const reader = await loadReader(node, session.officer);
  if (reader === undefined) return refuse('session.mandate-ended');
  return ok({ ...base, officer: await officerPart(people, reader, session) });
}

async function officerPart(people: People, reader: Reader, session: SessionInfo): Promise<NonNullable<Here['officer']>> {
  const { officer } = reader;
  const widest = marks.findLast((mark) => reader.reach.some((reach) => reach.clearance === mark)) ?? 'CLEAR';
  return {
    officer, office: await officeOf(people, officer), powers: [...reader.powers], scopes: [...reader.scopes], clearance: widest,
    session: { id: session.id, by: session.by, expiresAt: session.expiresAt },
    passkeys: (await people.accounts.passkeys(officer)).length,
    keys: await signingKinds(people, officer),
  };
}

/** Title of the office that the officer holds; the bare id where none was ever declared. */
export async function officeOf(people: Pick<People, 'node'>, officer: ObjectId): Promise<Here['parties'][number]['name']> {
  const office = await people.node.store.read((tx) => officeHeldBy(tx, officer));
  const title = office === undefined ? undefined : (await officeTitles(people.node, [office])).get(office)?.title;
  return title ?? { en: office ?? officer };
}

/** Whether the party lets offices sign joint texts with the key that the node keeps. */
export async function nodeKeysAllowed(people: Pick<People, 'node'>): Promise<boolean> {
  const profiles = await people.node.store.read((tx) => askAsync(profilesOf(people.node.party), tx));
  return profiles.at(-1)?.data.policy.nodeKeys === true;
}

async function signingKinds(people: People, officer: ObjectId): Promise<('passkey' | 'node')[]> {
  const { node } = people;
  const kinds = await node.store.read(async (tx) => {
    const found = new Set<'passkey' | 'node'>();
    for (const key of await askAsync(activeKeysOf(node.party, officer), tx)) {
      const data = await askAsync(activeKey(node.party, key), tx);
      if (data !== undefined) found.add(data.kind);
    }
    return found;
  });
  if (!(await nodeKeysAllowed(people))) kinds.delete('node');
  return [...kinds].sort();
}

function partyView({ id, name, short, country, language, zone, quorum }: CharterParty): PartyView {
  return { id, name, short, country, language, zone, quorum };
}
