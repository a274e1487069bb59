/**
 * What is printed of a joint text: every word resolved, in the order of the copy. The setter (adapters/pdf)
 * lays it out and adds nothing. docs: the alternat — in the copy that a party keeps, that party's name,
 * language and signature come first; both columns have the same weight and width.
 */
import type { Language } from '../../kernel/language.ts';

/** Words in one language. */
export interface Said {
  readonly lang: Language;
  readonly text: string;
}

export interface PrintedClause {
  readonly number: string;
  readonly heading?: string;
  readonly text: string;
}

export interface PrintedSignature {
  /** Name of the party, state and offices, once per authentic language in the copy's order. */
  readonly columns: readonly {
    readonly lang: Language;
    readonly party: string;
    /** `signed`, `not signed`, `refused` in words. */
    readonly state: string;
    readonly offices: readonly string[];
    /** When, in each party's zone, and which kind of key: one line each. */
    readonly lines: readonly string[];
  }[];
}

export interface PrintedText {
  /** Lines of the exercise in four languages; empty when the space is none. */
  readonly exercise: readonly Said[];
  /** Language of the copy: its direction is that of the page. */
  readonly language: Language;
  /** `Original of …`, in the languages of the copy. */
  readonly copy: readonly Said[];
  /** SVG of the star and what it says in words. */
  readonly star: { readonly svg: string; readonly words: readonly Said[] };
  readonly mark: string;
  readonly columns: readonly { readonly lang: Language; readonly title: string; readonly clauses: readonly PrintedClause[] }[];
  /** Working translations, each with the sentence that says it is none of the authentic texts. */
  readonly working: readonly { readonly lang: Language; readonly notice: string; readonly title: string; readonly clauses: readonly PrintedClause[] }[];
  readonly references: readonly { readonly label: readonly Said[]; readonly value: string }[];
  readonly signatures: readonly PrintedSignature[];
  readonly digest: { readonly label: readonly Said[]; readonly groups: string };
  /** How to verify, one paragraph per language of the copy. */
  readonly verify: readonly Said[];
  /** Title of the document for its metadata, and the instant of its content (never of its making). */
  readonly metadata: { readonly title: string; readonly at: string };
}

/** The record's own file inside the PDF. */
export interface Attachment {
  readonly name: string;
  readonly media: string;
  readonly description: string;
  readonly bytes: Uint8Array;
}
