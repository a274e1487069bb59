/** `alternat export`: a TEXT or SPACE bundle out of a data directory, beside a running node or without one. */
import { serverProjections } from '../features/server-slices.ts';
import { readReference } from '../features/texts/reference.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import type { Bytes } from '../kernel/bytes.ts';
import type { Hash } from '../kernel/ids.ts';
import { HASH } from '../kernel/ids.ts';
import { domainRegistry } from '../features/domain-slices.ts';
import { bundleSource, exporterOf } from '../node/bundle-source.ts';
import { anchorJournal } from '../node/journal-anchor.ts';
import type { JournalNote } from '../node/journal.ts';
import type { Node } from '../node/node.ts';
import { buildSpaceBundle, buildTextBundle, type BuiltBundle } from '../record/bundle-build.ts';
import type { Follow } from '../record/bundle-closure.ts';
import { MANDATE, type MandateData } from '../record/mandate-facts.ts';
import { STANCE, TEXT } from '../record/stances.ts';
import { encodeZip } from '../record/zip.ts';
import { ATTESTED, REGISTERED } from '../features/texts/published.ts';
import { OFFICE } from '../features/officers/published.ts';
import { openParty, type OpenParty } from './open.ts';

export interface ExportedBundle {
  readonly kind: 'space' | 'text';
  readonly bytes: Bytes;
}

type Means = Pick<OpenParty, 'engine' | 'keys'>;

/** With the text travel its register numbers and attestations, and the titles of the offices that signed. */
const follow: Follow = (fact) => {
  if (fact.kind === STANCE) return [{ kind: REGISTERED, key: fact.key }, { kind: ATTESTED, key: fact.key }];
  return fact.kind === MANDATE ? [{ kind: OFFICE, key: (fact.data as MandateData).office }] : [];
};

/** Refusals `text.unknown`, `bundle.not-self-contained`, and those of opening the directory. */
export async function exportBundle(data: string, what: string): Promise<Result<ExportedBundle>> {
  const party = await openParty({ data, projections: serverProjections, peers: [] });
  try {
    if (what.toUpperCase() === 'SPACE') return ok({ kind: 'space', bytes: await byOperator(party.node, 'space-bundle', { kind: 'space', id: party.node.space }, await spaceBundle(party.node, party)) });
    const text = await textNamed(party.node, what);
    if (text === undefined) return refuse('text.unknown');
    const bundle = await textBundleOf(party.node, party, text);
    return bundle.ok ? ok({ kind: 'text', bytes: await byOperator(party.node, 'text-bundle', { kind: 'text', id: text }, bundle.value) }) : bundle;
  } finally {
    await party.close();
  }
}

/** Before the operator gets the file, it stands in the access journal; its recipient is whoever carries it. */
async function byOperator(node: Node, form: 'text-bundle' | 'space-bundle', subject: JournalNote['subject'], bytes: Bytes): Promise<Bytes> {
  await node.journal([{ operation: 'disclosure', who: 'operator', subject, form, why: { code: 'operator-asked' }, recipients: [{ bearer: true }] }]);
  await anchorJournal(node);
  return bytes;
}

/** A text by its id or its joint reference. */
async function textNamed(node: Node, what: string): Promise<Hash | undefined> {
  if (HASH.test(what)) return (await node.store.read((tx) => tx.facts(TEXT, what))).length > 0 ? what : undefined;
  const reference = readReference(what);
  if (reference === undefined) return undefined;
  const rows = await node.store.read((tx) => tx.db.selectFrom('fact').select('key').where('kind', '=', TEXT).where('key', 'like', `${reference.prefix}%`).execute());
  return rows.length === 1 ? rows[0]?.key : undefined;
}

async function spaceBundle(node: Node, { engine, keys }: Means): Promise<Bytes> {
  const source = await bundleSource({ node, engine, mayGive: (ref) => ref.class !== 'personal' });
  const built = await buildSpaceBundle(engine, source, await exporterOf(node, keys), { at: node.mint.now() });
  await recordExport(node, 'space', node.space, built);
  return encodeZip(built.files);
}

/** The TEXT bundle of a text, recorded in the own log as an export. */
export async function textBundleOf(node: Node, { engine, keys }: Means, text: Hash): Promise<Result<Bytes>> {
  const source = await bundleSource({ node, engine, mayGive: (ref) => ref.class !== 'personal' });
  const built = await buildTextBundle(engine, domainRegistry, source, await exporterOf(node, keys), { at: node.mint.now(), text, follow });
  if (!built.ok) return built;
  await recordExport(node, 'text', text, built.value);
  return ok(encodeZip(built.value.files));
}

/** A node that may not write now (founding, recovering) still exports; the record then lacks the line. */
async function recordExport(node: Node, bundle: 'space' | 'text', subject: Hash, built: BuiltBundle): Promise<void> {
  const body = { bundle, subject, manifest: built.digest, sizes: built.logs, personal: false };
  await node.submit([{ type: 'export.record', v: 1, scope: 'space', body, parts: [] }], 'service');
}
