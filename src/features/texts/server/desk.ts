/**
 * What joint texts put on a desk. Waiting: a stance of ours that is missing, an act that waits for this
 * officer's signature, and what a draft asks of us (desk-drafting.ts). New: what the other side said since
 * this officer last read.
 */
import type { ObjectId } from '../../../kernel/ids.ts';
import type { Label } from '../../../kernel/language.ts';
import { fromUtf8 } from '../../../kernel/bytes.ts';
import type { Act } from '../../../record/act.ts';
import type { Node } from '../../../node/node.ts';
import type { DeskSource } from '../../desk/server/published.ts';
import { holds, mayRead, type Reader } from '../../officers/reading.ts';
import { readable } from '../../officers/server/reading.ts';
import { byOffice, draftingRows } from './desk-drafting.ts';
import { surroundings } from './detail.ts';
import { currentOf, proposedOf, textRowsOf, type Surroundings } from './rows.ts';
import { storedLabel, storedTexts, type StoredTexts } from './stored.ts';
import type { TextRow } from '../views.ts';

type DeskRow = Awaited<ReturnType<DeskSource>>[number];

export const textsDesk: DeskSource = async ({ node, reader, now }) => {
  const around = await surroundings(node);
  const stored = await node.store.read((tx) => storedTexts(tx, reader));
  const rows = textRowsOf(stored, around);
  const titles = new Map(rows.map((row) => [row.doc, row.title as Label]));
  const found = [
    ...stanceRows(node, reader, stored, around),
    ...await preparedRows(node, reader, now, stored),
    ...await draftingRows(node, reader, titles, around, rows),
    ...await newRows(node, reader, rows, titles, around),
  ];
  // What waits is not also news.
  const waiting = new Set(found.filter((row) => row.band === 'waiting').map((row) => row.href));
  return found.filter((row) => row.band !== 'new' || !waiting.has(row.href)).map((row) => ({ ...row, ...starOf(row.href, rows) }));
};

