/**
 * Read tables of joint texts. Every row is made of one act (and of facts of its own party's log below
 * it), never of another row: so the rows do not depend on how logs interleave (I2). What is joint
 * (states, pens, marks that still hold) is computed when it is asked for. Words are kept in clear only
 * for class `text`; the column beside them names the part, so that an erasure finds them.
 */
export interface DocTable {
  doc: string; act: string; party: string; idx: number; at: string; scope: string; kind: string;
  title: string | null; title_part: string; languages: string;
  slot_name: string | null; slot_base: string | null; relation: string | null; relation_text: string | null; based_on: string | null;
}

export interface RevisionTable {
  act: string; doc: string; lang: string; party: string; idx: number; at: string; scope: string; epoch: number;
  previous: string | null; part: string; ref: string; content: string | null; tags: string;
}

export interface PenTable { act: string; doc: string; lang: string; epoch: number; party: string; idx: number; at: string; to_party: string; scope: string }

export interface AskTable { act: string; doc: string; lang: string; party: string; idx: number; at: string; scope: string; offices: string }

export interface SuggestionTable {
  act: string; doc: string; lang: string; clause: string; revision: string; party: string; idx: number; at: string; scope: string; offices: string;
  words: string | null; words_part: string; reason: string | null; reason_part: string | null;
}

export interface AnswerTable {
  act: string; suggestion: string; outcome: string; party: string; idx: number; at: string; scope: string;
  reason: string | null; reason_part: string | null;
}

export interface ConcordTable { act: string; doc: string; party: string; idx: number; scope: string; revisions: string; clauses: string }

export interface ProposalTable {
  text: string; doc: string; party: string; idx: number; at: string; scope: string; kind: string; charter: string;
  title: string | null; title_part: string; content: string; clauses: string;
  slot_name: string | null; slot_base: string | null; relation: string | null; relation_text: string | null;
}

export interface StanceTable {
  text: string; party: string; stance: string; act: string; idx: number; at: string; scope: string;
  offices: string; keys: string; reason: string | null; reason_part: string | null;
}

export interface RegisterTable { text: string; party: string; idx: number; scope: string; direction: string; year: number; number: number; written: string }

export interface AttestTable { text: string; party: string; idx: number; act: string; at: string; scope: string; cut: string }

/** History: acts with and without effect. `doc`, `text`, `suggestion`: what the act itself names. */
export interface EventTable {
  party: string; idx: number; act: string; type: string; at: string; scope: string;
  doc: string | null; text: string | null; suggestion: string | null;
  offices: string; without: string | null; params: string | null; lang: string | null; to_party: string | null;
}

declare module '../../../node/tables.ts' {
  interface Tables {
    texts_doc: DocTable;
    texts_revision: RevisionTable;
    texts_pen: PenTable;
    texts_ask: AskTable;
    texts_suggestion: SuggestionTable;
    texts_answer: AnswerTable;
    texts_concord: ConcordTable;
    texts_proposal: ProposalTable;
    texts_stance: StanceTable;
    texts_register: RegisterTable;
    texts_attest: AttestTable;
    texts_event: EventTable;
  }
}

const PLACE = 'party TEXT NOT NULL, idx INTEGER NOT NULL, at TEXT NOT NULL, scope TEXT NOT NULL';
const SLOT = 'slot_name TEXT, slot_base TEXT, relation TEXT, relation_text TEXT';

