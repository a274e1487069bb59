import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../adapters/postgres/embedded.testkit.ts';
import type { HouseOptions } from '../../../main/house.testkit.ts';
import { expectOk } from '../../../kernel/result.ts';
import { appoint, ask, counted, slicesOfTwo, type Asked, type Officer } from '../../slices.testkit.ts';
import {
  answerSuggestion, askPen, beginText, compareTexts, discardDraft, getText, givePen, listRevisions, listTexts, markConcordance, markRead, prepareStance, propose,
  saveDraft, shareDraft, suggest,
} from '../contract.ts';
import type { TextDetail } from '../views.ts';
import { getDesk } from '../../desk/contract.ts';
import { startTextOffice } from './office.ts';

let two: Asked;
let rabat: Officer;
let madrid: Officer;
let reader: Officer;

const clauses = (first: string) => [{ id: 'aaaa', number: '1', text: first }, { id: 'bbbb', number: '2', text: 'second' }];

async function begin(officer: Officer, title = 'Declaration'): Promise<string> {
  const languages = [{ lang: 'ar', authority: 'authentic' }, { lang: 'es', authority: 'authentic' }];
  return expectOk(await ask(officer, beginText, { body: { kind: 'declaration', title: { en: title, ar: 'إعلان' }, languages } })).doc;
}

async function write(officer: Officer, doc: string, lang: string, first: string, basedOnSave?: string): Promise<string> {
  const body = { title: `T ${lang}`, clauses: clauses(first), ...(basedOnSave === undefined ? {} : { basedOnSave }) };
  return expectOk(await ask(officer, saveDraft, { params: { doc, lang }, body })).savedAt;
}

async function shared(officer: Officer, title?: string): Promise<string> {
  const doc = await begin(officer, title);
  await write(officer, doc, 'ar', 'الأول');
  await write(officer, doc, 'es', 'primero');
  expectOk(await ask(officer, shareDraft, { params: { doc }, body: { languages: ['ar', 'es'] } }));
  await two.heal();
  return doc;
}

async function proposed(officer: Officer, title?: string): Promise<string> {
  const doc = await shared(officer, title);
  for (const side of [rabat, madrid]) expectOk(await ask(side, markConcordance, { params: { doc }, body: { clauses: ['aaaa', 'bbbb'] } }));
  await two.heal();
  expectOk(await ask(officer, propose, { params: { doc } }));
  await two.heal();
  return (await detail(officer, doc)).text as string;
}

async function detail(officer: Officer, id: string): Promise<TextDetail> {
  return expectOk(await ask(officer, getText, { params: { id } }));
}

async function stance(officer: Officer, text: string, kind: 'sign' | 'refuse'): Promise<void> {
  const prepared = expectOk(await ask(officer, prepareStance, { params: { text }, body: kind === 'sign' ? { stance: kind, read: text } : { stance: kind, reason: 'not yet' } }));
  const key = prepared.keys.find((one) => one.kind === 'node');
  if (key === undefined) throw new Error('the node keeps a key for this office');
  expectOk(await officer.house.node.complete(prepared.prepared, { kind: 'node', key: key.key }, { officer: officer.officer }));
}

function actions(found: TextDetail): string[] {
  return found.may.filter((one) => one.refusal === undefined).map((one) => [one.action, one.lang].filter((part) => part !== undefined).join(' '));
}

const database = await testDatabase();
const url = 'url' in database ? database.url : '';
const engines: readonly { readonly name: string; readonly skip: boolean; readonly options: HouseOptions }[] = [
  { name: 'SQLite', skip: false, options: {} },
  {
    name: `PostgreSQL${'skipped' in database ? ` (${database.skipped})` : ''}`, skip: 'skipped' in database,
    options: { engine: (party) => ({ kind: 'postgres', url, schema: `texts_${party}` }) },
  },
];

for (const { name, skip, options } of engines) describe.skipIf(skip)(name, () => joint(options));

