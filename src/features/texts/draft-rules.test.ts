/** Drafting: who may write what into a shared draft. Each act of drafting, given / when / then. */
import { beforeEach, describe, expect, test } from 'vitest';
import { domainRegistry } from '../domain-slices.ts';
import { exchange, foundSpace, freshId, partOf, type ActOptions, type TestParty } from '../../record/space.testkit.ts';
import { concord, openDraft, proposedText, readyDraft, revise, titleRef, type Draft, type DraftInput, type Revised } from './texts.testkit.ts';

let es: TestParty;
let ma: TestParty;
let parties: readonly TestParty[];
beforeEach(() => {
  parties = foundSpace(domainRegistry);
  [es, ma] = parties as [TestParty, TestParty];
});

const words = { one1: 'first', two2: 'second' };

describe('text.draft', () => {
  const open = (input: DraftInput, options: ActOptions = {}): string => openDraft(es, input, options).opened.says;
  const base = 'a'.repeat(64);
  const rows: readonly [string, string, DraftInput][] = [
    ['an id of another party', 'act.object-of-other-party', { doc: `ma.${'0'.repeat(20)}` }],
    ['the kind of charter changes', 'text.kind-reserved', { kind: 'charter' }],
    ['one language twice', 'text.language-twice', { languages: [{ lang: 'es', authority: 'authentic' }, { lang: 'es', authority: 'working' }] }],
    ['no authentic language', 'text.no-authentic-language', { languages: [{ lang: 'fr', authority: 'working' }] }],
    ['the slot of charter changes', 'text.slot-reserved', { slot: { name: 'charter', base: 'none' } }],
    ['a succession without saying what it succeeds', 'text.slot-differs', { slot: { name: 'succession', base } }],
    ['a successor outside the slot of its base', 'text.slot-differs', { relation: { relation: 'supersedes', text: base } }],
    ['a successor in the slot of another base', 'text.slot-differs', { slot: { name: 'succession', base: 'b'.repeat(64) }, relation: { relation: 'amends', text: base } }],
    ['a corrigendum that takes the succession', 'text.slot-differs', { slot: { name: 'succession', base }, relation: { relation: 'corrects', text: base } }],
    ['a base that nobody knows', 'text.base-unknown', { basedOn: base }],
  ];
  test.each(rows)('with %s has no effect: %s', (_, code, input) => {
    expect(open({})).toBe('valid');
    expect(open(input)).toBe(code);
  });

  test('takes a slot, a succession, and a refused text or a revision as its base', () => {
    expect(open({ slot: { name: 'agenda:1', base: 'none' } })).toBe('valid');
    expect(open({ slot: { name: 'succession', base }, relation: { relation: 'supersedes', text: base } })).toBe('valid');
    expect(open({ relation: { relation: 'corrects', text: base } })).toBe('valid');
    const text = proposedText(parties, ma);
    expect(open({ basedOn: text.id })).toBe('valid');
    expect(open({ basedOn: revise(es, openDraft(es), 'es', words).id })).toBe('valid');
  });

  test('opens one document once', () => {
    const { doc } = openDraft(es);
    expect(open({ doc })).toBe('text.doc-exists');
  });
});

