/**
 * Whether those who had to sign an act did: the party root, or officers by keys that are active at the
 * act's position, with the power under the act's scope, and as many as the charter asks for.
 * docs/spec/mandate.md.
 *
 * Two halves: `authorised` says who may (a draft can be judged before anybody signed); `signatureChecks`
 * says by which key each signature must verify.
 */
import { fromBase64, type Bytes } from '../kernel/bytes.ts';
import type { Hash, ObjectId, PartyId } from '../kernel/ids.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import { ACT_TYPE, type PlacedAct } from './act.ts';
import type { Engine } from './engine.ts';
import { activeKey, mandatesOf, powersUnder, profilesOf, type KeyData } from './mandate-facts.ts';
import { pae } from './pae.ts';
import type { Asking, Power, RegisteredAct, RuleContext, Signers } from './rule.ts';
import { keyId, type KeyAlgorithm } from './signature.ts';
import type { EnvelopeSignature } from './envelope.ts';
import type { SignatureCheck } from './signing.ts';
import { charterById, CHARTER_SLOT, heldBy, partyIn, type ChainLink } from './stances.ts';

/** `Signers` in one form: any of the alternatives that are true suffices. */
interface Alternatives {
  readonly root: boolean;
  readonly self: boolean;
  readonly powers: readonly Power[];
  readonly quorum: boolean;
}

function alternatives(signers: Signers): Alternatives {
  if (signers === 'root') return { root: true, self: false, powers: [], quorum: false };
  if (signers === 'root-or-administer') return { root: true, self: false, powers: ['administer'], quorum: false };
  if (signers === 'own-key-or-administer') return { root: true, self: true, powers: ['administer'], quorum: false };
  if ('any' in signers) return { root: signers.root === true, self: signers.self === true, powers: signers.any, quorum: false };
  return { root: false, self: false, powers: [signers.power], quorum: signers.quorum === true };
}

/** How many officers must sign an act of this definition in one envelope. */
export function* requiredSigners(definition: RegisteredAct, placed: PlacedAct, context: RuleContext): Asking<number> {
  if (!alternatives(definition.signers).quorum) return 1;
  const governing = definition.quorumOf === undefined ? undefined : yield* definition.quorumOf(placed as PlacedAct<never>);
  const charter = governing === undefined ? undefined : yield* charterById(governing, context.genesis);
  const party = (charter?.charter ?? context.charter).parties.find((member) => member.id === placed.act.party);
  return party?.quorum ?? 1;
}

/** Whether the officers that the act names may make it. The signatures are another matter. */
export function* authorised(definition: RegisteredAct, placed: PlacedAct, context: RuleContext): Asking<Result<true>> {
  const { root, self, powers, quorum } = alternatives(definition.signers);
  const { officers, party, scope, body } = placed.act;
  if (officers.length === 0) return root ? ok(true) : refuse('act.officer-missing');
  const isSelf = self && officers.length === 1 && body.officer === officers[0];
  for (const officer of isSelf ? [] : officers) {
    const held = powersUnder(yield* mandatesOf(party, officer), scope);
    if (!powers.some((power) => held.has(power))) return refuse('mandate.power-missing', { power: powers[0] ?? 'root' });
  }
  if (!quorum) return ok(true);
  const needed = yield* requiredSigners(definition, placed, context);
  return officers.length >= needed ? ok(true) : refuse('mandate.quorum-not-met', { signed: officers.length, quorum: needed });
}

/** What must be verified before the act counts: one signature per officer by an active key, or one by the root. */
export function* signatureChecks(
  engine: Engine,
  definition: RegisteredAct,
  placed: PlacedAct,
  payload: Bytes,
  signatures: readonly EnvelopeSignature[],
  chain: readonly ChainLink[],
): Asking<Result<readonly SignatureCheck[]>> {
  const message = pae(ACT_TYPE, payload);
  const { party, officers } = placed.act;
  if (officers.length === 0) return yield* rootCheck(engine, party, message, signatures, chain);
  const remaining = new Set<ObjectId>(officers);
  const checks: SignatureCheck[] = [];
  for (const { keyid, sig } of signatures) {
    const key = yield* activeKey(party, keyid);
    if (key === undefined) return refuse('mandate.key-unknown', { key: keyid });
    if (!remaining.delete(key.officer)) return refuse('act.signed-by-others');
    if (key.kind === 'node' && alternatives(definition.signers).quorum && !(yield* mayNodeSign(party))) return refuse('mandate.node-key-not-allowed');
    checks.push(yield* checkBy(party, key, message, sig));
  }
  return remaining.size === 0 ? ok(checks) : refuse('act.signature-missing', { missing: remaining.size });
}

/** Whether the party lets officers bind it with keys that its node keeps. */
function* mayNodeSign(party: PartyId): Asking<boolean> {
  return (yield* profilesOf(party)).at(-1)?.data.policy.nodeKeys === true;
}

/** The check of one signature by a granted key; passkeys are bound to where the party's last profile has them used. */
export function* checkBy(party: PartyId, key: Pick<KeyData, 'alg' | 'public'>, message: Bytes, signature: Bytes): Asking<SignatureCheck> {
  const check = { alg: key.alg, publicKey: keyBytes(key.public), message, signature };
  if (key.alg === 'ed25519') return check;
  const profile = (yield* profilesOf(party)).at(-1)?.data;
  return profile === undefined ? check : { ...check, trust: profile.passkeys };
}

/**
 * The root key is that of the charter in force. While the party has signed a charter change that gives
 * it another root, neither key counts until the change is concluded or dead: otherwise the old root
 * would stay usable by simply not seeing the conclusion.
 */
function* rootCheck(engine: Engine, party: PartyId, message: Bytes, signatures: readonly EnvelopeSignature[], chain: readonly ChainLink[]): Asking<Result<readonly SignatureCheck[]>> {
  const member = partyIn(chain, party);
  const inForce = chain.at(-1) as ChainLink;
  const genesis = (chain[0] as ChainLink).charter;
  if (member === undefined) return refuse('act.party-not-in-charter');
  const pending = yield* heldBy(party, { name: CHARTER_SLOT, base: inForce.id }, NONE, genesis);
  if (pending !== undefined) {
    const next = (yield* charterById(pending, genesis))?.charter.parties.find((candidate) => candidate.id === party);
    if (next !== undefined && next.root !== member.root) return refuse('act.root-changing');
  }
  const [signature, ...more] = signatures;
  const root = keyBytes(member.root);
  if (signature === undefined || more.length > 0 || signature.keyid !== keyId(engine, 'ed25519', root)) return refuse('act.not-signed-by-root');
  return ok([{ alg: 'ed25519' satisfies KeyAlgorithm, publicKey: root, message, signature: signature.sig }]);
}

const NONE: Hash = '';

function keyBytes(base64: string): Bytes {
  return fromBase64(base64) ?? new Uint8Array(0);
}
