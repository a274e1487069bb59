/**
 * What the parts of a node share: its identity, its ports and its events. No state of the record lives
 * here; that is in the store, because several processes may be one node.
 */
import type { Hash, ObjectId, PartyId } from '../kernel/ids.ts';
import { objectId } from '../kernel/ids.ts';
import { fromBase64, type Bytes } from '../kernel/bytes.ts';
import type { PartRef } from '../record/act.ts';
import type { CharterParty } from '../record/charter.ts';
import { cosignerKey, logKey, originOf } from '../record/checkpoint.ts';
import { askAsync, type SignatureVerifier, type Space } from '../record/decide.ts';
import type { Engine } from '../record/engine.ts';
import { profilesOf } from '../record/mandate-facts.ts';
import { parseVkey, type NoteKey } from '../record/note.ts';
import { commitment } from '../record/part.ts';
import type { Registry } from '../record/registry.ts';
import { keyId } from '../record/signature.ts';
import { charterChain, partyIn, type ChainLink } from '../record/stances.ts';
import type { Events } from './events.ts';
import type { FactCache } from './fact-cache.ts';
import type { Mint } from './node.ts';
import type { Clock, HighWater, KeyStore, Store, Tx } from './ports.ts';
import type { Projection } from './projection.ts';

export interface Core {
  readonly party: PartyId;
  readonly space: Space;
  readonly engine: Engine;
  readonly registry: Registry;
  readonly store: Store;
  readonly keys: KeyStore;
  readonly highWater: HighWater;
  readonly clock: Clock;
  readonly mint: Mint;
  readonly inline: readonly Projection[];
  readonly following: readonly Projection[];
  readonly events: Events;
  /** Of the write path only. */
  readonly factCache: FactCache;
  /** Checks signatures in batches or workers; absent: in this thread. */
  readonly verify?: SignatureVerifier;
  /** Operational messages, without content of the record and without secrets. */
  readonly report: (code: string, detail: Readonly<Record<string, string | number>>) => void;
}

/** Ids, salts and time of this node, from its clock and its source of randomness. */
export function createMint(party: PartyId, engine: Engine, clock: Clock, random: (size: number) => Bytes): Mint {
  return {
    id: (): ObjectId => objectId(party, random(13)),
    now: () => clock.now(),
    random,
    part(kind, media, bytes, audience) {
      const salt = random(32);
      const plaintext = new Uint8Array(bytes);
      const ref: PartRef = {
        part: commitment(engine, salt, plaintext), class: kind, media, size: plaintext.length,
        ...(audience === undefined ? {} : { audience: [...audience].sort() }),
      };
      return { ref, salt, plaintext };
    },
  };
}

/** The concluded charters as this node has decided them, the one in force last. */
export async function chainNow(core: Pick<Core, 'space'>, tx: Tx): Promise<readonly ChainLink[]> {
  return askAsync(charterChain(core.space.genesis), tx);
}

export function inForce(chain: readonly ChainLink[]): ChainLink {
  const last = chain.at(-1);
  if (last === undefined) throw new Error('a chain of charters begins with the first');
  return last;
}

/** The party as the latest charter names it; undefined for a stranger. */
export function memberOf(chain: readonly ChainLink[], party: PartyId): CharterParty | undefined {
  return partyIn(chain, party);
}

/** The key and origin under which the checkpoints of a party's log are signed. */
export function logNoteKey(core: Pick<Core, 'space' | 'engine'>, member: CharterParty): NoteKey {
  return logKey(core.engine, originOf(core.space.id, member.id, member.epoch), publicKeyOf(member.log));
}

/** The id of a party's log key in the key store. */
export function logKeyId(core: Pick<Core, 'engine'>, member: CharterParty): Hash {
  return keyId(core.engine, 'ed25519', publicKeyOf(member.log));
}

/** Every cosigner key that a party's profiles name: old and new overlap. */
export async function cosignersOf(core: Pick<Core, 'engine'>, tx: Tx, party: PartyId): Promise<readonly NoteKey[]> {
  const profiles = await askAsync(profilesOf(party), tx);
  const vkeys = new Set(profiles.flatMap((profile) => profile.data.cosigners));
  return [...vkeys].flatMap((vkey) => {
    const key = parseVkey(core.engine, vkey);
    return key.ok ? [key.value] : [];
  });
}

export function ownCosigner(core: Pick<Core, 'engine' | 'space' | 'party'>, publicKey: Bytes): NoteKey {
  return cosignerKey(core.engine, core.space.id, core.party, publicKey);
}

function publicKeyOf(base64: string): Bytes {
  const bytes = fromBase64(base64);
  if (bytes === undefined) throw new Error('a charter holds keys in strict base64');
  return bytes;
}

/** Ends a transaction with an expected "no": thrown inside `store.write`, caught by `attempt`. */
export class Refused extends Error {
  readonly refusal: { readonly code: string; readonly params?: Readonly<Record<string, string | number>> };
  constructor(refusal: Refused['refusal']) {
    super(refusal.code);
    this.name = 'Refused';
    this.refusal = refusal;
  }
}
