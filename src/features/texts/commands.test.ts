/** From what an officer does to acts that the rules accept, on both sides of the table. */
import { beforeEach, describe, expect, test } from 'vitest';
import { createHash } from 'node:crypto';
import { domainRegistry } from '../domain-slices.ts';
import type { Bytes } from '../../kernel/bytes.ts';
import { objectId, type Hash } from '../../kernel/ids.ts';
import { expectOk, type Result } from '../../kernel/result.ts';
import type { ActDraft, Mint } from '../../node/node.ts';
import { parseCanonical } from '../../record/json.ts';
import { commitment } from '../../record/part.ts';
import { AT, engine, exchange, foundSpace, type ActOptions, type Done, type TestParty } from '../../record/space.testkit.ts';
import {
  answerSuggestion, askPen, givePen, markConcordance, placeAfter, propose, refuseText, registerText, shareDraft, signText, suggest,
  type DocView, type Means, type ProposeInput, type VersionView, type Written,
} from './commands.ts';
import { content, type Content } from './content.ts';
import { conclusionEverywhere } from './texts.testkit.ts';

/** Numbers instead of randomness: a test says the same every time. */
function mintFor(party: string): Mint {
  let n = 0;
  const random = (size: number): Bytes => new Uint8Array(createHash('sha512').update(`${party} ${n++}`).digest().subarray(0, size)) as Bytes;
  return {
    id: () => objectId(party, random(13)),
    now: () => AT,
    random,
    part(kind, media, bytes, audience) {
      const salt = random(32);
      const plaintext = new Uint8Array(bytes) as Bytes;
      return { ref: { part: commitment(engine, salt, plaintext), class: kind, media, size: plaintext.length, ...(audience === undefined ? {} : { audience: [...audience] }) }, salt, plaintext };
    },
  };
}

const sha256 = (bytes: Uint8Array): Bytes => engine.sha256(bytes);
let es: TestParty;
let ma: TestParty;
let parties: readonly TestParty[];
let ours: Means;
let theirs: Means;

beforeEach(() => {
  parties = foundSpace(domainRegistry);
  [es, ma] = parties as [TestParty, TestParty];
  ours = { party: 'es', mint: mintFor('es'), sha256 };
  theirs = { party: 'ma', mint: mintFor('ma'), sha256 };
});

function record(party: TestParty, drafts: Result<readonly ActDraft[]> | ActDraft, options: ActOptions = {}): readonly Done[] {
  const acts = 'ok' in drafts ? expectOk(drafts) : [drafts];
  return acts.map((draft) => {
    const done = party.act(draft.type, draft.body, { scope: draft.scope, v: draft.v, ...options });
    expect(done.says, draft.type).toBe('valid');
    return done;
  });
}

const clauses = [{ id: 'one1', number: '1', text: 'First.' }, { id: 'two2', text: 'Second.' }];
const written: readonly Written[] = [{ lang: 'ar', title: 'عنوان', clauses: [{ id: 'one1', text: 'أول' }, { id: 'two2', text: 'ثان' }] }, { lang: 'es', title: 'Título', clauses }];

function viewOf(change: Partial<DocView> = {}): DocView {
  const version = (lang: 'ar' | 'es'): VersionView => ({ lang, authority: 'authentic', pen: { party: 'es', epoch: 0 } });
  return { doc: 'es.00000000000000000001', kind: 'declaration', scope: 'space', title: { es: 'Título', ar: 'عنوان' }, versions: [version('ar'), version('es')], shared: false, ...change };
}

/** The view after these acts were recorded, as a projection would give it. */
function after(view: DocView, drafts: readonly ActDraft[], done: readonly Done[]): DocView {
  const versions = view.versions.map((version) => {
    const at = drafts.findLastIndex((draft) => draft.type === 'text.revise' && draft.body['lang'] === version.lang);
    const part = drafts[at]?.parts[0];
    if (part === undefined) return version;
    return { ...version, latest: { act: (done[at] as Done).id, ref: part.ref, content: content.parse(expectOk(parseCanonical(part.plaintext))) as Content } };
  });
  return { ...view, versions, shared: true };
}

