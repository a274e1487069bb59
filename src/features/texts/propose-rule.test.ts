/** What may be proposed: frozen revisions, aligned, in every authentic language, marked by every party. */
import { beforeEach, describe, expect, test } from 'vitest';
import { domainRegistry } from '../domain-slices.ts';
import type { Language } from '../../kernel/language.ts';
import { exchange, foundSpace, freshId, partOf, TestParty } from '../../record/space.testkit.ts';
import { conclusionEverywhere, openDraft, concord, propose, proposeBody, proposedText, readyDraft, refuse, revise, sign, type Draft, type Revised } from './texts.testkit.ts';

let es: TestParty;
let ma: TestParty;
let parties: readonly TestParty[];
beforeEach(() => {
  parties = foundSpace(domainRegistry);
  [es, ma] = parties as [TestParty, TestParty];
});

const words = { one1: 'first', two2: 'second' };

describe('text.propose', () => {
  let draft: Draft;
  let revisions: Revised[];
  beforeEach(() => {
    ({ draft, revisions } = readyDraft(parties, es));
  });
  const withBody = (change: (body: Record<string, never>) => object): string => es.act('text.propose', change(proposeBody(draft, revisions) as Record<string, never>)).says;

  test('by either party freezes the content; the same draft may be proposed again', () => {
    expect(propose(es, draft, revisions).says).toBe('valid');
    expect(propose(ma, draft, revisions).says).toBe('valid');
    expect(propose(es, draft, revisions, {}, { at: '2026-11-24T09:00:00.000Z' }).says).toBe('valid');
  });

  const rows: readonly [string, string, (body: Record<string, unknown> & { content: Record<string, unknown>[] }) => object][] = [
    ['a kind that is not the draft’s', 'text.kind-differs', (body) => ({ ...body, kind: 'agreement' })],
    ['a slot that the draft lacks', 'text.slot-differs', (body) => ({ ...body, slot: { name: 'agenda:1', base: 'none' } })],
    ['a relation that the draft lacks', 'text.slot-differs', (body) => ({ ...body, relation: { relation: 'corrects', text: 'a'.repeat(64) } })],
    ['one language only', 'text.authentic-language-missing', (body) => ({ ...body, content: body.content.slice(0, 1) })],
    ['a language twice', 'text.language-twice', (body) => ({ ...body, content: [body.content[0], body.content[0]] })],
    ['a language with another authority', 'text.language-unknown', (body) => ({ ...body, content: body.content.map((one, i) => (i === 0 ? { ...one, authority: 'working' } : one)) })],
    ['a language that the draft lacks', 'text.language-unknown', (body) => ({ ...body, content: [...body.content, { ...body.content[0], lang: 'fr' }] })],
    ['an unknown revision', 'text.revision-unknown', (body) => ({ ...body, content: body.content.map((one) => ({ ...one, revision: 'a'.repeat(64) })) })],
    ['the revision of the other language', 'text.revision-unknown', (body) => ({ ...body, content: body.content.map((one) => ({ ...one, revision: body.content[0]?.['revision'] })) })],
    ['content that is not the revision’s', 'text.content-differs', (body) => ({ ...body, content: body.content.map((one) => ({ ...one, content: partOf('other') })) })],
    ['a clause left out', 'text.clause-without-sibling', (body) => ({ ...body, clauses: ['one1'] })],
    ['a clause that no version has', 'text.clause-without-sibling', (body) => ({ ...body, clauses: ['one1', 'two2', 'three'] })],
    ['a clause twice', 'text.clause-twice', (body) => ({ ...body, clauses: ['one1', 'one1'] })],
    ['its clauses in another order', 'text.clauses-in-other-order', (body) => ({ ...body, clauses: ['two2', 'one1'] })],
    ['a charter that is not concluded', 'text.charter-not-concluded', (body) => ({ ...body, charter: 'a'.repeat(64) })],
    ['an unknown document', 'text.doc-unknown', (body) => ({ ...body, doc: freshId('es') })],
  ];
  test.each(rows)('with %s has no effect: %s', (_, code, change) => {
    expect(withBody(change as never)).toBe(code);
    expect(withBody((body) => body)).toBe('valid');
  });

  test('needs every party’s mark on every clause in its present words; an edit on either side unmarks the clause, and only it', () => {
    const [arabic, spanish] = [...revisions].sort((a, b) => (a.lang < b.lang ? -1 : 1)) as [Revised, Revised];
    const edited = revise(es, draft, 'es', { ...words, two2: 'second, edited' }, { previous: spanish.id });
    const now = [arabic, edited];
    expect(propose(es, draft, now).decision).toMatchObject({ verdict: { code: 'text.concordance-missing', params: { party: 'es', clause: 'two2' } } });
    concord(es, draft, now, ['two2']);
    expect(propose(es, draft, now).decision).toMatchObject({ verdict: { code: 'text.concordance-missing', params: { party: 'ma', clause: 'two2' } } });
    exchange(parties);
    concord(ma, draft, now, ['two2']);
    expect(propose(es, draft, now).says).toBe('text.concordance-missing');
    exchange(parties);
    expect(propose(es, draft, now).says).toBe('valid');
    expect(propose(es, draft, revisions).says).toBe('valid');
  });

  test('knows a revision by the cut: one that its party has not seen is none', () => {
    const spanish = revisions.find((one) => one.lang === 'es') as Revised;
    const unseen = revise(es, draft, 'es', words, { previous: spanish.id });
    expect(propose(ma, draft, revisions.map((one) => (one.lang === 'es' ? unseen : one))).says).toBe('text.revision-unknown');
  });
});

