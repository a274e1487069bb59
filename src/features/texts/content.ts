/**
 * The content of one language version: a `text` part of media CONTENT_MEDIA, canonical JSON.
 * Versions are siblings aligned by clause id; none is the source of another.
 */
import { z } from 'zod';
import { concatBytes, toHex, utf8, type Bytes } from '../../kernel/bytes.ts';
import { languages, type Language } from '../../kernel/language.ts';
import { canonicalBytes } from '../../record/json.ts';
import { clauseId } from './acts.ts';

export const CONTENT_MEDIA = 'application/vnd.alternat.text+json';
/** Media of a multilingual label (titles): canonical JSON of charter.ts `label`. */
export const LABEL_MEDIA = 'application/vnd.alternat.label+json';
export const PLAIN_MEDIA = 'text/plain';

export const clause = z.strictObject({
  id: clauseId,
  /** Number as printed, e.g. `1`, `2.1`, `أ`; absent for an unnumbered paragraph. */
  number: z.string().min(1).max(12).optional(),
  heading: z.string().min(1).max(300).optional(),
  /** Plain paragraphs separated by one LF; NFC; no bidi controls. */
  text: z.string().max(20_000),
});
export type Clause = z.infer<typeof clause>;

export const content = z.strictObject({
  v: z.literal(1),
  lang: z.enum(languages),
  title: z.string().min(1).max(500),
  /** Random per document; keys the clause tags so that they say nothing to who lacks the part. */
  salt: z.string().regex(/^[0-9a-f]{32}$/),
  clauses: z.array(clause).min(1).max(500),
});
export type Content = z.infer<typeof content>;

type Sha256 = (bytes: Uint8Array) => Bytes;

/**
 * What changes when anything of the clause changes, its number and heading too: the first 128 bits of
 * SHA-256("alternat/clause/1" ‖ 0 ‖ salt ‖ canonical clause). Equal words under another salt have
 * another tag, so tags in an act tell nothing to who does not hold the content.
 */
export function clauseTag(sha256: Sha256, salt: string, value: Clause): string {
  return toHex(sha256(concatBytes(utf8('alternat/clause/1\0'), Uint8Array.fromHex(salt), canonicalBytes(value)))).slice(0, 32);
}

/** The clause list that stands in `text.revise`. */
export function clauseTags(sha256: Sha256, value: Content): { id: string; tag: string }[] {
  return value.clauses.map((one) => ({ id: one.id, tag: clauseTag(sha256, value.salt, one) }));
}

/**
 * What a concordance mark is about: one clause in these very words of every authentic version. The
 * first 128 bits of SHA-256 over the canonical [id, [language, tag]…]; any edit on any side gives another.
 */
export function concordMark(sha256: Sha256, id: string, tags: readonly (readonly [Language, string])[]): string {
  const sorted = [...tags].sort(([a], [b]) => (a < b ? -1 : 1));
  return toHex(sha256(concatBytes(utf8('alternat/concord/1\0'), canonicalBytes([id, ...sorted])))).slice(0, 32);
}
