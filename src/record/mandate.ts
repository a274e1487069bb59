/**
 * Acts by which officers, keys and the party's own profile enter and leave the record.
 * docs/spec/mandate.md. What they establish, and how rules ask for it: mandate-facts.ts.
 */
import { z } from 'zod';
import { fromBase64, toBase64, type Bytes } from '../kernel/bytes.ts';
import type { Hash, ObjectId, PartyId } from '../kernel/ids.ts';
import { PLAIN_DATE } from '../kernel/time.ts';
import { hash, objectId, scope, type PlacedAct } from './act.ts';
import { canonicalBytes } from './json.ts';
import {
  activeKey, activeKeysOf, KEY, KEY_REVOKED, MANDATE, MANDATE_REVOKED, OFFICE_MANDATE, OFFICER_KEY, profilesOf, PROFILE,
  mandatesOf, type KeyData, type MandateData,
} from './mandate-facts.ts';
import { pae } from './pae.ts';
import { defineAct } from './registry.ts';
import { factsOf, powers, valid, without, type Asking, type NewFact, type RuleContext, type Verdict } from './rule.ts';
import { checkBy } from './signers.ts';
import { checkKey, keyAlgorithms, keyId } from './signature.ts';
import type { SignatureCheck } from './signing.ts';
import { charterChain } from './stances.ts';

/** DSSE payload type of what a new key signs to show that its holder has it. */
export const KEY_PROOF_TYPE = 'application/vnd.alternat.key-proof.v1+json';
export const marks = ['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'] as const;

const domain = z.string().regex(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/).max(253);
const origin = z.string().regex(/^https?:\/\/[a-z0-9.-]+(?::[0-9]{1,5})?$/).max(300);

/** A key as it enters the record. `credential`: base64url id of a passkey, which a browser needs to find it. */
export const grantedKey = z.strictObject({
  kind: z.enum(['node', 'passkey']),
  alg: z.enum(keyAlgorithms),
  public: z.string().regex(/^[A-Za-z0-9+/]{43,87}={0,2}$/),
  rpId: domain.optional(),
  credential: z.string().regex(/^[A-Za-z0-9_-]{1,1400}$/).optional(),
});
export type GrantedKey = z.infer<typeof grantedKey>;

/** Base64 of a signature as it stands in an envelope: 64 bytes, or the assertion of a passkey. */
const proof = z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/).max(5_500);

/** Gives an officer an office, powers under scopes and, usually at once, a key. Adds to what stands. */
export const mandateGrantV1 = z.strictObject({
  officer: objectId,
  office: objectId,
  powers: z.array(z.enum(powers)).min(1).max(7),
  scopes: z.array(scope).min(1).max(64),
  /** The narrowest mark the officer may read. */
  clearance: z.enum(marks),
  until: z.string().regex(PLAIN_DATE).optional(),
  key: grantedKey.optional(),
  proof: proof.optional(),
});

/** A further key of an officer: signed by one of their active keys, or by an administrator. */
export const mandateKeyV1 = z.strictObject({ officer: objectId, key: grantedKey, proof });

/** Ends one key, or the whole mandate with all its keys, from the next act of this log on. */
export const mandateRevokeV1 = z.strictObject({
  officer: objectId,
  key: hash.optional(),
  /** What was signed from this index on is shown as disputed; its effect stands. */
  since: z.int().min(0).optional(),
  reason: z.enum(['ended', 'lost', 'stolen', 'replaced', 'departed']),
});

/** What changes without a joint act: where the node is, which certificates, cosigner keys and passkey origins it uses. */
export const partyProfileV1 = z.strictObject({
  endpoints: z.array(z.string().regex(/^https:\/\/[A-Za-z0-9.:[\]-]+\/?$/).max(300)).max(8),
  /** SHA-256 of the SubjectPublicKeyInfo of the TLS certificates, base64. */
  tls: z.array(z.string().regex(/^[A-Za-z0-9+/]{43}=$/)).max(8),
  /** vkeys of type cosignature/v1, named `alternat/<space>/<party>/cosigner`. */
  cosigners: z.array(z.string().max(300)).max(8),
  passkeys: z.strictObject({ rpIds: z.array(domain).max(8), origins: z.array(origin).max(16) }),
  policy: z.strictObject({
    /** Whether officers may sign joint texts with a key that the node keeps for their office. */
    nodeKeys: z.boolean(),
  }),
});

/** What the holder of a new key signs: these bytes under KEY_PROOF_TYPE. A passkey signs their SHA-256 as its challenge. */
export function keyProofMessage(space: Hash, party: PartyId, officer: ObjectId, key: Pick<GrantedKey, 'alg' | 'public'>): Bytes {
  return pae(KEY_PROOF_TYPE, canonicalBytes({ alg: key.alg, officer, party, public: key.public, space }));
}

function* proofOf(placed: PlacedAct, officer: ObjectId, key: GrantedKey | undefined, signature: string | undefined): Asking<readonly SignatureCheck[]> {
  const { space, party } = placed.act;
  if (key === undefined || signature === undefined) return [];
  return [yield* checkBy(party, key, keyProofMessage(space, party, officer, key), fromBase64(signature) ?? new Uint8Array(0))];
}