function joint(options: HouseOptions): void {
  beforeAll(async () => {
    two = await slicesOfTwo(options);
    rabat = await appoint(two.rabat, 'Secretariat', ['draft', 'sign']);
    madrid = await appoint(two.madrid, 'Secretaría', ['draft', 'sign']);
    reader = await appoint(two.madrid, 'Auditor', ['audit']);
    await two.heal();
  });
  afterAll(() => two.close());

  test('a draft stays on the node until it is shared, and only who may draft sees it', async () => {
    const doc = await begin(madrid, 'Only here');
    const savedAt = await write(madrid, doc, 'es', 'uno');
    const local = await detail(madrid, doc);
    expect(local.state).toBe('local');
    expect(local.languages.map((one) => [one.lang, one.local?.clauses[0]?.text, one.revision])).toEqual([['ar', undefined, undefined], ['es', 'uno', undefined]]);
    expect(actions(local)).toEqual(['edit ar', 'edit es', 'share', 'discard']);
    expect(expectOk(await ask(madrid, listTexts)).rows.filter((row) => row.doc === doc).map((row) => row.state)).toEqual(['local']);
    expect(expectOk(await ask(reader, listTexts)).rows.some((row) => row.doc === doc)).toBe(false);
    expect(await ask(reader, getText, { params: { id: doc } })).toEqual({ ok: false, refusal: { code: 'text.unknown' } });
    await two.heal();
    expect(await ask(rabat, getText, { params: { id: doc } })).toEqual({ ok: false, refusal: { code: 'text.unknown' } });
    const stored = await two.madrid.node.store.read((tx) => tx.db.selectFrom('draft').selectAll().where('doc', '=', doc).execute());
    expect(stored.map((row) => [row.saved_at, Buffer.from(row.sealed).includes('uno')])).toEqual([[savedAt, false]]);
  });

  test('a save is refused when a colleague saved in between; nothing is overwritten', async () => {
    const doc = await begin(madrid);
    const first = await write(madrid, doc, 'es', 'uno');
    const second = await write(madrid, doc, 'es', 'dos', first);
    expect(second > first).toBe(true);
    for (const basedOnSave of [first, undefined]) {
      const body = { title: 'T', clauses: clauses('tres'), ...(basedOnSave === undefined ? {} : { basedOnSave }) };
      expect(await ask(madrid, saveDraft, { params: { doc, lang: 'es' }, body })).toEqual({ ok: false, refusal: { code: 'text.saved-by-other' } });
    }
    expect((await detail(madrid, doc)).languages[1]?.local?.clauses[0]?.text).toBe('dos');
  });

  test('a discarded draft is gone with its words; a shared one shows what was shared', async () => {
    const doc = await begin(madrid);
    await write(madrid, doc, 'es', 'uno');
    expect(expectOk(await ask(madrid, discardDraft, { params: { doc } }))).toEqual({ kept: false });
    expect(await ask(madrid, getText, { params: { id: doc } })).toEqual({ ok: false, refusal: { code: 'text.unknown' } });
    const kept = await shared(madrid);
    await write(madrid, kept, 'es', 'otra cosa');
    expect(expectOk(await ask(madrid, discardDraft, { params: { doc: kept } }))).toEqual({ kept: true });
    expect((await detail(madrid, kept)).languages[1]).toMatchObject({ revision: { clauses: [{ text: 'primero' }, { text: 'second' }] } });
    expect((await detail(madrid, kept)).languages[1]?.local).toBeUndefined();
  });

  test('who may not draft begins, saves, shares, proposes nothing', async () => {
    const doc = await shared(madrid);
    const no = { ok: false, refusal: { code: 'mandate.power-missing', params: { power: 'draft' } } };
    expect(await ask(reader, beginText, { body: { kind: 'declaration', title: { en: 'x' }, languages: [{ lang: 'es', authority: 'authentic' }] } })).toEqual(no);
    expect(await ask(reader, saveDraft, { params: { doc, lang: 'es' }, body: { title: 'x', clauses: clauses('x') } })).toEqual(no);
    expect(await ask(reader, shareDraft, { params: { doc }, body: { languages: ['es'] } })).toEqual(no);
    expect(await ask(reader, propose, { params: { doc } })).toEqual(no);
    expect(await ask(reader, discardDraft, { params: { doc } })).toEqual(no);
  });

  test('suggestions, their answers and the pen go to and fro', async () => {
    const doc = await shared(rabat);
    const there = await detail(madrid, doc);
    expect(there.state).toBe('drafting');
    expect(there.languages.map((one) => one.pen)).toEqual([{ party: 'dgsn', epoch: 0, askedBy: [] }, { party: 'dgsn', epoch: 0, askedBy: [] }]);
    expectOk(await ask(madrid, suggest, { params: { doc, lang: 'es' }, body: { clause: 'aaaa', words: 'mejor', reason: 'claro' } }));
    expectOk(await ask(madrid, askPen, { params: { doc, lang: 'es' } }));
    expect(await ask(madrid, suggest, { params: { doc, lang: 'es' }, body: { clause: 'zzzz', words: 'x' } })).toMatchObject({ refusal: { code: 'text.clause-unknown' } });
    await two.heal();
    const here = await detail(rabat, doc);
    const [asked] = here.suggestions;
    expect(asked).toMatchObject({ clause: 'aaaa', party: 'dgp', words: 'mejor', reason: 'claro', outcome: 'open', office: { en: 'Secretaría' } });
    expect(here.languages[1]?.pen.askedBy).toEqual(['dgp']);
    const desk = expectOk(await ask(rabat, getDesk));
    expect(desk.rows.filter((row) => row.href.startsWith(`/texts/${doc}`) && row.band === 'waiting').map((row) => row.key).toSorted()).toEqual(['pen-asked', 'suggestion']);
    expect(await ask(madrid, answerSuggestion, { params: { suggestion: asked?.act }, body: { outcome: 'taken' } })).toMatchObject({ refusal: { code: 'text.pen-not-held' } });
    expectOk(await ask(rabat, answerSuggestion, { params: { suggestion: asked?.act }, body: { outcome: 'declined', reason: 'no' } }));
    expect(await ask(rabat, answerSuggestion, { params: { suggestion: asked?.act }, body: { outcome: 'taken' } })).toMatchObject({ refusal: { code: 'text.suggestion-answered' } });
    expectOk(await ask(rabat, givePen, { params: { doc, lang: 'es' }, body: { to: 'dgp' } }));
    expect(await ask(rabat, givePen, { params: { doc, lang: 'es' }, body: { to: 'dgp' } })).toMatchObject({ refusal: { code: 'text.pen-not-held' } });
    await two.heal();
    const after = await detail(madrid, doc);
    expect(after.languages[1]?.pen).toEqual({ party: 'dgp', epoch: 1, askedBy: [] });
    expect(after.suggestions[0]).toMatchObject({ outcome: 'declined', answerReason: 'no' });
    await write(madrid, doc, 'es', 'mejor');
    expectOk(await ask(madrid, shareDraft, { params: { doc }, body: { languages: ['es'] } }));
    expect(after.history.map((item) => item.type)).toEqual(['text.draft', 'text.revise', 'text.revise', 'text.suggest', 'pen.ask', 'text.answer', 'pen.give']);
  });

  test('a mark of concordance holds until the words change on either side', async () => {
    const doc = await shared(rabat);
    expect((await detail(rabat, doc)).may.find((one) => one.action === 'propose')).toMatchObject({ refusal: 'text.concordance-missing' });
    expectOk(await ask(madrid, markConcordance, { params: { doc }, body: { clauses: ['aaaa', 'bbbb'] } }));
    await two.heal();
    const asked = async (): Promise<unknown> => expectOk(await ask(rabat, getDesk)).rows.find((row) => row.id === `concord ${doc}`);
    expect(await asked()).toMatchObject({ band: 'waiting', key: 'concord', params: { party: 'dgp', count: 2 } });
    expectOk(await ask(rabat, markConcordance, { params: { doc }, body: { clauses: ['aaaa', 'bbbb'] } }));
    expect(await asked()).toBeUndefined();
    expect((await detail(rabat, doc)).concordance).toEqual([{ clause: 'aaaa', parties: ['dgp', 'dgsn'] }, { clause: 'bbbb', parties: ['dgp', 'dgsn'] }]);
    await write(rabat, doc, 'es', 'cambiado');
    expect(await ask(rabat, propose, { params: { doc } })).toMatchObject({ refusal: { code: 'text.unshared-changes' } });
    expectOk(await ask(rabat, shareDraft, { params: { doc }, body: { languages: ['es'] } }));
    expect((await detail(rabat, doc)).concordance).toEqual([{ clause: 'aaaa', parties: [] }, { clause: 'bbbb', parties: ['dgp', 'dgsn'] }]);
    expect(await ask(rabat, propose, { params: { doc } })).toMatchObject({ refusal: { code: 'text.concordance-missing', params: { clause: 'aaaa' } } });
  });

  test('a clause without its sibling is a hole and bars proposing', async () => {
    const doc = await begin(rabat);
    await write(rabat, doc, 'ar', 'الأول');
    const body = { title: 'T es', clauses: [{ id: 'aaaa', text: 'primero' }] };
    expectOk(await ask(rabat, saveDraft, { params: { doc, lang: 'es' }, body }));
    expectOk(await ask(rabat, shareDraft, { params: { doc }, body: { languages: ['ar', 'es'] } }));
    const found = await detail(rabat, doc);
    expect(found.holes).toEqual([{ clause: 'bbbb', lang: 'es' }]);
    expect(found.may.find((one) => one.action === 'propose')).toEqual({ action: 'propose', refusal: 'text.clause-without-sibling', params: { clause: 'bbbb', lang: 'es' } });
    expect(await ask(rabat, markConcordance, { params: { doc }, body: { clauses: ['bbbb'] } })).toMatchObject({ refusal: { code: 'text.clause-without-sibling' } });
  });

  test('proposed, signed by one, concluded by both; recorded before delivered', async () => {
    const text = await proposed(rabat, 'Concluded one');
    expect((await detail(madrid, text)).state).toBe('proposed');
    expect(await ask(madrid, prepareStance, { params: { text }, body: { stance: 'sign' } })).toMatchObject({ refusal: { code: 'text.not-read' } });
    expect(await ask(madrid, prepareStance, { params: { text }, body: { stance: 'refuse' } })).toMatchObject({ refusal: { code: 'text.reason-missing' } });
    expect(await ask(reader, prepareStance, { params: { text }, body: { stance: 'sign', read: text } })).toMatchObject({ refusal: { code: 'mandate.power-missing' } });
    await stance(rabat, text, 'sign');
    const signed = await detail(rabat, text);
    expect(signed.state).toBe('partly-signed');
    expect(signed.parties.map((one) => [one.party, one.stance, one.delivered, one.offices, one.keys])).toEqual([
      ['dgp', 'none', false, [], []], ['dgsn', 'signed', false, [{ en: 'Secretariat' }], ['node']],
    ]);
    await two.heal();
    expect((await detail(rabat, text)).parties[1]?.delivered).toBe(true);
    const [waiting] = expectOk(await ask(madrid, getDesk)).rows;
    expect(waiting).toMatchObject({ band: 'waiting', key: 'sign-last', href: `/texts/${text}`, by: { party: 'dgsn', office: { en: 'Secretariat' } } });
    await stance(madrid, text, 'sign');
    await two.heal();
    for (const side of [rabat, madrid]) {
      const found = await detail(side, text);
      expect(found.state).toBe('concluded');
      expect(actions(found)).toEqual(['supersede', 'amend', 'correct', 'export']);
      expect(found.jointReference).toBe(signed.jointReference);
    }
    expect(await ask(madrid, prepareStance, { params: { text }, body: { stance: 'sign', read: text } })).toMatchObject({ refusal: { code: 'text.stance-taken' } });
    expect(expectOk(await ask(rabat, getDesk)).rows.find((row) => row.id === `new ${signed.doc}`)).toMatchObject({ key: 'new-conclusion' });
    expectOk(await ask(rabat, markRead, { params: { id: text } }));
    expect(expectOk(await ask(rabat, getDesk)).rows.some((row) => row.id === `new ${signed.doc}`)).toBe(false);
  });

  test('refused it is dead, and a new draft begins from its words', async () => {
    const text = await proposed(rabat);
    await stance(madrid, text, 'refuse');
    await two.heal();
    const dead = await detail(rabat, text);
    expect(dead.state).toBe('dead');
    expect(dead.parties[0]).toMatchObject({ stance: 'refused', reason: 'not yet' });
    expect(actions(dead)).toEqual(['begin-again', 'export']);
    const languages = [{ lang: 'ar', authority: 'authentic' }, { lang: 'es', authority: 'authentic' }];
    const again = expectOk(await ask(rabat, beginText, { body: { kind: 'declaration', title: { en: 'Again' }, languages, basedOn: text } })).doc;
    expect((await detail(rabat, again)).languages.map((one) => one.local?.clauses.map((clause) => clause.id))).toEqual([['aaaa', 'bbbb'], ['aaaa', 'bbbb']]);
    expectOk(await ask(rabat, shareDraft, { params: { doc: again }, body: { languages: ['ar', 'es'] } }));
    expect((await detail(rabat, again)).state).toBe('drafting');
    expect(await ask(rabat, beginText, { body: { kind: 'declaration', title: { en: 'x' }, languages, basedOn: '0'.repeat(64) } })).toMatchObject({ refusal: { code: 'text.base-unknown' } });
  });

  test('the node’s office registers what it sees and attests what is concluded, once, across a restart', async () => {
    const text = await proposed(rabat);
    const offices = [startTextOffice(two.rabat.node), startTextOffice(two.madrid.node)];
    for (const office of offices) await office.run();
    await two.heal();
    const row = await detail(madrid, text);
    expect(row.registers.map((one) => [one.party, one.direction, /^[A-Z]-\d{4}\/\d{4}$/.test(one.written)])).toEqual([['dgp', 'incoming', true], ['dgsn', 'outgoing', true]]);
    await stance(rabat, text, 'sign');
    await stance(madrid, text, 'sign');
    await two.heal();
    for (const office of offices) await office.run();
    for (const office of offices) await office.stop();
    await two.heal();
    const restarted = startTextOffice(two.rabat.node);
    await restarted.run();
    await restarted.stop();
    const types = (await detail(rabat, text)).history.filter((item) => item.without === undefined).map((item) => `${item.party} ${item.type}`);
    for (const party of ['dgp', 'dgsn']) {
      for (const type of ['text.register', 'text.attest']) expect(types.filter((one) => one === `${party} ${type}`)).toHaveLength(1);
    }
    const written = expectOk(await ask(rabat, listTexts)).rows.flatMap((one) => one.registers).filter((one) => one.party === 'dgsn').map((one) => `${one.direction} ${one.written}`);
    expect(new Set(written).size).toBe(written.length);
  });

  test('revisions are compared: with the one before, with the one read last, with a named one', async () => {
    const doc = await shared(madrid);
    expectOk(await ask(rabat, markRead, { params: { id: doc } }));
    for (const first of ['primero bis', 'primero ter']) {
      await write(madrid, doc, 'es', first);
      expectOk(await ask(madrid, shareDraft, { params: { doc }, body: { languages: ['es'] } }));
    }
    await two.heal();
    const revisions = expectOk(await ask(rabat, listRevisions, { params: { id: doc } })).revisions.filter((one) => one.lang === 'es');
    expect(revisions.map((one) => one.clauses[0]?.text)).toEqual(['primero', 'primero bis', 'primero ter']);
    const compared = async (query: object) => expectOk(await ask(rabat, compareTexts, { params: { id: doc, lang: 'es' }, query }));
    expect((await compared({})).from).toBe(revisions[1]?.act);
    const since = await compared({ since: 'read' });
    expect(since.from).toBe(revisions[0]?.act);
    expect(since.changes.map((change) => [change.clause, change.kind, change.text.map((piece) => piece.kind)])).toEqual([['aaaa', 'changed', ['same', 'added']], ['bbbb', 'same', ['same']]]);
    expect((await compared({ from: revisions[0]?.act, to: revisions[1]?.act })).to).toBe(revisions[1]?.act);
    expect(await ask(rabat, compareTexts, { params: { id: doc, lang: 'es' }, query: { from: '0'.repeat(64) } })).toMatchObject({ refusal: { code: 'text.revision-unknown' } });
  });

  test('the list is filtered by state, kind, reference, register number and words', async () => {
    const text = await proposed(rabat, 'Findable title');
    const found = await detail(rabat, text);
    const list = async (query: object) => expectOk(await ask(rabat, listTexts, { query })).rows.map((row) => row.doc);
    expect(await list({ state: 'proposed' })).toContain(found.doc);
    expect(await list({ state: 'concluded' })).not.toContain(found.doc);
    expect(await list({ kind: 'agreement' })).toEqual([]);
    expect(await list({ q: found.jointReference?.toLowerCase() })).toEqual([found.doc]);
    // The index follows the record: what was just written is found a moment later.
    await expect.poll(() => list({ q: 'findable' })).toEqual([found.doc]);
    await expect.poll(() => list({ q: 'والأوّل' })).toContain(found.doc);
    expect(await list({ q: 'nothing of the kind' })).toEqual([]);
  });

  test('lists and pages ask the database as often for three texts as for one', async () => {
    // Drafts of both kinds are there too, so that every query has something to find.
    await shared(rabat);
    await begin(rabat);
    const first = await proposed(rabat);
    const over = counted(rabat);
    const costs = async () => {
      const made: Record<string, number> = {};
      expectOk(await ask(over, listTexts));
      made.list = over.count();
      expectOk(await ask(over, getText, { params: { id: first } }));
      made.page = over.count();
      expectOk(await ask(over, getDesk));
      made.desk = over.count();
      return made;
    };
    over.count();
    const one = await costs();
    for (let more = 0; more < 2; more++) await proposed(rabat);
    over.count();
    expect(await costs()).toEqual(one);
    expect(one).toEqual({ list: 14, page: 24, desk: 25 });
  });
}