describe('text.revise', () => {
  let draft: Draft;
  beforeEach(() => {
    draft = openDraft(es);
  });

  test('follows the last revision of its epoch, or what the giver of the pen left', () => {
    const first = revise(es, draft, 'es', words);
    expect(first.says).toBe('valid');
    expect(revise(es, draft, 'es', { one1: 'again' }).says).toBe('text.previous-differs');
    const second = revise(es, draft, 'es', { one1: 'again' }, { previous: first.id });
    expect(second.says).toBe('valid');
    expect(revise(es, draft, 'es', { one1: 'once more' }, { previous: first.id }).says).toBe('text.previous-differs');
    es.act('pen.give', { doc: draft.doc, lang: 'es', epoch: 0, to: 'ma' });
    exchange(parties);
    expect(revise(ma, draft, 'es', { one1: 'mine' }, { epoch: 1, previous: first.id }).says).toBe('text.previous-differs');
    expect(revise(ma, draft, 'es', { one1: 'mine' }, { epoch: 1 }).says).toBe('text.previous-differs');
    expect(revise(ma, draft, 'es', { one1: 'mine' }, { epoch: 1, previous: second.id }).says).toBe('valid');
  });

  test('by whom the pen was passed on without a word follows any earlier one', () => {
    const first = revise(es, draft, 'es', words);
    es.act('pen.give', { doc: draft.doc, lang: 'es', epoch: 0, to: 'ma' });
    exchange(parties);
    ma.act('pen.give', { doc: draft.doc, lang: 'es', epoch: 1, to: 'es' });
    exchange(parties);
    expect(revise(es, draft, 'es', { one1: 'x' }, { epoch: 2, previous: revise(es, openDraft(es), 'es', words).id }).says).toBe('text.previous-differs');
    expect(revise(es, draft, 'es', { one1: 'x' }, { epoch: 2, previous: first.id }).says).toBe('valid');
  });

  test('is the pen holder’s alone, in a language that the document has', () => {
    exchange(parties);
    expect(revise(ma, draft, 'es', words).says).toBe('text.pen-not-held');
    expect(revise(es, draft, 'es', words, { epoch: 1 }).says).toBe('text.pen-not-held');
    expect(revise(es, draft, 'fr', words).says).toBe('text.language-unknown');
    expect(revise(es, { doc: freshId('es') }, 'es', words).says).toBe('text.doc-unknown');
    expect(revise(es, draft, 'es', words, {}, { by: [es.signer] }).says).toBe('mandate.power-missing');
  });

  test('holds the content of a joint text, each clause once', () => {
    const body = { doc: draft.doc, lang: 'es', epoch: 0, clauses: [{ id: 'one1', tag: 'a'.repeat(32) }] };
    const content = partOf('x', 'text', 'application/vnd.alternat.text+json');
    expect(es.act('text.revise', { ...body, content: { ...content, class: 'file' } }).says).toBe('text.content-not-text');
    expect(es.act('text.revise', { ...body, content: { ...content, media: 'text/plain' } }).says).toBe('text.content-not-text');
    expect(es.act('text.revise', { ...body, content, clauses: [...body.clauses, ...body.clauses] }).says).toBe('text.clause-twice');
    expect(es.act('text.revise', { ...body, content }).says).toBe('valid');
  });

  test('stays under the scope of its document', () => {
    const scope = `body:${freshId('es')}`;
    const wide = es.officer('wide');
    es.grant(wide, ['draft'], { scopes: ['space', scope] });
    const narrow = openDraft(es, {}, { by: [wide], scope });
    expect(narrow.opened.says).toBe('valid');
    expect(revise(es, narrow, 'es', words, {}, { by: [wide] }).says).toBe('act.scope-differs');
    expect(revise(es, narrow, 'es', words, {}, { by: [wide], scope }).says).toBe('valid');
  });
});

describe('pen.give and pen.ask', () => {
  test('the pen goes to another party of the space, once per epoch', () => {
    const draft = openDraft(es);
    const give = (party: TestParty, epoch: number, to: string): string => party.act('pen.give', { doc: draft.doc, lang: 'es', epoch, to }).says;
    expect(give(es, 0, 'es')).toBe('text.pen-held-already');
    expect(give(es, 0, 'zz')).toBe('text.party-unknown');
    expect(give(es, 1, 'ma')).toBe('text.pen-not-held');
    expect(give(es, 0, 'ma')).toBe('valid');
    expect(give(es, 0, 'ma')).toBe('text.pen-not-held');
    expect(give(ma, 1, 'es')).toBe('text.doc-unknown');
    exchange(parties);
    expect(give(ma, 0, 'es')).toBe('text.pen-not-held');
    expect(give(ma, 1, 'es')).toBe('valid');
  });

  test('anybody may ask for it; that changes nothing', () => {
    const draft = openDraft(es);
    exchange(parties);
    expect(ma.act('pen.ask', { doc: draft.doc, lang: 'es' }).says).toBe('valid');
    expect(ma.act('pen.ask', { doc: draft.doc, lang: 'en' }).says).toBe('text.language-unknown');
    exchange(parties);
    expect(revise(es, draft, 'es', words).says).toBe('valid');
  });
});

