/**
 * Bundles: a record, or one text of it, as one file that anybody can check without this program.
 * docs/spec/bundle.md.
 *
 *   manifest                         canonical JSON: what this is, and the SHA-256 of every file below
 *   manifest.sig                     canonical JSON {"keyid","sig"}: the exporter's log key over the PAE of manifest
 *   logs/<party>/checkpoint          signed note with the cosignatures
 *   logs/<party>/tile/…              C2SP tlog-tiles; of a TEXT bundle only the hash tiles that are needed
 *   logs/<party>/entry/<N>           TEXT bundle: the entries that the text rests on, one file each
 *   parts/<commitment>               salt ‖ plaintext
 *   rendering/<name>                 the exporter's rendering of a text; states nothing
 */
import { z } from 'zod';
import { fromBase64, toBase64, toHex, type Bytes } from '../kernel/bytes.ts';
import { HASH, PARTY_ID, type Hash, type PartyId } from '../kernel/ids.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import { hash, instant, partyId } from './act.ts';
import type { Engine } from './engine.ts';
import { canonicalBytes, parseCanonical } from './json.ts';
import { pae } from './pae.ts';
import { keyId, verifyEd25519 } from './signature.ts';
import { formatIndex, parseIndex, parseTilePath, tilePath, type TilePlace } from './tile.ts';
import type { ReadFile, ZipFile } from './zip.ts';

/** DSSE payload type under which a manifest is signed. */
export const MANIFEST_TYPE = 'application/vnd.alternat.bundle.v1+json';
export const MANIFEST = 'manifest';
export const MANIFEST_SIGNATURE = 'manifest.sig';

const size = z.int().min(0);

export const bundleManifest = z.strictObject({
  v: z.literal(1),
  bundle: z.enum(['space', 'text']),
  space: hash,
  /** TEXT bundle: id of the text. */
  text: hash.optional(),
  exporter: partyId,
  /** As the charter says it; here too, so that it is said even where the charter cannot be read. */
  exercise: z.boolean(),
  /** Claimed time of the export. */
  at: instant,
  /** Whether parts of class `personal` are among the parts. */
  personal: z.boolean(),
  /** Sorted by party. */
  logs: z.array(z.strictObject({ party: partyId, size, root: hash })).min(1).max(64),
  /** Every file but `manifest` and `manifest.sig`, sorted by name. */
  files: z.array(z.strictObject({ name: z.string().min(1).max(200), sha256: hash, size })).max(10_000_000),
});
export type BundleManifest = z.infer<typeof bundleManifest>;

/** What a name in a bundle stands for; undefined for a name that no bundle holds. */
export type BundlePlace =
  | { readonly kind: 'checkpoint'; readonly party: PartyId }
  | { readonly kind: 'tile'; readonly party: PartyId; readonly tile: TilePlace }
  | { readonly kind: 'entry'; readonly party: PartyId; readonly index: number }
  | { readonly kind: 'part'; readonly commit: Hash }
  | { readonly kind: 'rendering'; readonly name: string };

export function bundleName(place: BundlePlace): string {
  switch (place.kind) {
    case 'checkpoint':
      return `logs/${place.party}/checkpoint`;
    case 'tile':
      return `logs/${place.party}/${tilePath(place.tile)}`;
    case 'entry':
      return `logs/${place.party}/entry/${formatIndex(place.index)}`;
    case 'part':
      return `parts/${place.commit}`;
    case 'rendering':
      return `rendering/${place.name}`;
  }
}

export function bundlePlace(name: string): BundlePlace | undefined {
  const [, folder, rest] = /^([a-z]+)\/(.+)$/.exec(name) ?? [];
  if (folder === undefined || rest === undefined) return undefined;
  if (folder === 'parts') return HASH.test(rest) ? { kind: 'part', commit: rest } : undefined;
  if (folder === 'rendering') return /^[a-z0-9.-]+$/.test(rest) ? { kind: 'rendering', name: rest } : undefined;
  if (folder !== 'logs') return undefined;
  const [, party, path] = /^([^/]+)\/(.+)$/.exec(rest) ?? [];
  if (party === undefined || path === undefined || !PARTY_ID.test(party)) return undefined;
  if (path === 'checkpoint') return { kind: 'checkpoint', party };
  if (path.startsWith('entry/')) {
    const index = parseIndex(path.slice('entry/'.length));
    return index === undefined ? undefined : { kind: 'entry', party, index };
  }
  const tile = parseTilePath(path);
  return tile === undefined ? undefined : { kind: 'tile', party, tile };
}

/** The manifest of these files, as bytes. */
export function encodeManifest(engine: Engine, about: Omit<BundleManifest, 'v' | 'files'>, files: readonly ZipFile[]): Bytes {
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  const listed = sorted.map(({ name, bytes }) => ({ name, sha256: toHex(engine.sha256(bytes)), size: bytes.length }));
  const { text, ...rest } = about;
  return canonicalBytes({ v: 1, ...rest, ...(text === undefined ? {} : { text }), files: listed });
}

