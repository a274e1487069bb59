/**
 * Who is who on the wire: addresses and TLS pins of every party, from the profile it recorded last. Until
 * a party's first profile is mirrored, from the anchors that were exchanged by hand when the space was
 * founded. The caller refreshes it after each act; asking it costs nothing.
 */
import type { PartyId } from '../../kernel/ids.ts';
import { PROFILE, type ProfileData } from '../../record/mandate-facts.ts';
import type { Store } from '../ports.ts';
import type { Pin } from './pin.ts';

export interface WireProfile {
  /** `https://host:port`, best first. */
  readonly addresses: readonly string[];
  readonly pins: readonly Pin[];
}

export interface Directory {
  profile(party: PartyId): WireProfile;
  /** The party whose profile names the pin; undefined: nobody's, or more than one claims it. */
  partyOfPin(pin: Pin): PartyId | undefined;
  refresh(): Promise<void>;
}

const UNKNOWN: WireProfile = { addresses: [], pins: [] };

/** Reads the profiles of `parties` from the record; `anchors` stand in where there is none yet. */
export async function openDirectory(store: Store, parties: readonly PartyId[], anchors: ReadonlyMap<PartyId, WireProfile>): Promise<Directory> {
  let known = new Map<PartyId, WireProfile>();
  const directory: Directory = {
    profile: (party) => known.get(party) ?? UNKNOWN,
    partyOfPin(pin) {
      const claimed = [...known].filter(([, profile]) => profile.pins.includes(pin));
      return claimed.length === 1 ? claimed[0]?.[0] : undefined;
    },
    async refresh() {
      known = await store.read(async (tx) => {
        const read = new Map<PartyId, WireProfile>();
        for (const party of parties) {
          const recorded = (await tx.facts(PROFILE, party)).filter((fact) => fact.party === party).at(-1);
          const profile = recorded === undefined ? anchors.get(party) : wireProfile(recorded.data as ProfileData);
          if (profile !== undefined) read.set(party, profile);
        }
        return read;
      });
    },
  };
  await directory.refresh();
  return directory;
}

function wireProfile(profile: ProfileData): WireProfile {
  return { addresses: profile.endpoints, pins: profile.tls };
}
