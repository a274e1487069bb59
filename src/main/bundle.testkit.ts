/** A founded space with joint texts, and bundles of it, for tests of export and verification. */
import { createHash } from 'node:crypto';
import { concatBytes, fromBase64, toHex, utf8, type Bytes } from '../kernel/bytes.ts';
import type { Hash, PartyId } from '../kernel/ids.ts';
import type { Language } from '../kernel/language.ts';
import { expectOk } from '../kernel/result.ts';
import { domainRegistry } from '../features/domain-slices.ts';
import { CONTENT_MEDIA, clauseTags, LABEL_MEDIA, type Content } from '../features/texts/content.ts';
import { ATTESTED, REGISTERED } from '../features/texts/facts.ts';
import type { PartRef } from '../record/act.ts';
import { buildSpaceBundle, buildTextBundle, type BundleSource, type Exporter, type TextExport } from '../record/bundle-build.ts';
import type { Follow } from '../record/bundle-closure.ts';
import { cosignerKey, logKey, originOf, signCheckpoint } from '../record/checkpoint.ts';
import { cosignedMessage, joinCosignature } from '../record/cosignature.ts';
import { rootAt, createHashTree, type HashTree } from '../record/hash-tree.ts';
import { MANDATE, type MandateData } from '../record/mandate-facts.ts';
import { formatNote, formatVkey, parseNote } from '../record/note.ts';
import type { Fact } from '../record/rule.ts';
import { AT, charterOf, engine, exchange, freshId, nodeKey, partOf, spaceOf, TestParty, type OfficerOf } from '../record/space.testkit.ts';
import { STANCE } from '../record/stances.ts';
import { TILE_WIDTH } from '../record/tile.ts';
import { leafHash } from '../record/tree.ts';
import { encodeZip } from '../record/zip.ts';

export { engine } from '../record/space.testkit.ts';
export const registry = domainRegistry;
export const SECRET = 'نص آخر لا يخص هذا الاتفاق / otro texto, que no es de este';

export interface Scene {
  readonly parties: readonly [TestParty, TestParty];
  /** salt ‖ plaintext by commitment. */
  readonly parts: Map<Hash, Bytes>;
  readonly concluded: Hash;
  readonly refused: Hash;
  readonly open: Hash;
}

function saltOf(text: string): Bytes {
  return new Uint8Array(createHash('sha256').update(`salt ${text}`).digest()) as Bytes;
}

/** Two parties, one text concluded, one refused, one open; a personal part that was erased, another that was not. */
export function scene(options: { readonly quorum?: number } = {}): Scene {
  const space = spaceOf(charterOf({ quorum: options.quorum ?? 1 }));
  const parties = space.genesis.parties.map(({ id }) => new TestParty(id, space, registry)) as [TestParty, TestParty];
  const parts = new Map<Hash, Bytes>();
  for (const party of parties) foundWithCosigner(party, parts);
  exchange(parties);
  const [first, second] = parties;
  const [concluded, refused, open] = ['A', 'B', SECRET].map((words) => proposed(parties, parts, words)) as [Hash, Hash, Hash];
  const signers = (party: TestParty): OfficerOf[] => [party.signer, party.second].slice(0, options.quorum ?? 1);
  for (const party of [second, first]) {
    party.act('text.sign', { text: concluded }, { by: signers(party) });
    exchange(parties);
  }
  first.act('text.refuse', { text: refused, reason: kept(parts, 'not yet') }, { by: signers(first) });
  second.act('text.sign', { text: open }, { by: signers(second) });
  exchange(parties);
  for (const party of parties) party.act('text.attest', { text: concluded, cut: parties.map(({ id }) => ({ party: id, size: party.fold.holding(id).size, root: party.fold.root(id, party.fold.holding(id).size) })) }, { by: [party.service] });
  first.act('text.register', { text: concluded, direction: 'outgoing', year: 2026, number: 7, written: '7/2026' });
  erasures(first, parts);
  exchange(parties);
  return { parties, parts, concluded, refused, open };
}

