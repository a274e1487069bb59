/** What this node knows of each other party: how far each holds the other's log, and since when not. */
import type { PartyId } from '../kernel/ids.ts';
import { millisOf } from '../kernel/time.ts';
import { decodeEntry } from '../record/codec.ts';
import { chainNow, inForce, type Core } from './core.ts';
import { cosignedUpTo } from './cosign.ts';
import type { LinkState } from './node.ts';
import type { Tx } from './ports.ts';

/** A contact that changes nothing is written down at most this often: a pull every second is not worth a commit each. */
const CONTACT_MILLIS = 30_000;

/** `ok` with a reason: the peer answers, but something that it serves is not as it should be. */
export type Contact = { readonly ok: true; readonly theirSize: number; readonly reason?: string } | { readonly ok: false; readonly reason: string };

export async function linkStates(core: Core): Promise<readonly LinkState[]> {
  return core.store.read(async (tx) => {
    const parties = inForce(await chainNow(core, tx)).charter.parties.map((party) => party.id);
    const links: LinkState[] = [];
    for (const party of parties) if (party !== core.party) links.push(await linkState(core, tx, party));
    return links;
  });
}

export async function linkState(core: Core, tx: Tx, party: PartyId): Promise<LinkState> {
  const row = await tx.db.selectFrom('link').selectAll().where('party', '=', party).executeTakeFirst();
  const own = await tx.head(core.party);
  const mirror = await tx.head(party);
  const ourSize = own?.size ?? 0;
  const weHaveTheirs = mirror?.size ?? 0;
  const theyHaveOurs = await cosignedUpTo(tx, core.party, party);
  const theirSize = Math.max(row?.their_size ?? 0, weHaveTheirs);
  const waitingSince = theyHaveOurs < ourSize ? await claimedTime(core, tx, theyHaveOurs) : undefined;
  const behind = theyHaveOurs < ourSize || weHaveTheirs < theirSize;
  const state = mirror?.frozenAt !== undefined ? 'frozen' : row === undefined || row.state === 'down' ? 'down' : behind ? 'waiting' : 'linked';
  return {
    party, theyHaveOurs, weHaveTheirs, ourSize, theirSize, state,
    ...(row?.last_contact === null || row === undefined ? {} : { lastContact: row.last_contact }),
    ...(waitingSince === undefined ? {} : { waitingSince }),
    ...(row?.reason === null || row === undefined ? {} : { reason: row.reason }),
  };
}

/** When the first act that they lack was made, by its own claim: this node's clock made it. */
async function claimedTime(core: Core, tx: Tx, index: number): Promise<string | undefined> {
  const leaf = await tx.leaf(core.party, index);
  const entry = leaf === undefined ? undefined : decodeEntry(core.engine, leaf.envelope);
  return entry?.ok === true ? entry.value.act.at : undefined;
}

/** Notes the outcome of an attempt; true when the screens should hear of it. */
export async function noteContact(core: Core, party: PartyId, contact: Contact): Promise<boolean> {
  const now = core.clock.now();
  const before = await core.store.read((tx) => tx.db.selectFrom('link').selectAll().where('party', '=', party).executeTakeFirst());
  const state = contact.ok ? 'linked' : 'down';
  const reason = contact.reason ?? null;
  const size = contact.ok ? contact.theirSize : (before?.their_size ?? 0);
  const changed = before === undefined || before.state !== state || before.reason !== reason || before.their_size !== size;
  const stale = contact.ok && (before?.last_contact == null || millisOf(now) - millisOf(before.last_contact) >= CONTACT_MILLIS);
  if (!changed && !stale) return false;
  const row = { their_size: size, last_contact: contact.ok ? now : (before?.last_contact ?? null), state, reason };
  await core.store.write((tx) =>
    tx.db.insertInto('link').values({ party, ...row }).onConflict((conflict) => conflict.column('party').doUpdateSet(row)).execute(),
  );
  return changed;
}