export function parseManifest(bytes: Uint8Array): Result<BundleManifest> {
  const value = parseCanonical(bytes);
  if (!value.ok) return refuse('bundle.manifest-malformed', { reason: value.refusal.code });
  const shaped = bundleManifest.safeParse(value.value);
  if (!shaped.success) return refuse('bundle.manifest-malformed', { reason: shaped.error.issues[0]?.path.join('.') ?? '' });
  const manifest = shaped.data;
  if ((manifest.bundle === 'text') !== (manifest.text !== undefined)) return refuse('bundle.manifest-malformed', { reason: 'text' });
  if (!ascending(manifest.files.map(({ name }) => name))) return refuse('bundle.manifest-malformed', { reason: 'files' });
  if (!ascending(manifest.logs.map(({ party }) => party))) return refuse('bundle.manifest-malformed', { reason: 'logs' });
  return ok(manifest);
}

function ascending(values: readonly string[]): boolean {
  return values.every((value, i) => i === 0 || (values[i - 1] as string) < value);
}

/** What the exporter's log key signs; no note and no act has these bytes. */
export function manifestMessage(manifest: Uint8Array): Bytes {
  return pae(MANIFEST_TYPE, manifest);
}

const detached = z.strictObject({ keyid: hash, sig: z.string() });

export function encodeManifestSignature(engine: Engine, logKey: Uint8Array, signature: Uint8Array): Bytes {
  return canonicalBytes({ keyid: keyId(engine, 'ed25519', logKey), sig: toBase64(signature) });
}

/** Whether `manifest.sig` is the signature of `logKey` over the manifest. */
export function verifyManifest(engine: Engine, manifest: Uint8Array, signature: Uint8Array, logKey: Uint8Array): Result<true> {
  const value = parseCanonical(signature);
  const shaped = value.ok ? detached.safeParse(value.value) : undefined;
  const sig = shaped?.success === true ? fromBase64(shaped.data.sig) : undefined;
  if (shaped?.success !== true || sig === undefined) return refuse('bundle.signature-malformed');
  if (shaped.data.keyid !== keyId(engine, 'ed25519', logKey)) return refuse('bundle.signed-by-other-key');
  return verifyEd25519(engine, logKey, manifestMessage(manifest), sig).ok ? ok(true) : refuse('bundle.signature-false');
}

/** A place in a bundle that is not as it should be. */
export interface BundleFault {
  readonly code: string;
  readonly file: string;
  readonly log?: PartyId;
  readonly index?: number;
  readonly params?: Readonly<Record<string, string | number>>;
}

export interface OpenBundle {
  readonly manifest: BundleManifest;
  readonly manifestBytes: Bytes;
  readonly signature: Bytes | undefined;
  /** Everything else, by name; also files that are not as listed, so that their content can be shown. */
  readonly files: ReadonlyMap<string, Bytes>;
  /** Files that are changed, missing, not listed or unknown, in order of name. */
  readonly faults: readonly BundleFault[];
}

/** Holds the files of a zip against its manifest. Refuses only when there is no manifest to hold them against. */
export function openBundle(engine: Engine, zipped: readonly ReadFile[]): Result<OpenBundle> {
  const byName = new Map(zipped.map((file) => [file.name, file]));
  const own = byName.get(MANIFEST);
  if (own === undefined) return refuse('bundle.manifest-missing');
  const manifest = parseManifest(own.bytes);
  if (!manifest.ok) return manifest;
  const faults: BundleFault[] = own.sound ? [] : [{ code: 'bundle.file-changed', file: MANIFEST }];
  const signature = byName.get(MANIFEST_SIGNATURE);
  if (signature?.sound === false) faults.push({ code: 'bundle.file-changed', file: MANIFEST_SIGNATURE });
  const listed = new Map(manifest.value.files.map((file) => [file.name, file]));
  for (const name of [...new Set([...byName.keys(), ...listed.keys()])].sort()) {
    if (name === MANIFEST || name === MANIFEST_SIGNATURE) continue;
    const code = faultOfFile(engine, name, byName.get(name), listed.get(name));
    if (code !== undefined) faults.push({ code, file: name, ...whereIs(name) });
  }
  const files = new Map(zipped.filter(({ name }) => name !== MANIFEST && name !== MANIFEST_SIGNATURE).map(({ name, bytes }) => [name, bytes]));
  return ok({ manifest: manifest.value, manifestBytes: own.bytes, signature: signature?.bytes, files, faults });
}

function faultOfFile(engine: Engine, name: string, file: ReadFile | undefined, listed: { sha256: Hash; size: number } | undefined): string | undefined {
  if (file === undefined) return 'bundle.file-missing';
  if (listed === undefined) return 'bundle.file-not-listed';
  if (bundlePlace(name) === undefined) return 'bundle.file-unknown';
  if (!file.sound || file.bytes.length !== listed.size || toHex(engine.sha256(file.bytes)) !== listed.sha256) return 'bundle.file-changed';
  return undefined;
}

function whereIs(name: string): { log?: PartyId; index?: number } {
  const place = bundlePlace(name);
  if (place === undefined || !('party' in place)) return {};
  return place.kind === 'entry' ? { log: place.party, index: place.index } : { log: place.party };
}