describe('working translations', () => {
  const languages = [{ lang: 'ar', authority: 'authentic' }, { lang: 'es', authority: 'authentic' }, { lang: 'fr', authority: 'working' }] as const;
  const draftWith = (french: Readonly<Record<string, string>>): { draft: Draft; revisions: Revised[] } => {
    const draft = openDraft(es, { languages });
    const revisions = (['ar', 'es'] as Language[]).map((lang) => revise(es, draft, lang, words));
    exchange(parties);
    for (const party of parties) concord(party, draft, revisions);
    exchange(parties);
    return { draft, revisions: [...revisions, revise(es, draft, 'fr', french)] };
  };

  test('may be unfinished, but hold no clause of their own', () => {
    const part = draftWith({ one1: 'premier' });
    expect(propose(es, part.draft, part.revisions, { working: ['fr'] }).says).toBe('valid');
    const more = draftWith({ one1: 'premier', nine: 'de trop' });
    expect(propose(es, more.draft, more.revisions, { working: ['fr'] }).says).toBe('text.clause-without-sibling');
  });

  test('cannot be passed off as authentic', () => {
    const draft = openDraft(es, { languages: languages.map(({ lang }) => ({ lang, authority: 'authentic' })) });
    const revisions = languages.map(({ lang }) => revise(es, draft, lang, words));
    exchange(parties);
    for (const party of parties) concord(party, draft, revisions);
    exchange(parties);
    expect(propose(es, draft, revisions).says).toBe('text.language-not-authentic');
  });
});

describe('what follows a text', () => {
  const concluded = (slot?: { name: string; base: string }): string => {
    const text = proposedText(parties, es, slot === undefined ? {} : { slot });
    for (const party of parties) sign(party, text.id);
    exchange(parties);
    return text.id;
  };

  test('the next version of a slot rests on the concluded one before it, of the same slot', () => {
    const first = concluded({ name: 'agenda:1', base: 'none' });
    const next = readyDraft(parties, ma, { slot: { name: 'agenda:1', base: first } });
    expect(propose(ma, next.draft, next.revisions).says).toBe('valid');
    const elsewhere = readyDraft(parties, ma, { slot: { name: 'agenda:2', base: first } });
    expect(propose(ma, elsewhere.draft, elsewhere.revisions).says).toBe('text.slot-differs');
    const open = proposedText(parties, es, { slot: { name: 'agenda:3', base: 'none' } });
    const early = readyDraft(parties, ma, { slot: { name: 'agenda:3', base: open.id } });
    expect(propose(ma, early.draft, early.revisions).says).toBe('text.base-not-concluded');
  });

  test('of two successors one is concluded; a corrigendum takes no place', () => {
    const base = concluded();
    const place = { slot: { name: 'succession', base }, relation: { relation: 'supersedes', text: base } };
    const [a, b] = [proposedText(parties, es, place), proposedText(parties, ma, { ...place, relation: { relation: 'amends', text: base } })];
    const corrigendum = proposedText(parties, es, { relation: { relation: 'corrects', text: base } });
    for (const party of parties) {
      expect(sign(party, a.id).says).toBe('valid');
      expect(sign(party, b.id).says).toBe('text.slot-taken');
      expect(sign(party, corrigendum.id).says).toBe('valid');
    }
    exchange(parties);
    expect([a, b, corrigendum].map((one) => conclusionEverywhere(parties, one.id))).toEqual(['concluded', 'open', 'concluded']);
  });

  test('nothing succeeds or corrects a text that was refused', () => {
    const dead = proposedText(parties, es);
    refuse(ma, dead.id);
    exchange(parties);
    const after = readyDraft(parties, es, { relation: { relation: 'corrects', text: dead.id } });
    expect(propose(es, after.draft, after.revisions).says).toBe('text.base-not-concluded');
  });
});
