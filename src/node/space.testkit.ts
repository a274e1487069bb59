/**
 * Spaces of real nodes for tests: each party with its own folder, SQLite files, key store and
 * high-water mark, founded by acts of its root like any other. How the nodes reach one another is the
 * caller's affair (sync/federation.testkit.ts does it over TLS).
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { nodeEngine } from '../adapters/engine/node-engine.ts';
import { standingClock } from '../adapters/clock/system-clock.ts';
import { FileHighWater } from '../adapters/high-water/file-high-water.ts';
import { FileKeyStore } from '../adapters/keys/key-store.ts';
import { createTlsIdentity, type TlsIdentity } from '../adapters/peer/certificate.ts';
import { SqliteStore } from '../adapters/sqlite/store.ts';
import { domainRegistry } from '../features/domain-slices.ts';
import { toBase64, utf8, type Bytes } from '../kernel/bytes.ts';
import { objectId, type Hash, type ObjectId, type PartyId } from '../kernel/ids.ts';
import { expectOk } from '../kernel/result.ts';
import type { Charter, CharterParty } from '../record/charter.ts';
import { cosignerKey } from '../record/checkpoint.ts';
import { canonicalBytes } from '../record/json.ts';
import { keyProofMessage } from '../record/mandate.ts';
import { formatVkey } from '../record/note.ts';
import type { Power } from '../record/rule.ts';
import { createNode } from './create-node.ts';
import type { ActDraft, Actor, MintedPart, Node } from './node.ts';
import type { Peer, Store } from './ports.ts';

export const engine = nodeEngine();
const AT = '2026-11-23T10:42:00.000Z';

export const offices = { service: ['service'], admin: ['administer', 'report'], draft: ['draft'], signer: ['sign'] } as const satisfies Record<string, readonly Power[]>;
export type Office = keyof typeof offices;

interface PartyKeys {
  readonly root: Hash;
  readonly log: Hash;
  readonly cosigner: Bytes;
  readonly offices: Readonly<Record<Office, { readonly officer: ObjectId; readonly office: ObjectId; readonly key: Hash; readonly publicKey: Bytes }>>;
  readonly charter: CharterParty;
}

/** One party's node on disk. `node`, `store` and `keys` change when it is opened again. */
export class TestNode {
  readonly party: PartyId;
  readonly folder: string;
  readonly charter: Charter;
  readonly space: Hash;
  readonly identity: TlsIdentity;
  readonly parts: PartyKeys;
  readonly clock = standingClock(AT);
  /** Asked at every start and by `confirm`. */
  readonly peers: Peer[] = [];
  node!: Node;
  store!: Store;
  keys: FileKeyStore;

  constructor(party: PartyId, folder: string, charter: Charter, identity: TlsIdentity, keys: FileKeyStore, parts: PartyKeys) {
    this.party = party;
    this.folder = folder;
    this.charter = charter;
    this.space = engine.sha256(canonicalBytes(charter)).toHex();
    this.identity = identity;
    this.keys = keys;
    this.parts = parts;
  }

  get database(): string {
    return join(this.folder, 'record.db');
  }

  async open(): Promise<void> {
    this.store = await SqliteStore.open({ path: this.database });
    await this.store.write(async (tx) => {
      await tx.lockSpace();
      const row = await tx.db.selectFrom('space').select('id').executeTakeFirstOrThrow();
      if (row.id === '') await tx.db.updateTable('space').set({ id: this.space, charter: canonicalBytes(this.charter), state: 'founding' }).execute();
    });
    const highWater = new FileHighWater(join(this.folder, 'high-water'));
    this.node = await createNode({
      party: this.party, engine, registry: domainRegistry, store: this.store, keys: this.keys, highWater, clock: this.clock,
      projections: [], peers: () => this.peers,
    });
  }

  async close(): Promise<void> {
    await this.node.close();
  }

