/**
 * The writing desk: holds the sheet, saves each changed language shortly after the last key, and never
 * loses words: while the node cannot take them they stay in this window and are tried again.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Language } from '../../../kernel/language.ts';
import type { Refusal } from '../../../kernel/result.ts';
import { call } from '../../../web/client.ts';
import { useStanding } from '../../../web/kit/standing.tsx';
import { getText, saveDraft } from '../contract.ts';
import type { TextDetail } from '../views.ts';
import { changed, confirmed, openDesk, replaced, sameContent, settled, storedOf, undone, unsaved, type Collision, type DeskState } from './desk-state.ts';
import { mergeVersions } from './merge.ts';
import { mintClause } from './mint-clause.ts';
import { contentOf, type Sheet } from './sheet.ts';
import type { VersionContent } from './changes.ts';

const PAUSE_MS = 1_200;
const AGAIN_MS = 8_000;

export interface Desk {
  readonly sheet: Sheet;
  readonly canUndo: boolean;
  readonly pending: readonly Language[];
  readonly saving: boolean;
  readonly savedAt: string | undefined;
  readonly refusal: Refusal | undefined;
  readonly collision: Collision | undefined;
  change(sheet: Sheet, structural?: boolean): void;
  /** Replaces the words of one language; other languages and their clause ids stay. */
  replace(lang: Language, content: VersionContent): void;
  undo(): void;
  /** Saves at once; true when nothing is left to save. */
  save(): Promise<boolean>;
  settle(content: VersionContent): void;
}

export function useDesk(detail: TextDetail): Desk {
  const { parties, party } = useStanding();
  const [state, setState] = useState<DeskState>(() => openDesk(detail, parties, party, mintClause));
  const [saving, setSaving] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const [collision, setCollision] = useState<Collision>();
  // Savings are one after the other: the second must know the time of the first.
  const latest = useRef(state);
  const running = useRef<Promise<boolean>>(Promise.resolve(true));
  useEffect(() => { latest.current = state; }, [state]);

  const update = useCallback((next: (state: DeskState) => DeskState) => {
    latest.current = next(latest.current);
    setState(latest.current);
  }, []);

  const save = useCallback(async (): Promise<boolean> => {
    const turn = running.current.then(async () => {
      setSaving(true);
      const outcome = await saveAll(detail.doc, () => latest.current, update).finally(() => setSaving(false));
      setRefusal(outcome.refusal);
      setCollision(outcome.collision);
      return outcome.refusal === undefined && outcome.collision === undefined;
    });
    running.current = turn.catch(() => false);
    return turn;
  }, [detail.doc, update]);

  const pending = unsaved(state);
  // Every change begins the pause anew.
  useEffect(() => {
    if (collision !== undefined || unsaved(state).length === 0) return undefined;
    const timer = setTimeout(() => void save(), refusal === undefined ? PAUSE_MS : AGAIN_MS);
    return () => clearTimeout(timer);
  }, [state, collision, refusal, save]);
  useKeepWindow(pending.length > 0);
  useColleague(detail, update);

  return {
    sheet: state.sheet, canUndo: state.undo.length > 0, pending, saving, refusal, collision, save,
    savedAt: [...state.stored.values()].flatMap((stored) => stored.at ?? []).toSorted().at(-1),
    change: (sheet, structural = false) => update((now) => changed(now, sheet, structural)),
    replace: (lang, content) => update((now) => replaced(now, lang, content, mintClause)),
    undo: () => update(undone),
    settle: (content) => {
      if (collision === undefined) return;
      update((now) => settled(now, collision, content, mintClause));
      setCollision(undefined);
    },
  };
}

type Outcome = { readonly refusal?: Refusal; readonly collision?: Collision };

async function saveAll(doc: string, now: () => DeskState, update: (next: (state: DeskState) => DeskState) => void): Promise<Outcome> {
  for (const lang of unsaved(now())) {
    const { title, clauses } = contentOf(now().sheet, lang);
    const stored = now().stored.get(lang);
    const result = await call(saveDraft, { params: { doc, lang }, body: { title, clauses: [...clauses], ...(stored?.at === undefined ? {} : { basedOnSave: stored.at }) } });
    if (result.ok) update((state) => confirmed(state, lang, { title, clauses }, result.value.savedAt));
    else if (result.refusal.code === 'text.saved-by-other') return collide(doc, lang, { title, clauses }, stored?.content);
    else return { refusal: result.refusal };
  }
  return {};
}

async function collide(doc: string, lang: Language, mine: VersionContent, base: VersionContent | undefined): Promise<Outcome> {
  const answer = await call(getText, { params: { id: doc } });
  if (!answer.ok) return { refusal: answer.refusal };
  const theirs = storedOf(answer.value).get(lang);
  if (theirs?.at === undefined) return { refusal: { code: 'text.saved-by-other' } };
  return { collision: { lang, mine, theirs: theirs.content, theirsAt: theirs.at, merged: mergeVersions(base, mine, theirs.content) } };
}

/** Asks before the window is closed while words are only in it. */
function useKeepWindow(unsavedWords: boolean): void {
  useEffect(() => {
    if (!unsavedWords) return undefined;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [unsavedWords]);
}

/** Takes a colleague's save over where nothing is being written here; otherwise the next save will meet it. */
function useColleague(detail: TextDetail, update: (next: (state: DeskState) => DeskState) => void): void {
  useEffect(() => {
    update((state) => {
      const open = unsaved(state);
      let next = state;
      for (const [lang, stored] of storedOf(detail)) {
        const known = next.stored.get(lang);
        const newer = stored.at !== undefined ? known?.at === undefined || stored.at > known.at : known?.at === undefined && !sameContent(stored.content, known?.content);
        if (open.includes(lang) || !newer) continue;
        next = { ...next, stored: new Map(next.stored).set(lang, stored) };
        if (!sameContent(contentOf(next.sheet, lang), stored.content)) next = replaced(next, lang, stored.content, mintClause);
      }
      return next;
    });
  }, [detail, update]);
}
