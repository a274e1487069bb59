/**
 * Drafts that wait for an answer of ours: a suggestion or a request for the pen that only the holder can
 * answer, clauses that the other side has marked as concordant and we have not.
 */
import type { ObjectId, PartyId } from '../../../kernel/ids.ts';
import type { Label, Language } from '../../../kernel/language.ts';
import type { Node } from '../../../node/node.ts';
import type { DeskSource } from '../../desk/server/published.ts';
import { holds, type Reader } from '../../officers/reading.ts';
import { readable } from '../../officers/server/reading.ts';
import { concordanceOf, penOf, waitingFor, type Give } from '../state.ts';
import type { TextRow } from '../views.ts';
import { tagsOf } from './document.ts';
import type { Surroundings } from './rows.ts';
import type { AskTable, ConcordTable, PenTable, RevisionTable, SuggestionTable } from './tables.ts';

type DeskRow = Awaited<ReturnType<DeskSource>>[number];

interface Drafts {
  readonly docs: readonly { readonly doc: ObjectId; readonly party: PartyId; readonly languages: string }[];
  readonly gives: readonly PenTable[];
  readonly asks: readonly AskTable[];
  readonly suggestions: readonly SuggestionTable[];
  readonly revisions: readonly RevisionTable[];
  readonly concords: readonly ConcordTable[];
}

export async function draftingRows(node: Node, reader: Reader, titles: ReadonlyMap<ObjectId, Label>, around: Surroundings, rows: readonly TextRow[]): Promise<DeskRow[]> {
  const open = rows.filter((row) => row.state === 'drafting' && holds(reader, 'draft', row.scope)).map((row) => row.doc);
  if (open.length === 0) return [];
  const drafts = await openDrafts(node, reader, open);
  return drafts.docs.flatMap((doc) => {
    const labels = { title: titles.get(doc.doc) ?? {} };
    const languages = JSON.parse(doc.languages) as { lang: Language; authority: string }[];
    return [
      ...languages.flatMap(({ lang }) => penRows(node.party, doc, lang, drafts, labels, around)),
      ...concordRows(node.party, doc.doc, languages.filter((one) => one.authority === 'authentic').map((one) => one.lang), drafts, labels),
    ];
  });
}

/** Six queries, however many drafts are open. */
async function openDrafts(node: Node, reader: Reader, open: readonly ObjectId[]): Promise<Drafts> {
  const mine = (table: string): ReturnType<typeof readable> => readable(reader, { scope: `${table}.scope` });
  return node.store.read(async (tx) => ({
    docs: await tx.db.selectFrom('texts_doc').select(['doc', 'party', 'languages']).where('doc', 'in', open).where(mine('texts_doc')).execute(),
    gives: await tx.db.selectFrom('texts_pen').selectAll().where('doc', 'in', open).where(mine('texts_pen')).execute(),
    asks: await tx.db.selectFrom('texts_ask').selectAll().where('doc', 'in', open).where(mine('texts_ask')).orderBy('party').orderBy('idx').execute(),
    suggestions: await tx.db.selectFrom('texts_suggestion').selectAll().where('doc', 'in', open).where(mine('texts_suggestion'))
      .where((none) => none.not(none.exists(none.selectFrom('texts_answer').select('texts_answer.act').whereRef('texts_answer.suggestion', '=', 'texts_suggestion.act')))).execute(),
    revisions: await tx.db.selectFrom('texts_revision').selectAll().where('doc', 'in', open).where(mine('texts_revision')).orderBy('epoch').orderBy('idx').execute(),
    concords: await tx.db.selectFrom('texts_concord').selectAll().where('doc', 'in', open).where(mine('texts_concord')).orderBy('party').orderBy('idx').execute(),
  }));
}

/** What the holder of one pen is asked. */
function penRows(own: PartyId, doc: Drafts['docs'][number], lang: Language, drafts: Drafts, labels: DeskRow['labels'], around: Surroundings): DeskRow[] {
  const of = <R extends { readonly doc: string; readonly lang: string }>(all: readonly R[]): readonly R[] => all.filter((one) => one.doc === doc.doc && one.lang === lang);
  const given: Give[] = of(drafts.gives).map(({ epoch, party, idx, to_party: to }) => ({ epoch, party, index: idx, to }));
  const pen = penOf(doc.party, given);
  if (pen.party !== own) return [];
  const asks = of(drafts.asks);
  const waiting = waitingFor(own, asks.map((ask) => ({ party: ask.party, index: ask.idx })), given);
  return [
    ...waiting.flatMap((party): DeskRow[] => {
      const last = asks.filter((ask) => ask.party === party).at(-1);
      return last === undefined ? [] : [{
        id: `pen ${doc.doc} ${lang} ${party}`, band: 'waiting', key: 'pen-asked', params: { party, lang }, labels, by: byOffice(party, last.offices, around), at: last.at,
        href: `/texts/${doc.doc}`, action: { operation: 'texts.give-pen', params: { doc: doc.doc, lang, to: party } },
      }];
    }),
    ...of(drafts.suggestions).map((one): DeskRow => ({
      id: `suggestion ${one.act}`, band: 'waiting', key: 'suggestion', params: { party: one.party, lang }, labels, by: byOffice(one.party, one.offices, around), at: one.at,
      href: `/texts/${doc.doc}#${one.clause}`, action: { operation: 'texts.answer-suggestion', params: { suggestion: one.act } },
    })),
  ];
}

/** One row when the other side has marked clauses, in the words shared last, that our linguist has not. */
function concordRows(own: PartyId, doc: ObjectId, authentic: readonly Language[], drafts: Drafts, labels: DeskRow['labels']): DeskRow[] {
  const revisions = drafts.revisions.filter((revision) => revision.doc === doc);
  const shown = authentic.flatMap((lang) => {
    const last = revisions.filter((revision) => revision.lang === lang).at(-1);
    return last === undefined ? [] : [{ lang, act: last.act, tags: tagsOf(last), at: last.at }];
  });
  if (authentic.length < 2 || shown.length < authentic.length) return [];
  const marks = drafts.concords.filter((mark) => mark.doc === doc).map((row) => ({
    party: row.party, clauses: JSON.parse(row.clauses) as string[], revisions: JSON.parse(row.revisions) as { lang: Language; revision: string }[],
  }));
  const tags = new Map(revisions.map((revision) => [revision.act, tagsOf(revision)]));
  const unmarked = concordanceOf(shown, marks, (act) => tags.get(act)).filter((row) => row.parties.length > 0 && !row.parties.includes(own));
  const party = unmarked[0]?.parties[0];
  if (party === undefined) return [];
  return [{
    id: `concord ${doc}`, band: 'waiting', key: 'concord', params: { party, count: unmarked.length }, labels, by: { party },
    at: shown.map((one) => one.at).sort().at(-1) as string, href: `/texts/${doc}`, action: { operation: 'texts.concord', params: { doc } },
  }];
}

export function byOffice(party: PartyId, offices: string, around: Surroundings): DeskRow['by'] {
  const [office] = JSON.parse(offices) as ObjectId[];
  return { party, ...(office === undefined ? {} : { office: around.officeLabel(office) }) };
}