  /** What the party does by its root: opens its log, gives mandates, says where its node is. */
  async found(endpoints: readonly string[]): Promise<void> {
    await this.byRoot('charter.sign', { charter: this.charter });
    for (const [name, powers] of Object.entries(offices)) await this.byRoot('mandate.grant', await this.#grant(name as Office, powers));
    await this.profile(endpoints, [this.identity.pin]);
  }

  async profile(endpoints: readonly string[], tls: readonly string[]): Promise<void> {
    const cosigners = [formatVkey(cosignerKey(engine, this.space, this.party, this.parts.cosigner))];
    await this.byRoot('party.profile', { endpoints, tls, cosigners, passkeys: { rpIds: [], origins: [] }, policy: { nodeKeys: true } });
  }

  async byRoot(type: string, body: object): Promise<void> {
    expectOk(await this.node.submitByRoot([draftOf(type, body)], (message) => this.keys.sign(this.parts.root, message)));
  }

  actor(office: Office): Actor {
    return { officer: this.parts.offices[office].officer };
  }

  /** A statement of this party with these words, as a part that the audience may hold. */
  async note(words: string, audience?: readonly PartyId[], kind: MintedPart['ref']['class'] = 'text'): Promise<MintedPart> {
    const part = this.node.mint.part(kind, 'text/plain', utf8(words), audience);
    expectOk(await this.node.submit([draftOf('note.make', { words: part.ref }, [part])], this.actor('draft')));
    return part;
  }

  /** Many statements without words of their own in one commit: about one part. */
  async notes(count: number): Promise<void> {
    const part = await this.note('many times the same');
    for (let done = 0; done < count; done += 100) {
      const drafts = Array.from({ length: Math.min(100, count - done) }, (_, i) => draftOf('note.make', { words: part.ref, about: { kind: 'line', id: String(done + i) } }));
      expectOk(await this.node.submit(drafts, this.actor('draft')));
    }
  }

  async size(log: PartyId = this.party): Promise<number> {
    return (await this.node.heads()).find((head) => head.party === log)?.size ?? 0;
  }

  async #grant(name: Office, powers: readonly Power[]): Promise<object> {
    const { officer, office, key, publicKey } = this.parts.offices[name];
    const granted = { kind: 'node', alg: 'ed25519', public: toBase64(publicKey) } as const;
    const proof = toBase64(await this.keys.sign(key, keyProofMessage(this.space, this.party, officer, granted)));
    return { officer, office, powers, scopes: ['space'], clearance: 'AMBER', key: granted, proof };
  }
}

export function draftOf(type: string, body: object, parts: readonly MintedPart[] = []): ActDraft {
  return { type, v: 1, scope: 'space', body: body as ActDraft['body'], parts };
}

/** Folders, keys and a common charter for these parties; nothing is open or recorded yet. */
export async function prepareSpace(folder: string, parties: readonly PartyId[], change: Partial<Charter> = {}): Promise<readonly TestNode[]> {
  const sorted = [...parties].sort();
  const made = await Promise.all(sorted.map((party) => prepareParty(party, join(folder, party))));
  const charter: Charter = {
    v: 1, rules: 1, name: { en: 'Test space' }, parties: made.map(({ parts }) => parts.charter), authentic: ['ar', 'es'], exercise: true, highestMark: 'AMBER',
    limits: { textBytes: 1_048_576, fileBytes: 10_000_000 }, retention: { file: 3650, personal: 365 }, nonce: engine.sha256(utf8(folder)).toHex(), ...change,
  };
  return made.map(({ identity, keys, parts }, i) => new TestNode(sorted[i] as PartyId, join(folder, sorted[i] as PartyId), charter, identity, keys, parts));
}

async function prepareParty(party: PartyId, folder: string): Promise<{ identity: TlsIdentity; keys: FileKeyStore; parts: PartyKeys }> {
  mkdirSync(folder, { recursive: true });
  const keys = FileKeyStore.open({ folder: join(folder, 'keys'), engine });
  const [root, log, cosigner] = [await keys.create('root'), await keys.create('log'), await keys.create('cosigner')];
  const named = async (name: Office): Promise<readonly [Office, PartyKeys['offices'][Office]]> => {
    const { key, publicKey } = await keys.create(name === 'service' ? 'service' : 'office');
    return [name, { officer: objectId(party, crypto.getRandomValues(new Uint8Array(13))), office: objectId(party, crypto.getRandomValues(new Uint8Array(13))), key, publicKey }];
  };
  const listed = await Promise.all((Object.keys(offices) as Office[]).map(named));
  const name = { en: `Party ${party}` };
  const charter: CharterParty = {
    id: party, name, short: name, country: 'XX', language: 'en', zone: 'Europe/Madrid', root: toBase64(root.publicKey), log: toBase64(log.publicKey), epoch: 1, quorum: 1,
  };
  const parts: PartyKeys = { root: root.key, log: log.key, cosigner: cosigner.publicKey, offices: Object.fromEntries(listed) as PartyKeys['offices'], charter };
  return { identity: await createTlsIdentity(party), keys, parts };
}
