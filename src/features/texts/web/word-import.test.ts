import { expect, test } from 'vitest';
import type { Clause } from '../content.ts';
import { takenOver, type WordVersion } from './word-import.ts';

function clause(id: string, text = id): Clause {
  return { id, text };
}
function version(title: string, ...clauses: Clause[]): WordVersion {
  return { lang: 'es', title, clauses: clauses.map((one) => ({ clause: one, by: 'id', changed: true })), missing: [] };
}
const draft = { title: 'T', clauses: ['aaaa', 'bbbb', 'cccc'].map((id) => clause(id)) };

test('clauses come in the order of the document; what it lacks is kept where it stood', () => {
  const found = takenOver(draft, version('W', clause('cccc', 'C'), clause('aaaa', 'A')), new Set());
  expect(found).toEqual({ title: 'W', clauses: [clause('cccc', 'C'), clause('aaaa', 'A'), clause('bbbb')] });
});

test('what was marked to be left out is left out', () => {
  expect(takenOver(draft, version('', clause('aaaa', 'A')), new Set(['bbbb'])).clauses.map((one) => one.id)).toEqual(['aaaa', 'cccc']);
});

test('a document without a title leaves the title of the draft', () => {
  expect(takenOver(draft, version(' ', clause('aaaa')), new Set()).title).toBe('T');
});
