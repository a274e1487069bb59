/**
 * Spaces for tests: two or more parties with real keys, each with its own replica of every log. What a
 * party signs goes into its own log; the others have it when they pull, as far as they pull.
 */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { nodeEngine } from '../adapters/engine/node-engine.ts';
import { toBase64, toHex, utf8, type Bytes } from '../kernel/bytes.ts';
import { objectId, type Hash, type ObjectId, type PartyId } from '../kernel/ids.ts';
import type { Language } from '../kernel/language.ts';
import { expectOk, type Refusal } from '../kernel/result.ts';
import { ACT_TYPE, type Act, type PartRef, type Scope } from './act.ts';
import type { Charter, CharterParty } from './charter.ts';
import { encodeAct } from './codec.ts';
import type { Decision, Space } from './decide.ts';
import { actId, encodeEnvelope } from './envelope.ts';
import { createFold, type Fold } from './fold.ts';
import { canonicalBytes } from './json.ts';
import { keyProofMessage, type GrantedKey } from './mandate.ts';
import { pae } from './pae.ts';
import { commitment } from './part.ts';
import type { Registry } from './registry.ts';
import type { Power } from './rule.ts';
import { keyId } from './signature.ts';
import { verifySignature, type SignatureCheck } from './signing.ts';
import { encodeAssertion } from './webauthn.ts';

export const engine = nodeEngine();
export const RP_ID = 'localhost';
export const ORIGIN = 'http://localhost:4700';
/** The claimed time of every test act, unless a test says otherwise: no rule reads it. */
export const AT = '2026-11-23T10:42:00.000Z';

/** A key with its holder's half. */
export interface TestKey {
  readonly id: Hash;
  readonly granted: GrantedKey;
  /** What stands in an envelope: over the PAE `message`. */
  sign(message: Bytes): Bytes;
}

function digest(text: string): Bytes {
  return new Uint8Array(createHash('sha256').update(text).digest()) as Bytes;
}

const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

const keys = new Map<string, TestKey>();

/** An Ed25519 key, always the same for a name. */
export function nodeKey(name: string): TestKey {
  const known = keys.get(name) ?? makeNodeKey(name);
  keys.set(name, known);
  return known;
}

function makeNodeKey(name: string): TestKey {
  const secret = createPrivateKey({ key: Buffer.concat([PKCS8, digest(name)]), format: 'der', type: 'pkcs8' });
  const publicKey = new Uint8Array(createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(-32)) as Bytes;
  return {
    id: keyId(engine, 'ed25519', publicKey),
    granted: { kind: 'node', alg: 'ed25519', public: toBase64(publicKey) },
    sign: (message) => new Uint8Array(sign(null, message, secret)) as Bytes,
  };
}

/** A passkey as a browser's authenticator would hold it. */
export function passkey(origin = ORIGIN, rpId = RP_ID): TestKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const point = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(-65)) as Bytes;
  return {
    id: keyId(engine, 'passkey-es256', point),
    granted: { kind: 'passkey', alg: 'passkey-es256', public: toBase64(point), rpId, credential: 'dGVzdA' },
    sign: (message) => assert(privateKey, engine.sha256(message), origin, rpId),
  };
}

function assert(secret: KeyObject, challenge: Uint8Array, origin: string, rpId: string): Bytes {
  const authenticatorData = new Uint8Array([...engine.sha256(utf8(rpId)), 0x05, 0, 0, 0, 0]) as Bytes;
  const encoded = Uint8Array.from(challenge).toBase64({ alphabet: 'base64url', omitPadding: true });
  const clientDataJSON = utf8(JSON.stringify({ type: 'webauthn.get', challenge: encoded, origin, crossOrigin: false }));
  const signature = new Uint8Array(sign('sha256', Buffer.concat([authenticatorData, engine.sha256(clientDataJSON)]), secret)) as Bytes;
  return encodeAssertion({ authenticatorData, clientDataJSON, signature });
}

/** Verdicts of signatures already checked in this process; a verdict is a pure function of its check. */
const verdicts = new Map<string, boolean>();

export function verifyOnce(check: SignatureCheck): boolean {
  const name = `${toHex(check.signature)} ${toHex(check.publicKey)} ${toHex(engine.sha256(check.message))} ${check.trust?.origins.join() ?? ''}`;
  let verdict = verdicts.get(name);
  if (verdict === undefined) verdicts.set(name, (verdict = verifySignature(engine, check)));
  return verdict;
}

