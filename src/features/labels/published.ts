/**
 * Labels as parts: names, titles, places and sources in several languages are free text, so an act
 * holds their commitment and the part holds the canonical JSON of a label (charter.ts `label`).
 */
import { z } from 'zod';
import type { Label } from '../../kernel/language.ts';
import { partRef } from '../../record/act.ts';
import { label } from '../../record/charter.ts';
import { canonicalBytes, parseCanonical } from '../../record/json.ts';
import type { Mint, MintedPart } from '../../node/node.ts';
import { LABEL_MEDIA } from '../texts/content.ts';

/** A part that is a label: class `text`, so that it travels with the act that cites it. */
export const labelRef = partRef.extend({ class: z.literal('text'), media: z.literal(LABEL_MEDIA) });
export type LabelRef = z.infer<typeof labelRef>;

/** Mints the part; its reference fits `labelRef`. Languages that a form left out are left out. */
export function labelPart(mint: Mint, value: z.infer<typeof label>): MintedPart & { readonly ref: LabelRef } {
  const given = Object.fromEntries(Object.entries(value).filter(([, text]) => text !== undefined));
  return mint.part('text', LABEL_MEDIA, canonicalBytes(given)) as MintedPart & { readonly ref: LabelRef };
}

/** The label in the bytes of such a part, or undefined when they are not one in its only form. */
export function readLabel(bytes: Uint8Array): Label | undefined {
  const value = parseCanonical(bytes);
  const parsed = value.ok ? label.safeParse(value.value) : undefined;
  return parsed?.success ? parsed.data as Label : undefined;
}
