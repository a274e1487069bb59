/** The writing desk's state: the sheet, the steps that can be undone, what the node has of each language. Pure. */
import type { Language } from '../../../kernel/language.ts';
import type { TextDetail } from '../views.ts';
import type { VersionContent } from './changes.ts';
import { allowed } from './permission.ts';
import { contentOf, sheetOf, type Mint, type Sheet } from './sheet.ts';
import { sameClause } from './changes.ts';
import { columnsFor } from './columns.ts';
import type { StandingParty } from '../../../web/kit/standing.tsx';
import type { PartyId } from '../../../kernel/ids.ts';
import { mergeVersions, type Merged } from './merge.ts';

/** What the node has stored of one language, and when; `at` absent: nothing local yet. */
export interface Stored {
  readonly content: VersionContent;
  readonly at?: string;
}

export interface DeskState {
  readonly sheet: Sheet;
  readonly undo: readonly Sheet[];
  readonly stored: ReadonlyMap<Language, Stored>;
}

/** A colleague saved the same language meanwhile: both wordings, until a person chooses. */
export interface Collision {
  readonly lang: Language;
  /** As it was when the save was refused. */
  readonly mine: VersionContent;
  readonly theirs: VersionContent;
  readonly theirsAt: string;
  readonly merged: Merged;
}

const UNDO_MAX = 50;

/** Opens the desk on an answer: own unshared words where there are some, else the shared revision. */
export function openDesk(detail: TextDetail, parties: readonly StandingParty[], own: PartyId, mint: Mint): DeskState {
  const columns = columnsFor(detail.languages, parties, own);
  const stored = storedOf(detail);
  const versions = [...columns.authentic, ...columns.working].flatMap((lang) => {
    const language = detail.languages.find((one) => one.lang === lang);
    if (language === undefined) return [];
    const content = stored.get(lang)?.content ?? { title: detail.title[lang] ?? '', clauses: [] };
    return [{ lang, authority: language.authority, editable: allowed(detail.may, 'edit', lang), ...content }];
  });
  return { sheet: sheetOf(versions, mint), undo: [], stored };
}

/** Per language what the node has: the local save, else the shared revision. */
export function storedOf(detail: Pick<TextDetail, 'languages'>): ReadonlyMap<Language, Stored> {
  return new Map(detail.languages.flatMap(({ lang, local, revision }) => {
    if (local !== undefined) return [[lang, { content: { title: local.title, clauses: local.clauses }, at: local.savedAt }] as const];
    return revision === undefined ? [] : [[lang, { content: { title: revision.title, clauses: revision.clauses } }] as const];
  }));
}

/** A change of structure can be undone as a whole; typing is undone by the field itself. */
export function changed(state: DeskState, sheet: Sheet, structural: boolean): DeskState {
  if (sheet === state.sheet) return state;
  return { ...state, sheet, undo: structural ? [...state.undo, state.sheet].slice(-UNDO_MAX) : state.undo };
}

export function undone(state: DeskState): DeskState {
  const last = state.undo.at(-1);
  return last === undefined ? state : { ...state, sheet: last, undo: state.undo.slice(0, -1) };
}

/** Editable languages whose words differ from what the node has and can be stored (a title and a clause). */
export function unsaved(state: DeskState): Language[] {
  return state.sheet.versions.filter((version) => version.editable).map((version) => version.lang).filter((lang) => {
    const now = contentOf(state.sheet, lang);
    return isStorable(now) && !sameContent(now, state.stored.get(lang)?.content);
  });
}

export function isStorable(content: VersionContent): boolean {
  return content.title !== '' && content.clauses.length > 0;
}

/** The desk after the node confirmed `content` of `lang` at `at`; what was typed meanwhile stays unsaved. */
export function confirmed(state: DeskState, lang: Language, content: VersionContent, at: string): DeskState {
  return { ...state, stored: new Map(state.stored).set(lang, { content, at }) };
}

/** The desk with the words of one language replaced: a colleague's save, or two joined. Other languages stay. */
export function replaced(state: DeskState, lang: Language, content: VersionContent, mint: Mint): DeskState {
  const versions = state.sheet.versions.map(({ cells, ...version }) => ({
    ...version,
    ...(version.lang === lang
      ? content
      : { title: version.title, clauses: state.sheet.order.flatMap((id) => cells[id] ?? []) }),
  }));
  return changed(state, sheetOf(versions, mint), true);
}

/** The desk after a choice: built on the colleague's save; what was typed while choosing is kept over it. */
export function settled(state: DeskState, { lang, mine, theirs, theirsAt }: Collision, chosen: VersionContent, mint: Mint): DeskState {
  const { content } = mergeVersions(mine, contentOf(state.sheet, lang), chosen);
  return replaced(confirmed(state, lang, theirs, theirsAt), lang, content, mint);
}

export function sameContent(a: VersionContent, b: VersionContent | undefined): boolean {
  return b !== undefined && a.title === b.title && a.clauses.length === b.clauses.length
    && a.clauses.every((clause, at) => clause.id === b.clauses[at]?.id && sameClause(clause, b.clauses[at]));
}