let made = 0;
/** A fresh object id of the party; unique in this process. */
export function freshId(party: PartyId): ObjectId {
  return objectId(party, digest(`object ${++made}`));
}

/** The reference to a part with these bytes. */
export function partOf(text: string, kind: PartRef['class'] = 'text', media = 'text/plain'): PartRef {
  const bytes = utf8(text);
  return { part: commitment(engine, digest(`salt ${text}`), bytes), class: kind, media, size: bytes.length };
}

export interface OfficerOf {
  readonly id: ObjectId;
  readonly office: ObjectId;
  readonly key: TestKey;
}

export interface SpaceOptions {
  readonly parties?: readonly PartyId[];
  readonly quorum?: number;
  readonly authentic?: readonly Language[];
  /** Parties whose key a later charter may name; they hold no log yet. */
  readonly nonce?: string;
}

export function charterPartyOf(party: PartyId, change: Partial<CharterParty> = {}): CharterParty {
  const name = { en: `Party ${party}` };
  return {
    id: party, name, short: name, country: 'XX', language: 'en', zone: 'Europe/Madrid', epoch: 1, quorum: 1,
    root: nodeKey(`${party} root`).granted.public, log: nodeKey(`${party} log`).granted.public, ...change,
  };
}

export function charterOf(options: SpaceOptions = {}): Charter {
  return {
    v: 1, rules: 1, name: { en: 'Test space' }, exercise: true, highestMark: 'AMBER',
    parties: [...(options.parties ?? ['ma', 'es'])].sort().map((party) => charterPartyOf(party, { quorum: options.quorum ?? 1 })),
    authentic: [...(options.authentic ?? ['ar', 'es'])].sort() as Language[],
    limits: { textBytes: 1_048_576, fileBytes: 10_000_000 }, retention: { file: 3650, personal: 365 },
    nonce: toHex(digest(options.nonce ?? 'nonce')),
  };
}

export function spaceOf(charter: Charter): Space {
  return { id: toHex(engine.sha256(canonicalBytes(charter))), genesis: charter };
}

/** How one act departs from what its party would do by itself. */
export interface ActOptions {
  readonly by?: readonly OfficerOf[] | 'root';
  readonly scope?: Scope;
  readonly seen?: Act['seen'];
  readonly after?: number;
  readonly at?: string;
  readonly v?: number;
  /** Instead of the officers' own keys. */
  readonly keys?: readonly TestKey[];
  /** Changes the act after everything else is settled, before it is signed. */
  readonly change?: (act: Act) => Act;
}

export interface Done {
  readonly id: Hash;
  readonly index: number;
  readonly envelope: Bytes;
  /** In the party's own replica. */
  readonly decision: Decision;
  /** `valid`, the refusal's code, or the state. */
  readonly says: string;
}

/** A party with its keys, its officers and its replica of every log. */
export class TestParty {
  readonly id: PartyId;
  readonly space: Space;
  readonly registry: Registry;
  readonly root: TestKey;
  fold: Fold;
  readonly draft: OfficerOf;
  readonly signer: OfficerOf;
  readonly second: OfficerOf;
  readonly admin: OfficerOf;
  readonly service: OfficerOf;

  constructor(id: PartyId, space: Space, registry: Registry) {
    this.id = id;
    this.space = space;
    this.registry = registry;
    this.root = nodeKey(`${id} root`);
    this.fold = this.emptyFold();
    this.draft = this.officer('draft');
    this.signer = this.officer('signer');
    this.second = this.officer('second');
    this.admin = this.officer('admin');
    this.service = this.officer('service');
  }

  emptyFold(): Fold {
    return createFold(engine, this.registry, this.space, { verify: verifyOnce });
  }

  officer(name: string): OfficerOf {
    return { id: objectId(this.id, digest(`${this.id} officer ${name}`)), office: objectId(this.id, digest(`${this.id} office ${name}`)), key: nodeKey(`${this.id} ${name}`) };
  }

  get size(): number {
    return this.fold.holding(this.id).size;
  }

  /** What this replica has decided of every other log. */
  seen(): Act['seen'] {
    const others = this.fold.parties().filter((party) => party !== this.id);
    const known = others.map((party) => ({ party, size: this.fold.holding(party).decided })).filter(({ size }) => size > 0);
    return Object.fromEntries(known.map(({ party, size }) => [party, { size, root: this.fold.root(party, size) }]));
  }

