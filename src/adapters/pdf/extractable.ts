/**
 * Arabic must be right in the *file*, not only on the page. Two corrections of what extractors see,
 * on the regular output of the compiler (typst 0.14); no glyph, position or structure tag changes:
 *
 * - The right-to-left mark after a Latin run is merged into the span of the next glyph as
 *   `mark, glyph`. Extractors lay a span out from left to right, so the mark must come last to stand
 *   beside the Latin run and keep the space on its own side. Where the glyph was first used so, the
 *   pair stands in the font's ToUnicode map instead.
 * - The glyphs of the invisible font (invisible-font.ts) are addressed by stand-in code points; their
 *   ToUnicode entries are set to the Arabic code points they stand for.
 */
import { PDFDocument, PDFRawStream, decodePDFRawStream } from '@cantoo/pdf-lib';
import { standInToArabic } from './invisible-font.ts';

const MARK_FIRST = /\/ActualText <FEFF200F([0-9A-F]{4})>/g;
const MAPPED_MARK_FIRST = /^(<[0-9A-Fa-f]+> )<200[Ff]([0-9A-Fa-f]{4})>$/gm;
const MAPPING = /^(<[0-9A-Fa-f]+> )<([0-9A-Fa-f]{4})>$/gm;

function corrected(content: string): string {
  if (content.includes('begincmap')) {
    return content.replaceAll(MAPPED_MARK_FIRST, '$1<$2200F>').replaceAll(MAPPING, (line, code: string, point: string) => {
      const arabic = standInToArabic(parseInt(point, 16));
      return arabic === undefined ? line : `${code}<${arabic.toString(16).padStart(4, '0').toUpperCase()}>`;
    });
  }
  return content.replaceAll(MARK_FIRST, '/ActualText <FEFF$1200F>');
}

/** The same document, whose Arabic extracts as written. Cost: inflates and packs each stream once. */
export async function makeExtractable(pdf: Uint8Array): Promise<Uint8Array> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  for (const [ref, object] of document.context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFRawStream)) continue;
    let before: string;
    try {
      before = Buffer.from(decodePDFRawStream(object).decode()).toString('latin1');
    } catch {
      continue;
    }
    const after = corrected(before);
    if (after === before) continue;
    document.context.assign(ref, document.context.flateStream(after));
  }
  return document.save({ useObjectStreams: true, addDefaultPage: false, updateFieldAppearances: false });
}
