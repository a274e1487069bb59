import { describe, expect, test } from 'vitest';
import type { StandingParty } from '../../../web/kit/standing.tsx';
import type { Clause } from '../content.ts';
import type { TextDetail } from '../views.ts';
import { changed, confirmed, openDesk, replaced, settled, storedOf, undone, unsaved, type DeskState } from './desk-state.ts';
import { mergeVersions } from './merge.ts';
import { contentOf, insertRow, setCell, setTitle } from './sheet.ts';

const parties: StandingParty[] = [
  { id: 'dgp', name: {}, short: {}, country: 'ES', language: 'es', zone: 'Europe/Madrid' },
  { id: 'dgsn', name: {}, short: {}, country: 'MA', language: 'ar', zone: 'Africa/Casablanca' },
];
const clauses = (...ids: string[]): Clause[] => ids.map((id) => ({ id, text: id }));
const at = '2026-11-23T10:42:00.000Z';
const mint = (): string => 'minted00';

function detail(languages: TextDetail['languages'], may: TextDetail['may']): TextDetail {
  return {
    doc: 'dgsn.00000000000000000000', kind: 'note', title: { es: 'Nota' }, state: 'drafting', parties: [], registers: [], scope: 'space', changedAt: at,
    languages, may, concordance: [], holes: [], suggestions: [], history: [], proposals: [],
  };
}
const pen = { party: 'dgsn', epoch: 0, askedBy: [] };
const revision = (lang: 'ar' | 'es', ...ids: string[]) => ({ act: `${lang}1`, lang, party: 'dgsn', epoch: 0, at, clauses: clauses(...ids), title: lang });

function open(): DeskState {
  return openDesk(detail([
    { lang: 'es', authority: 'authentic', pen, revision: revision('es', 'aaaa') },
    { lang: 'ar', authority: 'authentic', pen, revision: revision('ar', 'aaaa'), local: { title: 'local', clauses: clauses('aaaa', 'bbbb'), savedAt: at, by: {} } },
  ], [{ action: 'edit', lang: 'ar' }, { action: 'edit', lang: 'es', refusal: 'text.pen-not-held' }]), parties, 'dgsn', mint);
}

describe('the writing desk', () => {
  test('opens with own unshared words before the shared ones, own language first, and only held pens open', () => {
    const desk = open();
    expect(desk.sheet.versions.map(({ lang, editable, title }) => [lang, editable, title])).toEqual([['ar', true, 'local'], ['es', false, 'es']]);
    expect(desk.sheet.order).toEqual(['aaaa', 'bbbb']);
    expect(unsaved(desk)).toEqual([]);
  });

  test('a text with nothing written begins with its title and one row', () => {
    const desk = openDesk(detail([{ lang: 'es', authority: 'authentic', pen }], [{ action: 'edit', lang: 'es' }]), parties, 'dgsn', mint);
    expect([desk.sheet.order, desk.sheet.versions[0]?.title, unsaved(desk)]).toEqual([['minted00'], 'Nota', []]);
  });

  test('typed words are unsaved until the node confirms exactly them', () => {
    const typed = changed(open(), setCell(open().sheet, 'ar', 'bbbb', { text: 'new' }), false);
    expect(unsaved(typed)).toEqual(['ar']);
    const sent = contentOf(typed.sheet, 'ar');
    expect(unsaved(confirmed(typed, 'ar', sent, 'later'))).toEqual([]);
    const meanwhile = changed(typed, setCell(typed.sheet, 'ar', 'bbbb', { text: 'newer' }), false);
    expect(unsaved(confirmed(meanwhile, 'ar', sent, 'later'))).toEqual(['ar']);
  });

  test('an empty row alone is nothing to save, and neither is a version without a title', () => {
    const desk = open();
    expect(unsaved(changed(desk, insertRow(desk.sheet, 'aaaa', 'cccc'), true))).toEqual([]);
    expect(unsaved(changed(desk, setTitle(desk.sheet, 'ar', ' '), false))).toEqual([]);
  });

  test('steps of structure are undone as a whole; typing is not one', () => {
    const desk = open();
    const inserted = changed(desk, insertRow(desk.sheet, 'aaaa', 'cccc'), true);
    const typed = changed(inserted, setCell(inserted.sheet, 'ar', 'cccc', { text: 'x' }), false);
    expect(typed.undo).toHaveLength(1);
    expect(undone(typed).sheet).toBe(desk.sheet);
    expect(undone(desk)).toBe(desk);
  });

  test("a colleague's words replace one language and leave the rows of the others", () => {
    const taken = replaced(open(), 'ar', { title: 'theirs', clauses: clauses('bbbb', 'aaaa', 'dddd') }, mint);
    expect(taken.sheet.order).toEqual(['bbbb', 'aaaa', 'dddd']);
    expect(contentOf(taken.sheet, 'ar')).toEqual({ title: 'theirs', clauses: clauses('bbbb', 'aaaa', 'dddd'), notes: [] });
    expect(contentOf(taken.sheet, 'es').clauses).toEqual(clauses('aaaa'));
  });

  test('a choice between two wordings keeps what was typed while choosing', () => {
    const words = (a: string, b: string) => ({ title: 'local', clauses: [{ id: 'aaaa', text: a }, { id: 'bbbb', text: b }] });
    const [mine, theirs] = [words('mine', 'b'), words('theirs', 'b')];
    const typed = changed(open(), setCell(setCell(open().sheet, 'ar', 'aaaa', { text: 'mine' }), 'ar', 'bbbb', { text: 'typed since' }), false);
    const collision = { lang: 'ar' as const, mine, theirs, theirsAt: 'later', merged: mergeVersions(words('a', 'b'), mine, theirs) };
    const desk = settled(typed, collision, theirs, mint);
    expect(contentOf(desk.sheet, 'ar').clauses).toEqual(words('theirs', 'typed since').clauses);
    expect(desk.stored.get('ar')).toEqual({ content: theirs, at: 'later' });
    expect(unsaved(desk)).toEqual(['ar']);
  });

  test('what the node has is the local save with its time, else the shared words without one', () => {
    expect([...storedOf(detail([
      { lang: 'es', authority: 'authentic', pen, revision: revision('es', 'aaaa') },
      { lang: 'ar', authority: 'authentic', pen, local: { title: 'l', clauses: [], savedAt: at, by: {} } },
      { lang: 'fr', authority: 'working', pen },
    ], []))].map(([lang, stored]) => [lang, stored.content.title, stored.at])).toEqual([['es', 'es', undefined], ['ar', 'l', at]]);
  });
});
