/** Read tables of officers: who holds which office, by which act, and by which keys they sign. */
export interface OfficersTables {
  /** An office and its title as last declared. `title`: JSON of the label, empty while its part is not held. */
  officers_office: { id: string; party: string; corps: string | null; part: string; title: string; scope: string };
  officers_corps: { id: string; party: string; part: string; name: string; short_part: string | null; short: string; scope: string };
  officers_mandate: {
    act: string; party: string; idx: number; officer: string; office: string; powers: string; scopes: string; clearance: string; until: string | null;
    at: string; scope: string; ended_by: string | null; ended_at: string | null; ended_reason: string | null;
  };
  officers_key: {
    key: string; party: string; idx: number; officer: string; kind: string; credential: string | null; act: string; at: string; scope: string;
    ended_by: string | null; ended_at: string | null; ended_reason: string | null; disputed_since: number | null;
  };
}

declare module '../../../node/tables.ts' {
  // oxlint-disable-next-line typescript/no-empty-interface -- declaration merging: the members are those of OfficersTables
  interface Tables extends OfficersTables {}
}

export const tables = [
  {
    name: 'officers_office',
    sql: ['CREATE TABLE officers_office (id TEXT NOT NULL PRIMARY KEY, party TEXT NOT NULL, corps TEXT, part TEXT NOT NULL, title TEXT NOT NULL, scope TEXT NOT NULL)'],
  },
  {
    name: 'officers_corps',
    sql: ['CREATE TABLE officers_corps (id TEXT NOT NULL PRIMARY KEY, party TEXT NOT NULL, part TEXT NOT NULL, name TEXT NOT NULL, short_part TEXT, short TEXT NOT NULL, scope TEXT NOT NULL)'],
  },
  {
    name: 'officers_mandate',
    sql: [
      `CREATE TABLE officers_mandate (act TEXT NOT NULL PRIMARY KEY, party TEXT NOT NULL, idx INTEGER NOT NULL, officer TEXT NOT NULL, office TEXT NOT NULL,
        powers TEXT NOT NULL, scopes TEXT NOT NULL, clearance TEXT NOT NULL, until TEXT, at TEXT NOT NULL, scope TEXT NOT NULL, ended_by TEXT, ended_at TEXT, ended_reason TEXT)`,
      'CREATE INDEX officers_mandate_officer ON officers_mandate (officer, ended_by)',
    ],
  },
  {
    name: 'officers_key',
    sql: [
      `CREATE TABLE officers_key (key TEXT NOT NULL PRIMARY KEY, party TEXT NOT NULL, idx INTEGER NOT NULL, officer TEXT NOT NULL, kind TEXT NOT NULL, credential TEXT, act TEXT NOT NULL, at TEXT NOT NULL,
        scope TEXT NOT NULL, ended_by TEXT, ended_at TEXT, ended_reason TEXT, disputed_since INTEGER)`,
      'CREATE INDEX officers_key_officer ON officers_key (officer, ended_by)',
    ],
  },
] as const;