export const tables: readonly { readonly name: string; readonly sql: readonly string[] }[] = [
  {
    name: 'texts_doc',
    sql: [`CREATE TABLE texts_doc (doc TEXT NOT NULL PRIMARY KEY, act TEXT NOT NULL, ${PLACE}, kind TEXT NOT NULL,
      title TEXT, title_part TEXT NOT NULL, languages TEXT NOT NULL, ${SLOT}, based_on TEXT)`],
  },
  {
    name: 'texts_revision',
    sql: [
      `CREATE TABLE texts_revision (act TEXT NOT NULL PRIMARY KEY, doc TEXT NOT NULL, lang TEXT NOT NULL, ${PLACE}, epoch INTEGER NOT NULL,
        previous TEXT, part TEXT NOT NULL, ref TEXT NOT NULL, content TEXT, tags TEXT NOT NULL)`,
      'CREATE INDEX texts_revision_doc ON texts_revision (doc, lang)',
    ],
  },
  {
    name: 'texts_pen',
    sql: [
      `CREATE TABLE texts_pen (act TEXT NOT NULL PRIMARY KEY, doc TEXT NOT NULL, lang TEXT NOT NULL, epoch INTEGER NOT NULL, ${PLACE}, to_party TEXT NOT NULL)`,
      'CREATE INDEX texts_pen_doc ON texts_pen (doc)',
    ],
  },
  {
    name: 'texts_ask',
    sql: [
      `CREATE TABLE texts_ask (act TEXT NOT NULL PRIMARY KEY, doc TEXT NOT NULL, lang TEXT NOT NULL, ${PLACE}, offices TEXT NOT NULL)`,
      'CREATE INDEX texts_ask_doc ON texts_ask (doc)',
    ],
  },
  {
    name: 'texts_suggestion',
    sql: [
      `CREATE TABLE texts_suggestion (act TEXT NOT NULL PRIMARY KEY, doc TEXT NOT NULL, lang TEXT NOT NULL, clause TEXT NOT NULL, revision TEXT NOT NULL, ${PLACE},
        offices TEXT NOT NULL, words TEXT, words_part TEXT NOT NULL, reason TEXT, reason_part TEXT)`,
      'CREATE INDEX texts_suggestion_doc ON texts_suggestion (doc)',
    ],
  },
  {
    name: 'texts_answer',
    sql: [
      `CREATE TABLE texts_answer (act TEXT NOT NULL PRIMARY KEY, suggestion TEXT NOT NULL, outcome TEXT NOT NULL, ${PLACE}, reason TEXT, reason_part TEXT)`,
      'CREATE INDEX texts_answer_suggestion ON texts_answer (suggestion)',
    ],
  },
  {
    name: 'texts_concord',
    sql: [
      'CREATE TABLE texts_concord (act TEXT NOT NULL PRIMARY KEY, doc TEXT NOT NULL, party TEXT NOT NULL, idx INTEGER NOT NULL, scope TEXT NOT NULL, revisions TEXT NOT NULL, clauses TEXT NOT NULL)',
      'CREATE INDEX texts_concord_doc ON texts_concord (doc)',
    ],
  },
  {
    name: 'texts_proposal',
    sql: [
      `CREATE TABLE texts_proposal (text TEXT NOT NULL PRIMARY KEY, doc TEXT NOT NULL, ${PLACE}, kind TEXT NOT NULL, charter TEXT NOT NULL,
        title TEXT, title_part TEXT NOT NULL, content TEXT NOT NULL, clauses TEXT NOT NULL, ${SLOT})`,
      'CREATE INDEX texts_proposal_doc ON texts_proposal (doc)',
    ],
  },
  {
    name: 'texts_stance',
    sql: [`CREATE TABLE texts_stance (text TEXT NOT NULL, stance TEXT NOT NULL, act TEXT NOT NULL, ${PLACE}, offices TEXT NOT NULL, keys TEXT NOT NULL,
      reason TEXT, reason_part TEXT, PRIMARY KEY (text, party))`],
  },
  {
    name: 'texts_register',
    sql: [`CREATE TABLE texts_register (text TEXT NOT NULL, party TEXT NOT NULL, idx INTEGER NOT NULL, scope TEXT NOT NULL, direction TEXT NOT NULL,
      year INTEGER NOT NULL, number INTEGER NOT NULL, written TEXT NOT NULL, PRIMARY KEY (text, party, idx))`],
  },
  {
    name: 'texts_attest',
    sql: [`CREATE TABLE texts_attest (text TEXT NOT NULL, act TEXT NOT NULL, ${PLACE}, cut TEXT NOT NULL, PRIMARY KEY (text, party, idx))`],
  },
  {
    name: 'texts_event',
    sql: [
      `CREATE TABLE texts_event (${PLACE}, act TEXT NOT NULL, type TEXT NOT NULL, doc TEXT, text TEXT, suggestion TEXT,
        offices TEXT NOT NULL, without TEXT, params TEXT, lang TEXT, to_party TEXT, PRIMARY KEY (party, idx))`,
      'CREATE INDEX texts_event_doc ON texts_event (doc)',
      'CREATE INDEX texts_event_text ON texts_event (text)',
      'CREATE INDEX texts_event_suggestion ON texts_event (suggestion)',
    ],
  },
];
