/**
 * From nothing to a space, without a joint administrator: each party makes its keys, the anchors are
 * exchanged by hand, one party composes the charter, each signs it as leaf 0 of its own log with its
 * root key. docs/operations.md tells it as the people do it.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createTlsIdentity, pinOfPem } from '../adapters/peer/certificate.ts';
import { createRootKey, openRootKey } from '../adapters/keys/root-key.ts';
import { systemClock } from '../adapters/clock/system-clock.ts';
import { nodeEngine } from '../adapters/engine/node-engine.ts';
import { FileHighWater } from '../adapters/high-water/file-high-water.ts';
import type { FileKeyStore } from '../adapters/keys/key-store.ts';
import { domainRegistry } from '../features/domain-slices.ts';
import { labelPart } from '../features/labels/published.ts';
import { toBase64, toHex, utf8, type Bytes } from '../kernel/bytes.ts';
import type { Hash, ObjectId } from '../kernel/ids.ts';
import type { Label } from '../kernel/language.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import { createNode } from '../node/create-node.ts';
import type { ActDraft, Node } from '../node/node.ts';
import type { Clock, Store } from '../node/ports.ts';
import { StoreFault } from '../node/store-fault.ts';
import { charter as charterShape, type Charter } from '../record/charter.ts';
import { checkCharter } from '../record/charter-rules.ts';
import { cosignerKey } from '../record/checkpoint.ts';
import type { Engine } from '../record/engine.ts';
import { canonicalBytes, parseCanonical, sameCanonical } from '../record/json.ts';
import { keyProofMessage } from '../record/mandate.ts';
import { formatVkey } from '../record/note.ts';
import { RULES_VERSION } from '../record/registry.ts';
import type { Power } from '../record/rule.ts';
import { formatAnchor, parseAnchor, readAnchors, writeAnchor, type Anchor } from './anchor.ts';
import { dataDirectory, readConfig, writeConfig, writeFileDurably, type Config, type DataDirectory } from './config.ts';
import { openKeys, openStore } from './open.ts';

/** Where the key store keeps the root's public key, since the file itself goes offline. */
const ROOT_PUBLIC = 'root-public';

export interface InitOptions {
  readonly data: string;
  readonly config: Omit<Config, 'v'>;
  /** Protects the key store and the root key at rest; default: a key file that only its owner may read. */
  readonly passphrase?: string;
}

/** Makes the data directory, all keys and the certificate. Refuses `data.not-empty`. */
export async function init(options: InitOptions): Promise<Result<Anchor>> {
  const data = dataDirectory(options.data);
  if (existsSync(data.root) && readdirSync(data.root).length > 0) return refuse('data.not-empty', { path: data.root });
  mkdirSync(data.root, { recursive: true, mode: 0o700 });
  const engine = nodeEngine();
  const keys = openKeys(data, engine, options.passphrase);
  try {
    const root = createRootKey(data.rootKey, options.passphrase ?? process.env['ALTERNAT_PASSPHRASE']);
    await keys.putSecret(ROOT_PUBLIC, root.publicKey);
    await keys.create('log');
    await keys.create('cosigner');
    const tls = await createTlsIdentity(options.config.party.id);
    await keys.putSecret('tls-key', utf8(tls.key));
    writeFileDurably(data.certificate, tls.certificate, 0o644);
    // Last: a directory without it was not finished and is refused as a node.
    writeConfig(data, { v: 1, ...options.config });
    return ok(await ownAnchor(data, { v: 1, ...options.config }, keys));
  } finally {
    keys.close();
  }
}

async function ownAnchor(data: DataDirectory, config: Config, keys: FileKeyStore): Promise<Anchor> {
  const log = (await keys.keys('log')).at(-1);
  const cosigner = (await keys.keys('cosigner')).at(-1);
  const root = await keys.secret(ROOT_PUBLIC);
  if (log === undefined || cosigner === undefined || root === undefined) throw new StoreFault('data.not-initialised', { path: data.root });
  return {
    v: 1, use: 'alternat-anchor', entry: { ...config.party, root: toBase64(root), log: toBase64(log.publicKey) }, cosigner: toBase64(cosigner.publicKey),
    wire: { endpoints: config.profile.endpoints, tls: [pinOfPem(readFileSync(data.certificate, 'utf8'))] },
  };
}

/** What this party hands to the others, as the text of a file. */
export async function exportAnchor(path: string, passphrase?: string): Promise<Result<string>> {
  return withKeys(path, passphrase, async ({ data, config, keys }) => ok(formatAnchor(await ownAnchor(data, config, keys))));
}

