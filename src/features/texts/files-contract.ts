/** A joint text as files: the two originals, a Word document out and in, and the proof. */
import { z } from 'zod';
import { fileAnswer, operation, rawBody } from '../../kernel/operation.ts';
import { languages } from '../../kernel/language.ts';
import { hash, objectId, partyId } from '../../record/act.ts';
import { clause } from './content.ts';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** The original that `original` keeps: its name, language and signature first. */
export const textPdf = operation({
  id: 'texts.pdf', method: 'GET', path: '/api/texts/:text/pdf', params: z.object({ text: hash }), query: z.object({ original: partyId.optional() }),
  produces: ['application/pdf'], answer: fileAnswer, refusals: ['text.unknown', 'text.party-unknown'],
});

/** What is shown of the text (or draft) now, in the order of this party's copy. */
export const textDocx = operation({
  id: 'texts.docx', method: 'GET', path: '/api/texts/:id/docx', params: z.object({ id: z.string().max(120) }),
  produces: [DOCX], answer: fileAnswer, refusals: ['text.unknown', 'text.nothing-to-print'],
});

/** The TEXT bundle: what anybody can verify away from the system. The export is recorded. */
export const textBundle = operation({
  id: 'texts.bundle', method: 'GET', path: '/api/texts/:text/bundle', params: z.object({ text: hash }),
  produces: ['application/zip'], answer: fileAnswer, refusals: ['text.unknown', 'bundle.not-self-contained'],
});

/** Reads a Word document for one language version: a preview, nothing is saved. */
export const readDocument = operation({
  id: 'texts.read-docx', method: 'POST', path: '/api/drafts/:doc/:lang/docx', params: z.object({ doc: objectId, lang: z.enum(languages) }),
  consumes: DOCX, body: rawBody,
  answer: z.strictObject({
    versions: z.array(z.strictObject({
      lang: z.enum(languages),
      title: z.string(),
      clauses: z.array(z.strictObject({ clause, by: z.enum(['id', 'number', 'place', 'new']), changed: z.boolean() })),
      /** Clauses of the draft that the document lacks. */
      missing: z.array(clause),
    })),
    ignored: z.array(z.strictObject({ code: z.string(), count: z.int() })),
  }),
  refusals: ['text.unknown', 'docx.unreadable', 'docx.too-large', 'docx.empty', 'docx.too-many-clauses'],
});

export const textFileOperations = [textPdf, textDocx, textBundle, readDocument] as const;
