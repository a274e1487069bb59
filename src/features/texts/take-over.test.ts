import { describe, expect, it } from 'vitest';
import { takeOver } from './take-over.ts';

const draft = [
  { id: 'aaaa', number: '1', text: 'uno' },
  { id: 'bbbb', number: '2', text: 'dos' },
];
const mint = (): (() => string) => {
  let next = 0;
  return () => `new${next++}`;
};

describe('taking a document over into a draft', () => {
  it('matches by id first, wherever the clause stands now', () => {
    const taken = takeOver('es', 't', [{ id: 'bbbb', text: 'dos' }, { id: 'aaaa', text: 'uno!' }], draft, mint());
    expect(taken.clauses.map((one) => [one.clause.id, one.by, one.changed])).toEqual([['bbbb', 'id', false], ['aaaa', 'id', true]]);
    expect(taken.missing).toEqual([]);
  });
  it('matches by printed number when there is no id', () => {
    const taken = takeOver('es', 't', [{ number: '2', text: 'dos y medio' }, { number: '3', text: 'tres' }], draft, mint());
    expect(taken.clauses.map((one) => [one.clause.id, one.by])).toEqual([['bbbb', 'number'], ['new0', 'new']]);
    expect(taken.missing.map((one) => one.id)).toEqual(['aaaa']);
  });
  it('matches by place only when counts agree and nothing else is known', () => {
    expect(takeOver('es', 't', [{ text: 'x' }, { text: 'y' }], draft, mint()).clauses.map((one) => [one.clause.id, one.by])).toEqual([['aaaa', 'place'], ['bbbb', 'place']]);
    expect(takeOver('es', 't', [{ text: 'x' }], draft, mint()).clauses.map((one) => one.by)).toEqual(['new']);
  });
  it('never gives one clause of the draft to two of the document', () => {
    const taken = takeOver('es', 't', [{ id: 'aaaa', text: 'a' }, { id: 'aaaa', text: 'b' }], draft, mint());
    expect(taken.clauses.map((one) => one.clause.id)).toEqual(['aaaa', 'new0']);
  });
});
