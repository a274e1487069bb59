/** Which words of a text are on the page, and with what they are compared. */
import type { Hash } from '../../../kernel/ids.ts';
import type { Language } from '../../../kernel/language.ts';
import type { z } from 'zod';
import type { Clause } from '../content.ts';
import type { revision, TextDetail } from '../views.ts';

export type Revision = z.infer<typeof revision>;

export interface ShownVersion {
  readonly lang: Language;
  readonly authority: 'authentic' | 'working';
  readonly title: string;
  readonly clauses: readonly Clause[];
  /** `shared`: both sides see it; `local`: only this node; `none`: nothing is written yet. */
  readonly source: 'shared' | 'local' | 'none';
  /** The shared revision that is shown. */
  readonly act?: Hash;
}

/** Per language what is shown: the shared revision, else the own unshared words, else nothing. */
export function shownVersions(detail: Pick<TextDetail, 'languages'>): ShownVersion[] {
  return detail.languages.map(({ lang, authority, revision, local }) => {
    if (revision !== undefined) return { lang, authority, title: revision.title, clauses: revision.clauses, source: 'shared', act: revision.act };
    if (local !== undefined) return { lang, authority, title: local.title, clauses: local.clauses, source: 'local' };
    return { lang, authority, title: '', clauses: [], source: 'none' };
  });
}

/** Per language the latest revision up to and including `act`, in a list that is oldest first. */
export function revisionsAt(revisions: readonly Revision[], act: Hash): ReadonlyMap<Language, Revision> {
  const end = revisions.findIndex((one) => one.act === act);
  return new Map(revisions.slice(0, end + 1).map((one) => [one.lang, one]));
}

/** Per language the revision before the shown one; a language with a single revision has none. */
export function previousRevisions(revisions: readonly Revision[], shown: readonly ShownVersion[]): ReadonlyMap<Language, Revision> {
  const found = new Map<Language, Revision>();
  for (const { lang, act } of shown) {
    const own = revisions.filter((one) => one.lang === lang);
    const before = own[own.findIndex((one) => one.act === act) - 1];
    if (before !== undefined) found.set(lang, before);
  }
  return found;
}

/** Per language the revision that the reader saw last, where it is not the one shown now. */
export function lastReadRevisions(revisions: readonly Revision[], read: Readonly<Partial<Record<Language, Hash>>>, shown: readonly ShownVersion[]): ReadonlyMap<Language, Revision> {
  const found = new Map<Language, Revision>();
  for (const { lang, act } of shown) {
    const seen = revisions.find((one) => one.lang === lang && one.act === read[lang]);
    if (seen !== undefined && seen.act !== act) found.set(lang, seen);
  }
  return found;
}
