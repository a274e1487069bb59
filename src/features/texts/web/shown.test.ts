import { describe, expect, test } from 'vitest';
import type { TextDetail } from '../views.ts';
import { lastReadRevisions, previousRevisions, revisionsAt, shownVersions, type Revision } from './shown.ts';

function revision(act: string, lang: 'ar' | 'es'): Revision {
  return { act, lang, party: 'dgsn', epoch: 0, at: '2026-11-23T10:42:00.000Z', title: act, clauses: [{ id: 'aaaa', text: act }] };
}
const revisions = [revision('ar1', 'ar'), revision('es1', 'es'), revision('ar2', 'ar')];
const pen = { party: 'dgsn', epoch: 0, askedBy: [] };
const shown = shownVersions({
  languages: [
    { lang: 'ar', authority: 'authentic', pen, revision: revision('ar2', 'ar'), local: { title: 'local', clauses: [], savedAt: 'x', by: {} } },
    { lang: 'es', authority: 'authentic', pen, revision: revision('es1', 'es') },
    { lang: 'fr', authority: 'working', pen, local: { title: 'Brouillon', clauses: [], savedAt: 'x', by: {} } },
    { lang: 'en', authority: 'working', pen },
  ] satisfies TextDetail['languages'],
});
const acts = (found: ReadonlyMap<string, Revision>): string => [...found].map(([lang, one]) => `${lang}:${one.act}`).join(' ');

describe('the words on the page', () => {
  test('what is shared comes before what only this node has', () => {
    expect(shown.map(({ lang, source, title }) => [lang, source, title])).toEqual([
      ['ar', 'shared', 'ar2'], ['es', 'shared', 'es1'], ['fr', 'local', 'Brouillon'], ['en', 'none', ''],
    ]);
  });

  test('a point in the history is the latest revision of each language up to it', () => {
    expect(acts(revisionsAt(revisions, 'es1'))).toBe('ar:ar1 es:es1');
    expect(acts(revisionsAt(revisions, 'ar2'))).toBe('ar:ar2 es:es1');
    expect(acts(revisionsAt(revisions, 'unknown'))).toBe('');
  });

  test('the previous draft is per language; a first revision has none', () => {
    expect(acts(previousRevisions(revisions, shown))).toBe('ar:ar1');
  });

  test('what was read last is compared only where something newer is shown', () => {
    expect(acts(lastReadRevisions(revisions, { ar: 'ar1', es: 'es1' }, shown))).toBe('ar:ar1');
    expect(acts(lastReadRevisions(revisions, {}, shown))).toBe('');
  });
});
