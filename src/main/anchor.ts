/**
 * Anchors: what a party hands to the others before there is a space, by courier or read aloud: its entry
 * for the charter, the cosigner key and the certificate pins of its node. Everything later rests on them.
 */
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { PartyId } from '../kernel/ids.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import { charterParty } from '../record/charter.ts';
import { canonicalBytes } from '../record/json.ts';
import { partyProfileV1 } from '../record/mandate.ts';
import type { WireProfile } from '../node/sync/directory.ts';
import { parseJsonFile, writeFileDurably, type DataDirectory } from './config.ts';

export const anchorShape = z.strictObject({
  v: z.literal(1),
  use: z.literal('alternat-anchor'),
  entry: charterParty,
  cosigner: z.base64().length(44),
  wire: partyProfileV1.pick({ endpoints: true, tls: true }),
});
export type Anchor = z.infer<typeof anchorShape>;

/** The file's text: canonical JSON, so that its digest can be compared on both sides. */
export function formatAnchor(anchor: Anchor): string {
  return new TextDecoder().decode(canonicalBytes(anchor));
}

/** Refuses `anchor.malformed` with the place of the first fault. */
export function parseAnchor(text: string): Result<Anchor> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse('anchor.malformed', { at: '' });
  }
  const parsed = anchorShape.safeParse(value);
  if (!parsed.success) return refuse('anchor.malformed', { at: parsed.error.issues[0]?.path.join('.') ?? '' });
  return ok(parsed.data);
}

export function writeAnchor(data: DataDirectory, anchor: Anchor): void {
  mkdirSync(data.anchors, { recursive: true, mode: 0o700 });
  writeFileDurably(join(data.anchors, `${anchor.entry.id}.json`), formatAnchor(anchor), 0o600);
}

/** The imported anchors, by party. Rejects when one of the files was changed into something else. */
export function readAnchors(data: DataDirectory): ReadonlyMap<PartyId, Anchor> {
  if (!existsSync(data.anchors)) return new Map();
  const files = readdirSync(data.anchors).filter((name) => name.endsWith('.json')).sort();
  return new Map(
    files.map((name) => {
      const anchor = anchorShape.parse(parseJsonFile(join(data.anchors, name)));
      return [anchor.entry.id, anchor];
    }),
  );
}

export function wireProfiles(anchors: ReadonlyMap<PartyId, Anchor>): ReadonlyMap<PartyId, WireProfile> {
  return new Map([...anchors].map(([party, { wire }]) => [party, { addresses: wire.endpoints, pins: wire.tls }]));
}