function share(view: DocView, words: readonly Written[] = written): DocView {
  const drafts = expectOk(shareDraft(view, words, ours));
  return after(view, drafts, record(es, { ok: true, value: drafts }));
}

function refusalOf(result: Result<unknown>): string {
  return result.ok ? 'ok' : result.refusal.code;
}

const proposal = (change: Partial<ProposeInput> = {}): ProposeInput => ({
  charter: 'genesis', authentic: ['ar', 'es'], parties: ['es', 'ma'], unshared: [],
  concordance: clauses.map((clause) => ({ clause: clause.id, parties: ['es', 'ma'] })), ...change,
});

test('from the first words to the last signature', () => {
  const view = share(viewOf());
  exchange(parties);
  const [suggested] = record(ma, suggest(view, { lang: 'es', clause: 'two2', words: 'Second, better.', reason: 'clearer' }, theirs));
  exchange(parties);
  record(es, answerSuggestion(view, { act: (suggested as Done).id, lang: 'es', outcome: 'open' }, { outcome: 'taken' }, ours));
  const edited = share(view, [{ lang: 'es', title: 'Título', clauses: [clauses[0] as (typeof clauses)[number], { id: 'two2', text: 'Second, better.' }] }]);
  exchange(parties);
  for (const party of parties) record(party, markConcordance(edited, ['one1', 'two2']));
  exchange(parties);
  const [text] = record(es, propose(edited, proposal(), ours)) as [Done];
  exchange(parties);
  record(es, signText({ text: text.id, scope: 'space' }, undefined, ours), { by: [es.signer] });
  record(ma, signText({ text: text.id, scope: 'space' }, 'as agreed', theirs), { by: [ma.signer] });
  exchange(parties);
  expect(conclusionEverywhere(parties, text.id)).toBe('concluded');
  record(es, registerText({ text: text.id, scope: 'space' }, { direction: 'outgoing', year: 2026, number: 1, written: 'S-1/2026' }));
});

describe('sharing', () => {
  test('opens the draft once, then records only what changed', () => {
    const first = expectOk(shareDraft(viewOf(), written, ours));
    expect(first.map((draft) => draft.type)).toEqual(['text.draft', 'text.revise', 'text.revise']);
    const view = share(viewOf());
    expect(refusalOf(shareDraft(view, written, ours))).toBe('text.nothing-to-share');
    const again = expectOk(shareDraft(view, [{ lang: 'es', title: 'Otro', clauses }, written[0] as Written], ours));
    expect(again.map((draft) => [draft.type, draft.body['lang']])).toEqual([['text.revise', 'es']]);
    record(es, { ok: true, value: again });
  });

  test('keeps the salt of the document, so that a clause in the same words keeps its tag', () => {
    const view = share(viewOf());
    const [next] = expectOk(shareDraft(view, [{ lang: 'es', title: 'Otro', clauses }], ours)) as [ActDraft];
    const before = view.versions.find((version) => version.lang === 'es')?.latest?.content;
    expect((expectOk(parseCanonical(next.parts[0]?.plaintext as Bytes)) as { salt: string }).salt).toBe(before?.salt);
    const other = expectOk(shareDraft(viewOf({ doc: 'es.00000000000000000002' }), written, ours));
    expect(other[2]?.body['clauses']).not.toEqual(next.body['clauses']);
  });

  const hidden: readonly [string, string][] = [['a bidi control', '\u202eabc'], ['a zero-width space', 'a\u200bb'], ['a tabulator', 'a\tb'], ['letters that are not composed', 'e\u0301']];
  test.each(hidden)('refuses %s: what the eye does not see is not signed', (_, text) => {
    const result = shareDraft(viewOf(), [{ lang: 'es', title: 'Título', clauses: [{ id: 'one1', text }] }], ours);
    expect(result).toEqual({ ok: false, refusal: { code: 'text.characters-hidden', params: { lang: 'es', clause: 'one1' } } });
  });

  test('refuses who does not hold the pen, and a language that the document lacks', () => {
    expect(refusalOf(shareDraft(viewOf(), written, theirs))).toBe('text.pen-not-held');
    expect(refusalOf(shareDraft(viewOf(), [{ lang: 'fr', title: 'T', clauses }], ours))).toBe('text.language-unknown');
  });
});