/** Keeps another party's anchor. Refuses `anchor.malformed`, `anchor.own`, and `anchor.already-founded` once the charter is signed. */
export async function importAnchor(path: string, text: string): Promise<Result<Anchor>> {
  const data = dataDirectory(path);
  const config = readConfig(data);
  if (!config.ok) return config;
  const anchor = parseAnchor(text);
  if (!anchor.ok) return anchor;
  if (anchor.value.entry.id === config.value.party.id) return refuse('anchor.own');
  const store = await openStore(data, config.value);
  const founded = (await spaceId(store)) !== '';
  await store.close();
  if (founded) return refuse('anchor.already-founded');
  writeAnchor(data, anchor.value);
  return anchor;
}

/** What the founding party decides; the parties come from the anchors. */
export type Terms = Pick<Charter, 'name' | 'authentic' | 'exercise' | 'highestMark' | 'limits' | 'retention'>;

export interface FoundOptions {
  readonly data: string;
  /** Where the root key lies now; default: in the data directory. */
  readonly rootKey?: string;
  readonly passphrase?: string;
  readonly clock?: Clock;
}

export interface Founded {
  readonly space: Hash;
  /** The id in groups of four, to be compared aloud. */
  readonly groups: readonly string[];
  /** The charter's exact text: the file that the other parties join with. */
  readonly charter: string;
  /** The first administrator, whose key the node keeps until an own one is enrolled. */
  readonly administrator: { readonly officer: ObjectId; readonly office: ObjectId };
  readonly service: { readonly officer: ObjectId; readonly office: ObjectId };
}

/**
 * Composes the charter of this party and every imported anchor, and opens the own log with it. Run again
 * after an interruption it goes on where it stopped. Refuses `space.anchors-missing`, `space.already-founded`
 * and what is wrong with the charter.
 */
export async function foundSpace(options: FoundOptions, terms: Terms): Promise<Result<Founded>> {
  return withKeys(options.data, options.passphrase, async (opened) => {
    const anchors = readAnchors(opened.data);
    if (anchors.size === 0) return refuse('space.anchors-missing');
    const own = await ownAnchor(opened.data, opened.config, opened.keys);
    const parties = [own.entry, ...[...anchors.values()].map((anchor) => anchor.entry)].sort((a, b) => (a.id < b.id ? -1 : 1));
    const nonce = toHex(crypto.getRandomValues(new Uint8Array(32)));
    const composed = charterShape.safeParse({ v: 1, rules: RULES_VERSION, ...terms, authentic: [...terms.authentic].sort(), parties, nonce });
    if (!composed.success) return refuse('space.terms-malformed', { at: composed.error.issues[0]?.path.join('.') ?? '' });
    return openLog(opened, options, composed.data as Charter);
  });
}

/**
 * Joins with the charter that the founding party handed over. Its entry for this party must be this
 * node's keys and every other entry the imported anchor: refuses `space.entry-differs`,
 * `space.charter-malformed`.
 */
export async function joinSpace(options: FoundOptions, charterText: string): Promise<Result<Founded>> {
  return withKeys(options.data, options.passphrase, async (opened) => {
    const parsed = parseCanonical(utf8(charterText));
    const charter = parsed.ok ? charterShape.safeParse(parsed.value) : undefined;
    if (charter?.success !== true) return refuse('space.charter-malformed');
    const anchors = readAnchors(opened.data);
    const own = await ownAnchor(opened.data, opened.config, opened.keys);
    for (const entry of charter.data.parties) {
      const expected = entry.id === own.entry.id ? own.entry : anchors.get(entry.id)?.entry;
      if (expected === undefined || !sameCanonical(entry, expected)) return refuse('space.entry-differs', { party: entry.id });
    }
    if (!charter.data.parties.some((entry) => entry.id === own.entry.id)) return refuse('space.entry-differs', { party: own.entry.id });
    return openLog(opened, options, charter.data as Charter);
  });
}

interface Opened {
  readonly data: DataDirectory;
  readonly config: Config;
  readonly keys: FileKeyStore;
}

async function withKeys<T>(path: string, passphrase: string | undefined, work: (opened: Opened) => Promise<Result<T>>): Promise<Result<T>> {
  const data = dataDirectory(path);
  const config = readConfig(data);
  if (!config.ok) return config;
  const keys = openKeys(data, nodeEngine(), passphrase);
  try {
    return await work({ data, config: config.value, keys });
  } catch (error) {
    if (error instanceof StoreFault) return { ok: false, refusal: error.refusal };
    throw error;
  } finally {
    keys.close();
  }
}

async function spaceId(store: Store): Promise<Hash> {
  return (await store.read((tx) => tx.db.selectFrom('space').select('id').executeTakeFirst()))?.id ?? '';
}

