/** The page of one joint text: its versions side by side, what holds between them, what happened, what may be done. */
import type { Hash, ObjectId, PartyId } from '../../../kernel/ids.ts';
import type { Label, Language } from '../../../kernel/language.ts';
import { askAsync } from '../../../record/decide.ts';
import { CHARTER_SLOT, heldBy } from '../../../record/stances.ts';
import type { Node } from '../../../node/node.ts';
import { holds, type Reader } from '../../officers/reading.ts';
import { officeHeldBy, officeTitles } from '../../officers/server/published.ts';
import { permissionsOf, type Situation } from '../permissions.ts';
import { concordanceOf, holesOf, waitingFor, type ShownRevision } from '../state.ts';
import type { TextDetail } from '../views.ts';
import { contentOf, placeOf, tagsOf, versionsOf, type LanguageVersion, type LoadedDoc, type SharedDoc } from './document.ts';
import type { BegunDoc } from './drafts.ts';
import { currentOf, noStances, proposedOf, textRowOf, type Proposed, type Surroundings } from './rows.ts';
import { storedCharters, storedDelivery } from './stored.ts';
import type { RevisionTable } from './tables.ts';

export async function surroundings(node: Node): Promise<Surroundings> {
  const { charter } = await node.charter();
  const [charters, delivered] = await node.store.read(async (tx) => [await storedCharters(tx), await storedDelivery(tx, node.party)] as const);
  const offices = await officeTitles(node);
  return { charter, charters, delivered, officeLabel: (office) => offices.get(office)?.title ?? {} };
}

/** The detail of a document as the reader may see it. */
export async function textDetailOf(node: Node, reader: Reader, loaded: LoadedDoc): Promise<TextDetail> {
  const around = await surroundings(node);
  if (loaded.shared === undefined) return localDetail(node, reader, loaded, loaded.begun as BegunDoc, around);
  const { shared } = loaded;
  const proposals = shared.stored.proposals.map((proposal) => proposedOf(proposal, shared.stored, around));
  const shown = shownProposal(shared, proposals, loaded.asked);
  const versions = versionsOf(shared);
  const revisions = new Map(versions.map((version) => [version.lang, shownRevision(version, shown)]));
  const authentic = versions.filter((version) => version.authority === 'authentic').map((version) => version.lang);
  const frozen = shownTags(revisions, authentic);
  const concordance = concordanceOf(frozen, marksOf(shared), (act) => tagsOfAct(shared, act));
  const holes = holesOf(frozen, authentic);
  const row = textRowOf(shared.doc, shown, shared.stored, around);
  return {
    ...row,
    languages: await Promise.all(versions.map((version) => languageDetail(node, version, revisions.get(version.lang), shared, loaded, around))),
    concordance, holes,
    suggestions: suggestionsOf(shared, around),
    history: historyOf(shared, around),
    ...placeOf(shared.doc),
    proposals: proposals.map(({ proposal, state }) => ({ text: proposal.text, state, at: proposal.at, party: proposal.party })),
    may: permissionsOf({
      own: node.party, state: row.state,
      mayDraft: holds(reader, 'draft', shared.doc.scope), maySign: holds(reader, 'sign', shared.doc.scope),
      languages: versions.map((version) => ({
        lang: version.lang, authority: version.authority, pen: version.pen.party, epoch: version.pen.epoch, shared: version.revisions.length > 0,
        saved: loaded.drafts.some((draft) => draft.lang === version.lang),
        openSuggestions: shared.suggestions.some((one) => one.lang === version.lang && outcomeOf(shared, one.act) === undefined),
      })),
      parties: around.charter.parties.map((party) => party.id), authentic: around.charter.authentic, holes, concordance,
      ...(shown === undefined ? {} : { proposer: shown.proposal.party }),
      stances: new Map(row.parties.map(({ party, stance }) => [party, stance])),
      ...await barred(node, shown),
    }),
  };
}

