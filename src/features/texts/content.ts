/**
 * The content of one language version: a `text` part of media CONTENT_MEDIA, canonical JSON.
 * Versions are siblings aligned by clause id; none is the source of another.
 */
import { z } from 'zod';
import { languages } from '../../kernel/language.ts';
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