  /** The signed bytes of an act as it would stand now; nothing is appended. */
  prepare(type: string, body: object, options: ActOptions = {}): { readonly id: Hash; readonly envelope: Bytes } {
    const by = options.by ?? [this.draft];
    const officers = by === 'root' ? [] : [...by].sort((a, b) => (a.id < b.id ? -1 : 1));
    const plain: Act = {
      v: options.v ?? 1, space: this.space.id, party: this.id, type, officers: officers.map((officer) => officer.id), at: options.at ?? AT,
      scope: options.scope ?? 'space', seen: options.seen ?? this.seen(), after: options.after ?? this.size, body: body as Record<string, unknown>,
    };
    const act = options.change?.(plain) ?? plain;
    const payload = expectOk(encodeAct(act));
    const keys = options.keys ?? (by === 'root' ? [this.root] : officers.map((officer) => officer.key));
    const message = pae(ACT_TYPE, payload);
    const signatures = keys.map((key) => ({ keyid: key.id, sig: key.sign(message) }));
    return { id: actId(engine, ACT_TYPE, payload), envelope: expectOk(encodeEnvelope({ payloadType: ACT_TYPE, payload, signatures })) };
  }

  /** Appends exact bytes to the own log. */
  append(envelope: Bytes, id: Hash = ''): Done {
    const index = this.size;
    this.fold.take(this.id, index, [envelope]);
    this.fold.settle();
    const decided = this.fold.decided(this.id)[index];
    const decision: Decision = decided === undefined ? (this.fold.pending(this.id) as Decision) : decided;
    return { id, index, envelope, decision, says: saysOf(decision) };
  }

  act(type: string, body: object, options: ActOptions = {}): Done {
    const { id, envelope } = this.prepare(type, body, options);
    return this.append(envelope, id);
  }

  /** Takes over what `from` holds of a log (its own by default), up to a size. */
  pull(from: TestParty, log: PartyId = from.id, upTo = Infinity): void {
    const held = this.fold.holding(log).size;
    const entries = from.fold.entries(log).slice(0, upTo);
    if (entries.length > held) this.fold.take(log, held, entries.slice(held));
    this.fold.settle();
  }

  grant(officer: OfficerOf, powers: readonly Power[], options: ActOptions & { readonly scopes?: readonly Scope[] } = {}): Done {
    return this.act('mandate.grant', this.grantBody(officer, powers, options.scopes), { by: 'root', ...options });
  }

  grantBody(officer: OfficerOf, powers: readonly Power[], scopes: readonly Scope[] = ['space']): object {
    const { granted } = officer.key;
    const proof = toBase64(officer.key.sign(keyProofMessage(this.space.id, this.id, officer.id, granted)));
    return { officer: officer.id, office: officer.office, powers, scopes, clearance: 'AMBER', key: granted, proof };
  }

  /** Opens the log, gives the service, the administrator, the drafter and two signers their mandates, allows node keys. */
  found(change?: Hash, charter: Charter = this.space.genesis): void {
    this.act('charter.sign', change === undefined ? { charter } : { charter, change }, { by: 'root', ...(change === undefined ? { seen: {} } : {}) });
    this.grant(this.service, ['service']);
    this.act('party.profile', profileBody(), { by: 'root' });
    this.grant(this.admin, ['administer', 'report']);
    this.grant(this.draft, ['draft']);
    this.grant(this.signer, ['sign']);
    this.grant(this.second, ['sign']);
  }
}

export function profileBody(nodeKeys = true): object {
  return { endpoints: ['https://localhost:4702'], tls: [], cosigners: [], passkeys: { rpIds: [RP_ID], origins: [ORIGIN] }, policy: { nodeKeys } };
}

export function saysOf(decision: Decision | undefined): string {
  if (decision === undefined) return 'nothing';
  if (decision.state !== 'decided') return decision.state;
  return decision.verdict === 'valid' ? 'valid' : (decision.verdict as Refusal).code;
}

/** Parties of a founded space, each holding every log. */
export function foundSpace(registry: Registry, options: SpaceOptions = {}): readonly TestParty[] {
  const space = spaceOf(charterOf(options));
  const parties = space.genesis.parties.map((party) => new TestParty(party.id, space, registry));
  for (const party of parties) party.found();
  exchange(parties);
  return parties;
}

/** Everybody pulls everything until nothing is new. */
export function exchange(parties: readonly TestParty[]): void {
  for (let round = 0; round < 2; round++) {
    for (const party of parties) for (const from of parties) if (party !== from) for (const log of from.fold.parties()) party.pull(from, log);
  }
}
