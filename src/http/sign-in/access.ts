/** The door's side of administering officers: `Access` over accounts, links, sessions and the key store. */
import { enrolmentAddress } from '../../features/officers/links.ts';
import type { Access, KnownPasskey } from '../../features/officers/server/access.ts';
import type { ProvenKey } from '../../features/officers/commands.ts';
import { toBase64 } from '../../kernel/bytes.ts';
import type { ObjectId } from '../../kernel/ids.ts';
import { keyProofMessage } from '../../record/mandate.ts';
import type { Passkey } from './accounts.ts';
import { recordKey } from './passkeys.ts';
import type { People } from './people.ts';

export function accessOf(people: People): Access {
  const { accounts, links, sessions, keys, node, place } = people;
  return {
    async link(officer, madeBy) {
      const { secret, expiresAt } = await links.enrolment(officer, madeBy);
      return { url: enrolmentAddress(place.origin, secret), expiresAt };
    },
    linkUntil: (officer) => links.pendingUntil(officer),
    lastSeen: async (officer) => (await sessions.list(officer))[0]?.seenAt,
    passkeys: async (officer) => (await accounts.passkeys(officer, 10_000)).map((passkey) => knownOf(people, passkey)),
    recorded: (credential) => accounts.setProof(credential, undefined),
    endPasskey: async (credential) => void (await accounts.end(credential)),
    endSessions: async (officer) => void (await sessions.endAll(officer)),
    async endAll(officer) {
      await accounts.endAll(officer);
      await links.endAll(officer);
      await sessions.endAll(officer);
    },
    async officeKey(officer: ObjectId): Promise<ProvenKey> {
      const made = await keys.create('office');
      const key = { kind: 'node', alg: 'ed25519', public: toBase64(made.publicKey) } as const;
      const proof = await keys.sign(made.key, keyProofMessage(node.space, node.party, officer, key));
      return { key, proof: toBase64(proof) };
    },
  };
}

function knownOf(people: People, passkey: Passkey): KnownPasskey {
  const { credential, officer, key, label, createdAt, usedAt, proof } = passkey;
  return {
    credential, officer, key, label, createdAt,
    ...(usedAt === undefined ? {} : { usedAt }),
    ...(proof === undefined ? {} : { waiting: { key: grantedKeyOf(people, passkey), proof } }),
  };
}

/** The passkey as `mandate.key` names it. */
export function grantedKeyOf(people: Pick<People, 'place'>, passkey: Passkey): ProvenKey['key'] {
  const raw = recordKey(passkey.publicKey);
  if (raw === undefined) throw new Error(`passkey ${passkey.key} has no key of the record`);
  return { kind: 'passkey', alg: passkey.alg, public: toBase64(raw.publicKey), rpId: people.place.rpId, credential: passkey.credential };
}