/** The text that was asked for; else the current one, unless it is dead and the draft has moved on since. */
function shownProposal(shared: SharedDoc, proposals: readonly Proposed[], asked: Hash | undefined): Proposed | undefined {
  if (asked !== undefined) return proposals.find(({ proposal }) => proposal.text === asked);
  const current = currentOf(proposals);
  if (current?.state !== 'dead') return current;
  const frozen = revisionsOf(current);
  return versionsOf(shared).every((version) => version.revisions.at(-1)?.act === frozen.get(version.lang)) ? current : undefined;
}

function revisionsOf({ proposal }: Proposed): ReadonlyMap<Language, Hash> {
  return new Map((JSON.parse(proposal.content) as { lang: Language; revision: Hash }[]).map(({ lang, revision }) => [lang, revision]));
}

function shownRevision(version: LanguageVersion, shown: Proposed | undefined): RevisionTable | undefined {
  if (shown === undefined) return version.revisions.at(-1);
  const frozen = revisionsOf(shown).get(version.lang);
  return version.revisions.find((revision) => revision.act === frozen);
}

function shownTags(revisions: ReadonlyMap<Language, RevisionTable | undefined>, authentic: readonly Language[]): ShownRevision[] {
  return authentic.flatMap((lang) => {
    const revision = revisions.get(lang);
    return revision === undefined ? [] : [{ lang, act: revision.act, tags: tagsOf(revision) }];
  });
}

function tagsOfAct(shared: SharedDoc, act: Hash): Readonly<Record<string, string>> | undefined {
  const revision = shared.revisions.find((one) => one.act === act);
  return revision === undefined ? undefined : tagsOf(revision);
}

function marksOf(shared: SharedDoc): Parameters<typeof concordanceOf>[1] {
  return shared.concords.map((row) => ({
    party: row.party, clauses: JSON.parse(row.clauses) as string[], revisions: JSON.parse(row.revisions) as { lang: Language; revision: Hash }[],
  }));
}

async function languageDetail(
  node: Node, version: LanguageVersion, shown: RevisionTable | undefined, shared: SharedDoc, loaded: LoadedDoc, around: Surroundings,
): Promise<TextDetail['languages'][number]> {
  const { lang, authority, pen } = version;
  const gives = shared.gives.filter((give) => give.lang === lang).map(({ epoch, party, idx, to_party: to }) => ({ epoch, party, index: idx, to }));
  const asks = shared.asks.filter((ask) => ask.lang === lang).map(({ party, idx }) => ({ party, index: idx }));
  const words = shown === undefined ? undefined : await revisionView(node, shown);
  return {
    lang, authority,
    pen: { ...pen, askedBy: waitingFor(pen.party, asks, gives) },
    ...(words === undefined ? {} : { revision: words }),
    ...await localView(node, loaded, lang, around),
  };
}

/** A shared revision with its words; without them when they were erased or withheld. */
export async function revisionView(node: Node, row: RevisionTable): Promise<NonNullable<TextDetail['languages'][number]['revision']>> {
  const words = await contentOf(node, row);
  return { act: row.act, lang: row.lang as Language, party: row.party, epoch: row.epoch, at: row.at, clauses: words?.clauses ?? [], title: words?.title ?? '' };
}

async function localView(node: Node, loaded: LoadedDoc, lang: Language, around: Surroundings): Promise<Pick<TextDetail['languages'][number], 'local'>> {
  const draft = loaded.drafts.find((one) => one.lang === lang);
  if (draft === undefined) return {};
  const office = await node.store.read((tx) => officeHeldBy(tx, draft.officer));
  return { local: { title: draft.title, clauses: draft.clauses, savedAt: draft.savedAt, by: office === undefined ? {} : around.officeLabel(office) } };
}

function outcomeOf(shared: SharedDoc, suggestion: Hash): SharedDoc['answers'][number] | undefined {
  return shared.answers.find((answer) => answer.suggestion === suggestion);
}

