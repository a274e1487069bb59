/**
 * A joint text as a word-processor document: ministries draft in Word. Pure shapes; adapters/docx
 * writes and reads them. Clause ids travel as bookmarks, so that what comes back finds its siblings.
 */
import type { Language } from '../../kernel/language.ts';
import type { Clause } from './content.ts';

export interface WordedColumn {
  readonly lang: Language;
  readonly title: string;
  readonly clauses: readonly Clause[];
}

export interface WordedText {
  /** Exercise lines for head and foot of each page; empty when the space is none. */
  readonly exercise: readonly { readonly lang: Language; readonly text: string }[];
  readonly mark: string;
  /** In the order of the party whose copy it is; clauses aligned by id. */
  readonly columns: readonly WordedColumn[];
}

/** A clause as read: `id` only where the document carries one of ours. */
export interface ReadClause {
  readonly id?: string;
  readonly number?: string;
  readonly heading?: string;
  readonly text: string;
}

/** What was found in a document. One column without language when it is not one of ours. */
export interface ReadDocument {
  readonly columns: readonly { readonly lang?: Language; readonly title?: string; readonly clauses: readonly ReadClause[] }[];
  /** Codes of what could not be taken over (images, footnotes …), each with how often. */
  readonly ignored: readonly { readonly code: string; readonly count: number }[];
}