/** What the star of the text at this address shows. */
function starOf(href: string, rows: readonly TextRow[]): Pick<DeskRow, 'star'> {
  const id = /^\/texts\/([^/#?]+)/.exec(href)?.[1];
  const row = rows.find((one) => one.doc === id || one.text === id);
  return row === undefined ? {} : { star: { state: row.state, stances: row.parties.map(({ party, stance, delivered }) => ({ party, stance, delivered })) } };
}

/** Proposals on which this party has said nothing yet, for whoever may sign. */
function stanceRows(node: Node, reader: Reader, stored: StoredTexts, around: Surroundings): DeskRow[] {
  return [...Map.groupBy(stored.proposals, (proposal) => proposal.doc).values()].flatMap((proposals) => {
    const current = currentOf(proposals.map((proposal) => proposedOf(proposal, stored, around)));
    if (current === undefined || (current.state !== 'proposed' && current.state !== 'partly-signed')) return [];
    const { proposal, parties } = current;
    if (!holds(reader, 'sign', proposal.scope) || parties.find((one) => one.party === node.party)?.stance !== 'none') return [];
    const signed = parties.find((one) => one.stance === 'signed');
    const own = proposal.party === node.party;
    return [{
      id: `stance ${proposal.text}`, band: 'waiting', key: signed === undefined ? (own ? 'sign-own' : 'sign') : 'sign-last', params: { party: signed?.party ?? proposal.party },
      labels: { title: storedLabel(proposal.title) }, by: { party: signed?.party ?? proposal.party, ...(signed?.offices[0] === undefined ? {} : { office: signed.offices[0] }) },
      at: signed?.at ?? proposal.at, href: `/texts/${proposal.text}`,
      action: { operation: 'texts.prepare-stance', params: { text: proposal.text } },
    }];
  });
}

/** Acts of several officers that wait for this one. */
async function preparedRows(node: Node, reader: Reader, now: string, stored: StoredTexts): Promise<DeskRow[]> {
  const rows = await node.store.read((tx) => tx.db.selectFrom('prepared').selectAll().where('state', '=', 'waiting').where('expires_at', '>', now).orderBy('created_at').execute());
  return rows.flatMap((row): DeskRow[] => {
    const officers = JSON.parse(row.officers) as ObjectId[];
    const signed = (JSON.parse(row.signatures) as { officer: ObjectId }[]).map(({ officer }) => officer);
    // Alone at the page: the officer has it before their eyes, it is not waiting for anybody.
    if (officers.length < 2 || !officers.includes(reader.officer) || signed.includes(reader.officer)) return [];
    const act = JSON.parse(fromUtf8(row.payload) ?? '{}') as Act<{ text?: string }>;
    if (!mayRead(reader, act.scope, 'CLEAR')) return [];
    const proposal = stored.proposals.find((one) => one.text === act.body.text);
    return [{
      id: `prepared ${row.id}`, band: 'waiting', key: row.type === 'text.refuse' ? 'cosign-refusal' : 'cosign', params: { signed: signed.length, quorum: officers.length },
      labels: { title: storedLabel(proposal?.title ?? null) }, by: { party: node.party }, at: row.created_at, dueAt: row.expires_at,
      href: act.body.text === undefined ? '/record' : `/texts/${act.body.text}`,
      action: { operation: 'signing.complete', params: { prepared: row.id } },
    }];
  });
}

const NEWS: Readonly<Record<string, string>> = {
  'text.draft': 'new-draft', 'text.revise': 'new-revision', 'pen.give': 'new-pen', 'text.answer': 'new-answer', 'text.concord': 'new-concordance',
  'text.propose': 'new-proposal', 'text.sign': 'new-signature', 'text.refuse': 'new-refusal',
};
/** News older than this is history. */
const NEWS_MAX = 60;

/** The latest thing that the other side said about each document since this officer read it. */
async function newRows(node: Node, reader: Reader, rows: readonly TextRow[], titles: ReadonlyMap<ObjectId, Label>, around: Surroundings): Promise<DeskRow[]> {
  const { events, marks, docsOf } = await node.store.read(async (tx) => ({
    events: await tx.db.selectFrom('texts_event')
      .innerJoin('leaf', (join) => join.onRef('leaf.party', '=', 'texts_event.party').onRef('leaf.idx', '=', 'texts_event.idx'))
      .selectAll('texts_event').select('leaf.seq as seq')
      .where('texts_event.party', '!=', node.party).where('without', 'is', null).where('texts_event.type', 'in', Object.keys(NEWS))
      .where(readable(reader, { scope: 'texts_event.scope' })).orderBy('leaf.seq', 'desc').limit(500).execute(),
    marks: new Map((await tx.db.selectFrom('read_mark').select(['object', 'seq']).where('officer', '=', reader.officer).execute()).map((row) => [row.object, row.seq])),
    docsOf: new Map([
      ...(await tx.db.selectFrom('texts_proposal').select(['text as key', 'doc']).execute()),
      ...(await tx.db.selectFrom('texts_suggestion').select(['act as key', 'doc']).execute()),
    ].map((row) => [row.key, row.doc])),
  }));
  const found = new Map<ObjectId, DeskRow>();
  for (const event of events) {
    const doc = event.doc ?? docsOf.get(event.text ?? event.suggestion ?? '');
    const row = rows.find((one) => one.doc === doc);
    if (doc === undefined || row === undefined || found.has(doc) || (event.seq ?? 0) <= (marks.get(doc) ?? 0)) continue;
    const concluded = event.type === 'text.sign' && row.state === 'concluded';
    found.set(doc, {
      id: `new ${doc}`, band: 'new', key: concluded ? 'new-conclusion' : NEWS[event.type] as string,
      params: { party: event.party, ...(event.lang === null ? {} : { lang: event.lang }) }, labels: { title: titles.get(doc) ?? {} },
      by: byOffice(event.party, event.offices, around), at: event.at, href: `/texts/${row.text ?? doc}`,
      action: { operation: 'texts.mark-read', params: { id: doc } },
    });
  }
  return [...found.values()].slice(0, NEWS_MAX);
}