function firstOffice(json: string, around: Surroundings): Label {
  const [office] = JSON.parse(json) as ObjectId[];
  return office === undefined ? {} : around.officeLabel(office);
}

function suggestionsOf(shared: SharedDoc, around: Surroundings): TextDetail['suggestions'] {
  return shared.suggestions.map((row) => {
    const answer = outcomeOf(shared, row.act);
    return {
      act: row.act, lang: row.lang as Language, clause: row.clause, revision: row.revision, party: row.party, office: firstOffice(row.offices, around), at: row.at,
      words: row.words ?? '',
      ...(row.reason === null ? {} : { reason: row.reason }),
      outcome: answer === undefined ? 'open' : answer.outcome === 'taken' ? 'taken' : 'declined',
      ...(answer?.reason == null ? {} : { answerReason: answer.reason }),
    };
  });
}

/** In the order in which this node decided the acts: what an act rests on always stands before it. */
function historyOf(shared: SharedDoc, around: Surroundings): TextDetail['history'] {
  return shared.events.map((row) => ({
    act: row.act, party: row.party, index: row.idx, type: row.type, at: row.at,
    ...(row.offices === '[]' ? {} : { office: firstOffice(row.offices, around) }),
    ...(row.without === null ? {} : { without: row.without }),
    ...(row.params === null ? {} : { params: JSON.parse(row.params) as Record<string, string | number> }),
    ...(row.lang === null ? {} : { lang: row.lang as Language }),
    ...(row.to_party === null ? {} : { to: row.to_party }),
  }));
}

/** Why this party may not sign: it has signed another text for the slot, or a new charter. Its own log alone decides. */
async function barred(node: Node, shown: Proposed | undefined): Promise<Pick<Situation, 'signingBarred'>> {
  if (shown === undefined) return {};
  const { slot } = placeOf(shown.proposal);
  return node.store.read(async (tx) => {
    const genesis = (await storedCharters(tx)).get('genesis');
    if (genesis === undefined) throw new Error('a founded space has a first charter');
    const other = slot === undefined ? undefined : await askAsync(heldBy(node.party, slot, shown.proposal.text, genesis), tx);
    if (other !== undefined) return { signingBarred: { code: 'text.slot-taken', params: { by: other } } };
    const closing = await askAsync(heldBy(node.party, { name: CHARTER_SLOT, base: shown.proposal.charter }, shown.proposal.text, genesis), tx);
    return closing === undefined ? {} : { signingBarred: { code: 'text.charter-closed', params: { by: closing } } };
  });
}

/** A document that has never left the node. */
async function localDetail(node: Node, reader: Reader, loaded: LoadedDoc, begun: BegunDoc, around: Surroundings): Promise<TextDetail> {
  const changed = [begun.begunAt, ...loaded.drafts.map((draft) => draft.savedAt)].sort().at(-1) as string;
  const parties: PartyId[] = around.charter.parties.map((party) => party.id);
  return {
    doc: loaded.doc, kind: begun.kind, title: begun.title, state: 'local', parties: noStances(around.charter), registers: [], scope: begun.scope, changedAt: changed,
    languages: await Promise.all(begun.languages.map(async ({ lang, authority }) => ({
      lang, authority, pen: { party: node.party, epoch: 0, askedBy: [] }, ...await localView(node, loaded, lang, around),
    }))),
    concordance: [], holes: [], suggestions: [], history: [], proposals: [],
    ...(begun.slot === undefined ? {} : { slot: begun.slot }),
    ...(begun.relation === undefined ? {} : { relation: begun.relation }),
    may: permissionsOf({
      own: node.party, state: 'local', mayDraft: holds(reader, 'draft', begun.scope), maySign: false, parties, authentic: around.charter.authentic,
      languages: begun.languages.map(({ lang, authority }) => ({
        lang, authority, pen: node.party, epoch: 0, shared: false, saved: loaded.drafts.some((draft) => draft.lang === lang), openSuggestions: false,
      })),
      holes: [], concordance: [], stances: new Map(),
    }),
  };
}