describe('pen, suggestions and marks', () => {
  test('the pen is given to the other, asked for by the other', () => {
    const view = share(viewOf());
    expect(refusalOf(givePen(view, 'es', 'es', ours))).toBe('text.pen-held-already');
    expect(refusalOf(givePen(view, 'es', 'es', theirs))).toBe('text.pen-not-held');
    expect(refusalOf(askPen(view, 'es', ours))).toBe('text.pen-held-already');
    exchange(parties);
    record(ma, askPen(view, 'es', theirs));
    record(es, givePen(view, 'es', 'ma', ours));
  });

  test('a suggestion needs a clause that was shared', () => {
    expect(refusalOf(suggest(viewOf(), { lang: 'es', clause: 'one1', words: 'x' }, theirs))).toBe('text.clause-unknown');
    expect(refusalOf(suggest(share(viewOf()), { lang: 'es', clause: 'nine', words: 'x' }, theirs))).toBe('text.clause-unknown');
    expect(refusalOf(suggest(share(viewOf({ doc: 'es.00000000000000000003' })), { lang: 'es', clause: 'one1', words: 'x\u200by' }, theirs))).toBe('text.characters-hidden');
  });

  test('an answered suggestion is not answered again, nor by who lacks the pen', () => {
    const view = share(viewOf());
    const open = { act: 'a'.repeat(64) as Hash, lang: 'es', outcome: 'open' } as const;
    expect(refusalOf(answerSuggestion(view, { ...open, outcome: 'taken' }, { outcome: 'declined' }, ours))).toBe('text.suggestion-answered');
    expect(refusalOf(answerSuggestion(view, open, { outcome: 'declined' }, theirs))).toBe('text.pen-not-held');
  });

  test('a mark needs the clause in every authentic version', () => {
    expect(refusalOf(markConcordance(share(viewOf()), ['nine']))).toBe('text.clause-without-sibling');
    expect(refusalOf(markConcordance(viewOf(), ['one1']))).toBe('text.clause-without-sibling');
  });
});

describe('proposing', () => {
  test('says in the words of the form what is missing', () => {
    const view = share(viewOf());
    expect(refusalOf(propose(view, proposal({ unshared: ['es'] }), ours))).toBe('text.unshared-changes');
    expect(refusalOf(propose(view, proposal({ authentic: ['ar', 'es', 'fr'] }), ours))).toBe('text.authentic-language-missing');
    expect(refusalOf(propose(view, proposal({ concordance: [{ clause: 'one1', parties: ['es', 'ma'] }] }), ours))).toBe('text.concordance-missing');
    expect(refusalOf(propose(view, proposal({ concordance: clauses.map((clause) => ({ clause: clause.id, parties: ['es'] })) }), ours))).toBe('text.concordance-missing');
    const uneven = share(viewOf({ doc: 'es.00000000000000000004' }), [written[0] as Written, { lang: 'es', title: 'T', clauses: clauses.slice(0, 1) }]);
    expect(refusalOf(propose(uneven, proposal(), ours))).toBe('text.clause-without-sibling');
  });

  test('a refusal gives its reason, in a part', () => {
    const draft = refuseText({ text: 'a'.repeat(64), scope: 'space' }, 'no agreement', ours);
    expect(draft.parts.map((part) => part.ref)).toEqual([draft.body['reason']]);
  });

  test('a successor takes the succession of its base, a corrigendum takes nothing', () => {
    const base = 'a'.repeat(64);
    expect(placeAfter(base, 'supersedes')).toEqual({ slot: { name: 'succession', base }, relation: { relation: 'supersedes', text: base } });
    expect(placeAfter(base, 'corrects')).toEqual({ relation: { relation: 'corrects', text: base } });
  });
});