describe('text.suggest and text.answer', () => {
  let draft: Draft;
  let revision: Revised;
  beforeEach(() => {
    draft = openDraft(es);
    revision = revise(es, draft, 'es', words);
    exchange(parties);
  });
  const suggestion = (change: object = {}): object => ({ doc: draft.doc, lang: 'es', clause: 'one1', revision: revision.id, words: partOf('better'), ...change });

  test('a suggestion is made against a clause of a revision that its party has seen', () => {
    expect(ma.act('text.suggest', suggestion()).says).toBe('valid');
    expect(ma.act('text.suggest', suggestion({ clause: 'nine' })).says).toBe('text.clause-unknown');
    expect(ma.act('text.suggest', suggestion({ lang: 'ar' })).says).toBe('text.revision-unknown');
    expect(ma.act('text.suggest', suggestion({ revision: 'a'.repeat(64) })).says).toBe('text.revision-unknown');
    const unseen = revise(es, draft, 'es', { one1: 'newer' }, { previous: revision.id });
    expect(ma.act('text.suggest', suggestion({ revision: unseen.id })).says).toBe('text.revision-unknown');
  });

  test('it is answered once, by who holds the pen', () => {
    const made = ma.act('text.suggest', suggestion());
    const answer = (party: TestParty, outcome = 'taken'): string => party.act('text.answer', { suggestion: made.id, outcome }).says;
    expect(answer(es)).toBe('text.suggestion-unknown');
    exchange(parties);
    expect(answer(ma)).toBe('text.pen-not-held');
    expect(answer(es, 'taken')).toBe('valid');
    expect(answer(es, 'declined')).toBe('text.suggestion-answered');
  });

  test('whoever was given the pen answers', () => {
    const made = ma.act('text.suggest', suggestion());
    es.act('pen.give', { doc: draft.doc, lang: 'es', epoch: 0, to: 'ma' });
    exchange(parties);
    expect(es.act('text.answer', { suggestion: made.id, outcome: 'taken' }).says).toBe('text.pen-not-held');
    expect(ma.act('text.answer', { suggestion: made.id, outcome: 'taken' }).says).toBe('valid');
  });
});

describe('text.concord', () => {
  test('marks clauses that stand in every authentic version', () => {
    const { draft, revisions } = readyDraft(parties, es);
    expect(concord(ma, draft, revisions).says).toBe('valid');
    expect(concord(ma, draft, revisions.slice(0, 1)).says).toBe('text.authentic-language-missing');
    expect(concord(ma, draft, revisions, ['nine']).says).toBe('text.clause-without-sibling');
    const spanish = revisions.find((one) => one.lang === 'es') as Revised;
    const arabic = revisions.find((one) => one.lang === 'ar') as Revised;
    const shorter = revise(es, draft, 'es', { one1: 'alone' }, { previous: spanish.id });
    expect(concord(es, draft, [arabic, shorter], ['one1']).says).toBe('valid');
    expect(concord(es, draft, [arabic, shorter], ['two2']).says).toBe('text.clause-without-sibling');
    expect(concord(ma, draft, [arabic, shorter], ['one1']).says).toBe('text.revision-unknown');
    expect(concord(es, draft, [{ ...arabic, id: shorter.id }, shorter], ['one1']).says).toBe('text.revision-unknown');
  });
});

test('a title is a part like any other, and kept', () => {
  openDraft(es);
  expect(es.act('part.erase', { parts: [titleRef().part], basis: 'mistake' }, { by: [es.admin] }).says).toBe('part.kept');
});