/** Why the key may not enter, or the facts by which it does. */
function* admitKey(placed: PlacedAct, context: RuleContext, officer: ObjectId, key: GrantedKey): Asking<Verdict> {
  const publicKey = fromBase64(key.public) ?? new Uint8Array(0);
  if (!checkKey({ alg: key.alg, publicKey }).ok) return without('mandate.key-unsound');
  if ((key.kind === 'node') !== (key.alg === 'ed25519')) return without('mandate.key-unsound');
  const profile = (yield* profilesOf(placed.act.party)).at(-1)?.data;
  if (key.kind === 'passkey' && !profile?.passkeys.rpIds.some((rpId) => rpId === key.rpId)) return without('mandate.passkey-elsewhere', { rpId: key.rpId ?? '' });
  const id = keyId({ sha256: context.sha256 }, key.alg, publicKey);
  if ((yield* factsOf(placed.act.party, KEY, id)).length > 0) return without('mandate.key-in-use');
  for (const { charter } of yield* charterChain(context.genesis)) {
    if (charter.parties.some((party) => party.root === key.public || party.log === key.public)) return without('mandate.key-reserved');
  }
  const data: KeyData = {
    officer, kind: key.kind, alg: key.alg, public: key.public,
    ...(key.rpId === undefined ? {} : { rpId: key.rpId }),
    ...(key.credential === undefined ? {} : { credential: key.credential }),
  };
  return valid({ kind: KEY, key: id, data }, { kind: OFFICER_KEY, key: officer, data: { key: id } });
}

export const mandateGrant = defineAct<z.infer<typeof mandateGrantV1>>({
  type: 'mandate.grant', v: 1, body: mandateGrantV1, signers: 'root-or-administer', since: 1,
  creates: (body) => [body.officer, body.office],
  proofs: (placed) => proofOf(placed, placed.act.body.officer, placed.act.body.key, placed.act.body.proof),
  *rule(placed, context) {
    const { officer, office, powers: given, scopes, clearance, until, key, proof: shown } = placed.act.body;
    if ((key === undefined) !== (shown === undefined)) return without('mandate.proof-missing');
    // The node's own office works without a person; it must never be able to bind the party.
    if (given.includes('service') && given.length > 1) return without('mandate.service-apart');
    const data: MandateData = { office, powers: given, scopes, clearance, ...(until === undefined ? {} : { until }) };
    const facts: NewFact[] = [{ kind: MANDATE, key: officer, data }, { kind: OFFICE_MANDATE, key: office, data: { officer } }];
    if (key === undefined) return valid(...facts);
    const admitted = yield* admitKey(placed, context, officer, key);
    return admitted.ok ? valid(...facts, ...admitted.facts) : admitted;
  },
});

export const mandateKey = defineAct<z.infer<typeof mandateKeyV1>>({
  type: 'mandate.key', v: 1, body: mandateKeyV1, signers: 'own-key-or-administer', since: 1,
  creates: (body) => [body.officer],
  proofs: (placed) => proofOf(placed, placed.act.body.officer, placed.act.body.key, placed.act.body.proof),
  *rule(placed, context) {
    const { officer, key } = placed.act.body;
    if ((yield* mandatesOf(placed.act.party, officer)).length === 0) return without('mandate.officer-unknown');
    return yield* admitKey(placed, context, officer, key);
  },
});

export const mandateRevoke = defineAct<z.infer<typeof mandateRevokeV1>>({
  type: 'mandate.revoke', v: 1, body: mandateRevokeV1, since: 1,
  // `service`: on the day a mandate ends, the owner's node writes this by itself.
  signers: { any: ['administer', 'service'], root: true, self: true },
  creates: (body) => [body.officer],
  *rule(placed) {
    const { officer, key, since } = placed.act.body;
    const { party } = placed.act;
    if (since !== undefined && since > placed.index) return without('mandate.since-ahead', { since, index: placed.index });
    const data = since === undefined ? {} : { since };
    if (key !== undefined) {
      const active = yield* activeKey(party, key);
      if (active?.officer !== officer) return without('mandate.key-unknown', { key });
      return valid({ kind: KEY_REVOKED, key, data });
    }
    if ((yield* mandatesOf(party, officer)).length === 0) return without('mandate.officer-unknown');
    const keys = yield* activeKeysOf(party, officer);
    return valid({ kind: MANDATE_REVOKED, key: officer, data }, ...keys.map((id) => ({ kind: KEY_REVOKED, key: id, data })));
  },
});

export const partyProfile = defineAct<z.infer<typeof partyProfileV1>>({
  type: 'party.profile', v: 1, body: partyProfileV1, signers: 'root', since: 1,
  *rule(placed, context) {
    const { body, party, space } = placed.act;
    const known = (yield* charterChain(context.genesis)).flatMap(({ charter }) => charter.parties).flatMap((member) => [member.root, member.log]);
    for (const vkey of body.cosigners) {
      const publicKey = cosignerKeyOf(vkey, `alternat/${space}/${party}/cosigner`);
      if (publicKey === undefined) return without('profile.cosigner-malformed');
      // A cosignature does not commit to the name of its key: one key in two roles could be played against itself.
      if (known.includes(toBase64(publicKey))) return without('profile.cosigner-not-apart');
    }
    return valid({ kind: PROFILE, key: party, data: body });
  },
});

/** The key of `<name>+<id>+base64(0x04 ‖ key)`, or undefined. Its id is checked where notes are read. */
function cosignerKeyOf(vkey: string, name: string): Bytes | undefined {
  const prefix = `${name}+`;
  const match = vkey.startsWith(prefix) ? /^[0-9a-f]{8}\+(.+)$/.exec(vkey.slice(prefix.length)) : null;
  const material = match === null ? undefined : fromBase64(match[1] as string);
  return material?.length === 33 && material[0] === 0x04 ? (material.slice(1) as Bytes) : undefined;
}

export const mandateDefinitions = [mandateGrant, mandateKey, mandateRevoke, partyProfile] as const;