export function kept(parts: Map<Hash, Bytes>, text: string, kind: PartRef['class'] = 'text', media = 'text/plain'): PartRef {
  const ref = partOf(text, kind, media);
  parts.set(ref.part, concatBytes(saltOf(text), utf8(text)));
  return ref;
}

function foundWithCosigner(party: TestParty, parts: Map<Hash, Bytes>): void {
  party.found();
  const cosigner = cosignerKey(engine, party.space.id, party.id, publicKey(`${party.id} cosigner`));
  party.act('party.profile', { endpoints: [], tls: [], cosigners: [formatVkey(cosigner)], passkeys: { rpIds: ['localhost'], origins: ['http://localhost:4700'] }, policy: { nodeKeys: true } }, { by: 'root' });
  const title = kept(parts, JSON.stringify({ ar: `مكتب ${party.id}`, es: `Oficina ${party.id}` }), 'text', LABEL_MEDIA);
  party.act('office.declare', { office: party.signer.office, title }, { by: [party.admin] });
}

function erasures(party: TestParty, parts: Map<Hash, Bytes>): void {
  const gone = kept(parts, 'to be forgotten', 'personal');
  party.act('note.make', { words: gone });
  party.act('note.make', { words: kept(parts, 'a personal note', 'personal') });
  const order = party.act('part.erase', { parts: [gone.part], basis: 'request' }, { by: [party.admin] });
  party.act('part.erased', { erase: order.id, parts: [gone.part], destroyedAt: AT, backupsGoneOn: '2027-01-01' }, { by: [party.service] });
  parts.delete(gone.part);
}

/** A text in both authentic languages, drafted and proposed by the first party. */
export function proposed(parties: readonly [TestParty, TestParty], parts: Map<Hash, Bytes>, words: string): Hash {
  const [owner] = parties;
  const doc = freshId(owner.id);
  const title = kept(parts, JSON.stringify({ ar: `نص ${words}`, es: `Texto ${words}` }), 'text', LABEL_MEDIA);
  const languages = (['ar', 'es'] as const).map((lang) => ({ lang, authority: 'authentic' as const }));
  owner.act('text.draft', { doc, kind: 'declaration', title, languages });
  const contents = languages.map(({ lang }) => contentOf(lang, words));
  const drafts = contents.map((content) => share(owner, parts, doc, { ...content, title: `${content.title} (borrador)` }));
  const shared = contents.map((content, i) => share(owner, parts, doc, content, drafts[i]?.revision));
  exchange(parties);
  for (const party of parties) party.act('text.concord', { doc, revisions: shared.map(({ lang, revision }) => ({ lang, revision })), clauses: ['c001', 'c002'] });
  exchange(parties);
  const content = shared.map((one) => ({ ...one, authority: 'authentic' as const }));
  const { id, says } = owner.act('text.propose', { doc, kind: 'declaration', title, charter: 'genesis', content, clauses: ['c001', 'c002'] });
  if (says !== 'valid') throw new Error(`propose: ${says}`);
  exchange(parties);
  return id;
}

function contentOf(lang: Language, words: string): Content {
  const text = lang === 'ar' ? `يلتزم الطرفان (DGSN) بما يلي: ${words}` : `Las Partes (DGP) se comprometen a lo siguiente: ${words}`;
  return {
    v: 1, lang, title: lang === 'ar' ? `إعلان ${words}` : `Declaración ${words}`, salt: 'ab'.repeat(16),
    clauses: [{ id: 'c001', number: '1', heading: lang === 'ar' ? 'الموضوع' : 'Objeto', text }, { id: 'c002', number: '2', text: `${text} 2` }],
  };
}