/** Writes the space down, then the first acts of the own log in one commit. Each step is found done when it is run again. */
async function openLog(opened: Opened, options: FoundOptions, offered: Charter): Promise<Result<Founded>> {
  const sound = checkCharter(offered);
  if (!sound.ok) return sound;
  const root = openRootKey(options.rootKey ?? opened.data.rootKey, options.passphrase ?? process.env['ALTERNAT_PASSPHRASE']);
  const store = await openStore(opened.data, opened.config);
  try {
    const bytes = await keepCharter(store, canonicalBytes(offered));
    const charter = charterShape.parse(parseCanonical(bytes).ok ? JSON.parse(new TextDecoder().decode(bytes)) : undefined) as Charter;
    if (!charter.parties.some((party) => party.id === opened.config.party.id && party.root === toBase64(root.publicKey))) return refuse('space.root-differs');
    const node = await createNode({
      party: opened.config.party.id, engine: nodeEngine(), registry: domainRegistry, store, keys: opened.keys,
      highWater: new FileHighWater(opened.data.highWater), clock: options.clock ?? systemClock(), projections: [], peers: () => [],
    });
    if ((await node.heads()).some((head) => head.party === node.party)) return refuse('space.already-founded');
    const first = await firstActs(node, opened, charter);
    const written = await node.submitByRoot(first.drafts, (message) => root.sign(message));
    if (!written.ok) return written;
    // The high-water mark must exist before this process ends: a log without one starts in recovery.
    await node.checkpoint(node.party);
    return ok({
      space: node.space, groups: node.space.match(/.{4}/g) ?? [], charter: new TextDecoder().decode(bytes),
      administrator: first.administrator, service: first.service,
    });
  } finally {
    await store.close();
  }
}

/** Stores the charter unless an interrupted run already has; answers the one that stands. */
async function keepCharter(store: Store, offered: Bytes): Promise<Bytes> {
  return store.write(async (tx) => {
    await tx.lockSpace();
    const row = await tx.db.selectFrom('space').selectAll().executeTakeFirstOrThrow();
    if (row.id !== '') return row.charter;
    const id = toHex(nodeEngine().sha256(offered));
    await tx.db.updateTable('space').set({ id, charter: offered, state: 'founding' }).execute();
    return offered;
  });
}

interface FirstActs extends Pick<Founded, 'administrator' | 'service'> {
  readonly drafts: readonly ActDraft[];
}

const OFFICES: Readonly<Record<'administrator' | 'service', Label>> = {
  administrator: { ar: 'إدارة النظام', es: 'Administración del sistema', fr: 'Administration du système', en: 'System administration' },
  service: { ar: 'المصلحة الآلية للعقدة', es: 'Servicio automático del nodo', fr: 'Service automatique du nœud', en: 'Automatic service of the node' },
};

/** Leaf 0: the charter. Leaf 1 and on: the first administrator, the node's own office, the party's profile. */
async function firstActs(node: Node, opened: Opened, charter: Charter): Promise<FirstActs> {
  const administrator = { officer: node.mint.id(), office: node.mint.id() };
  const service = { officer: node.mint.id(), office: node.mint.id() };
  const drafts: ActDraft[] = [
    draft('charter.sign', { charter }),
    await grant(node, opened.keys, administrator, 'office', ['administer'], charter.highestMark),
    await grant(node, opened.keys, service, 'service', ['service'], charter.highestMark),
    draft('party.profile', await profileOf(opened, nodeEngine(), node.space)),
    declareOffice(node, administrator.office, OFFICES.administrator),
    declareOffice(node, service.office, OFFICES.service),
  ];
  return { drafts, administrator, service };
}

function draft(type: string, body: Readonly<Record<string, unknown>>): ActDraft {
  return { type, v: 1, scope: 'space', body, parts: [] };
}

function declareOffice(node: Node, office: ObjectId, title: Label): ActDraft {
  const part = labelPart(node.mint, title);
  return { ...draft('office.declare', { office, title: part.ref }), parts: [part] };
}

async function grant(node: Node, keys: FileKeyStore, who: Founded['service'], purpose: 'office' | 'service', powers: readonly Power[], clearance: Charter['highestMark']): Promise<ActDraft> {
  const made = await keys.create(purpose);
  const key = { kind: 'node', alg: 'ed25519', public: toBase64(made.publicKey) } as const;
  const proof = toBase64(await keys.sign(made.key, keyProofMessage(node.space, node.party, who.officer, key)));
  return draft('mandate.grant', { ...who, powers, scopes: ['space'], clearance, key, proof });
}

/** The profile as the configuration and the keys of this node have it now. */
export async function profileOf(opened: Pick<Opened, 'data' | 'config' | 'keys'>, engine: Engine, space: Hash): Promise<Readonly<Record<string, unknown>>> {
  const { endpoints, passkeys, policy } = opened.config.profile;
  const cosigners = (await opened.keys.keys('cosigner')).map(({ publicKey }) => formatVkey(cosignerKey(engine, space, opened.config.party.id, publicKey)));
  return { endpoints, tls: [pinOfPem(readFileSync(opened.data.certificate, 'utf8'))], cosigners, passkeys, policy };
}