function share(owner: TestParty, parts: Map<Hash, Bytes>, doc: string, content: Content, previous?: Hash): { lang: Language; revision: Hash; content: PartRef } {
  const ref = kept(parts, JSON.stringify(sortedKeys(content)), 'text', CONTENT_MEDIA);
  const clauses = clauseTags((bytes) => engine.sha256(bytes), content);
  const { id, says } = owner.act('text.revise', { doc, lang: content.lang, epoch: 0, content: ref, clauses, ...(previous === undefined ? {} : { previous }) });
  if (says !== 'valid') throw new Error(`revise: ${says}`);
  return { lang: content.lang, revision: id, content: ref };
}

/** Canonical order of names, so that JSON.stringify writes canonical bytes of these plain values. */
function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [name, sortedKeys(one)]));
}

export function publicKey(name: string): Bytes {
  return fromBase64(nodeKey(name).granted.public) as Bytes;
}

/** What a party's node would answer an export with. */
export async function sourceOf(party: TestParty, parts: ReadonlyMap<Hash, Bytes>): Promise<BundleSource> {
  const trees = new Map<PartyId, HashTree>();
  for (const log of party.fold.parties()) {
    const tree = createHashTree(engine);
    for (const entry of party.fold.entries(log)) tree.append(leafHash(engine, entry as Bytes));
    trees.set(log, tree);
  }
  const treeOf = (log: PartyId): HashTree => trees.get(log) as HashTree;
  return {
    space: party.space,
    logs: async () => Promise.all([...trees.keys()].map(async (log) => ({ party: log, note: await noteOf(party, log, treeOf(log)) }))),
    entries: async (log, from, to) => party.fold.entries(log).slice(from, to) as Bytes[],
    tile: async (log, level, index, width) => concatBytes(...Array.from({ length: width }, (_, i) => treeOf(log).read(level * 8, index * TILE_WIDTH + i))),
    root: async (log, size) => treeOf(log).root(size),
    facts: async (kind, key) => party.fold.facts(kind, key),
    part: async (ref) => parts.get(ref.part),
  };
}

async function noteOf(party: TestParty, log: PartyId, tree: HashTree): Promise<string> {
  const key = logKey(engine, originOf(party.space.id, log, 1), publicKey(`${log} log`));
  const checkpoint = { origin: key.name, size: BigInt(tree.size), root: rootAt(engine, tree.size, tree.read), extensions: [] };
  const note = expectOk(parseNote(await signCheckpoint(checkpoint, key, (message) => nodeKey(`${log} log`).sign(message))));
  const others = party.fold.parties().filter((one) => one !== log);
  const lines = others.map((by) => {
    const cosigner = cosignerKey(engine, party.space.id, by, publicKey(`${by} cosigner`));
    const time = 1_795_430_520n;
    const signature = nodeKey(`${by} cosigner`).sign(cosignedMessage(note.text, time));
    return { name: cosigner.name, keyId: cosigner.keyId, signature: joinCosignature({ time, signature }) };
  });
  return formatNote({ text: note.text, signatures: [...note.signatures, ...lines] });
}

export function exporterOf(party: TestParty): Exporter {
  return { party: party.id, logKey: publicKey(`${party.id} log`), sign: async (message) => nodeKey(`${party.id} log`).sign(message) };
}

export const followTexts: Follow = (fact: Fact) => {
  if (fact.kind === STANCE) return [{ kind: REGISTERED, key: fact.key }, { kind: ATTESTED, key: fact.key }];
  return fact.kind === MANDATE ? [{ kind: 'office', key: (fact.data as MandateData).office }] : [];
};

export async function spaceBundle({ parties: [party], parts }: Scene, personal = false): Promise<Bytes> {
  return encodeZip((await buildSpaceBundle(engine, await sourceOf(party, parts), exporterOf(party), { at: AT, personal })).files);
}

export async function textBundle({ parties: [party], parts }: Scene, text: Hash, more: Partial<TextExport> = {}): Promise<Bytes> {
  const built = await buildTextBundle(engine, registry, await sourceOf(party, parts), exporterOf(party), { at: AT, text, follow: followTexts, ...more });
  return encodeZip(expectOk(built).files);
}

export function idOf(bytes: Uint8Array): Hash {
  return toHex(engine.sha256(bytes));
}
