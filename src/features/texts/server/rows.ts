/** From stored rows to the list of joint texts. State and delivery are computed here, at the time of asking. */
import type { Label } from '../../../kernel/language.ts';
import type { Hash, ObjectId, PartyId } from '../../../kernel/ids.ts';
import type { Charter } from '../../../record/charter.ts';
import { jointReference } from '../reference.ts';
import { stateOf } from '../state.ts';
import type { Stance, TextRow, TextState } from '../views.ts';
import { storedLabel, type Delivered, type StoredTexts } from './stored.ts';
import type { DocTable, ProposalTable, StanceTable } from './tables.ts';

/** What the rows are computed with besides themselves. */
export interface Surroundings {
  readonly charter: Charter;
  /** By id of the proposing act, `genesis` for the first. */
  readonly charters: ReadonlyMap<string, Charter>;
  readonly delivered: Delivered;
  readonly officeLabel: (office: ObjectId) => Label;
}

export interface Proposed {
  readonly proposal: ProposalTable;
  readonly state: Exclude<TextState, 'local' | 'drafting'>;
  readonly parties: readonly Stance[];
}

/** One proposal with its stances, in the order of its charter's parties. */
export function proposedOf(proposal: ProposalTable, stored: StoredTexts, around: Surroundings): Proposed {
  const parties = (around.charters.get(proposal.charter) ?? around.charter).parties.map((party) => party.id);
  const stances = stored.stances.filter((stance) => stance.text === proposal.text);
  return {
    proposal,
    state: stateOf(parties, new Map(stances.map(({ party, stance }) => [party, stance === 'signed' ? 'signed' : 'refused']))),
    parties: parties.map((party) => stanceOf(party, stances.find((stance) => stance.party === party), parties, around)),
  };
}

function stanceOf(party: PartyId, row: StanceTable | undefined, parties: readonly PartyId[], around: Surroundings): Stance {
  if (row === undefined) return { party, stance: 'none', offices: [], keys: [], delivered: false };
  return {
    party,
    stance: row.stance === 'signed' ? 'signed' : 'refused',
    act: row.act,
    at: row.at,
    offices: (JSON.parse(row.offices) as ObjectId[]).map(around.officeLabel),
    keys: JSON.parse(row.keys) as Stance['keys'],
    delivered: around.delivered(row.party, row.idx, parties),
    ...(row.reason === null ? {} : { reason: row.reason }),
  };
}

const WEIGHT: Readonly<Record<Proposed['state'], number>> = { concluded: 3, 'partly-signed': 2, proposed: 1, dead: 0 };

/** The proposal that a document stands for: concluded before open before dead, then the latest. Proposals come oldest first. */
export function currentOf(proposals: readonly Proposed[]): Proposed | undefined {
  return proposals.reduce<Proposed | undefined>((best, one) => (best === undefined || WEIGHT[one.state] >= WEIGHT[best.state] ? one : best), undefined);
}

/** The row of a document, as its current proposal or, while there is none, as a draft. */
export function textRowOf(doc: DocTable, shown: Proposed | undefined, stored: StoredTexts, around: Surroundings): TextRow {
  const changed = [stored.changedDoc.get(doc.doc), shown === undefined ? undefined : stored.changedText.get(shown.proposal.text), doc.at];
  return {
    ...(shown === undefined ? {} : { text: shown.proposal.text, jointReference: jointReference(shown.proposal.text, shown.proposal.at) }),
    doc: doc.doc,
    kind: doc.kind,
    title: storedLabel(shown?.proposal.title ?? doc.title),
    state: shown?.state ?? 'drafting',
    parties: shown === undefined ? noStances(around.charter) : [...shown.parties],
    registers: registersOf(shown?.proposal.text, stored),
    scope: doc.scope,
    changedAt: changed.filter((at) => at !== undefined).sort().at(-1) as string,
  };
}

export function noStances(charter: Charter): Stance[] {
  return charter.parties.map((party) => ({ party: party.id, stance: 'none', offices: [], keys: [], delivered: false }));
}

function registersOf(text: Hash | undefined, stored: StoredTexts): TextRow['registers'] {
  return stored.registers.filter((row) => row.text === text)
    .map(({ party, direction, written }) => ({ party, direction: direction === 'incoming' ? 'incoming' : 'outgoing', written }));
}

/** Every readable document as a row, the last changed first. */
export function textRowsOf(stored: StoredTexts, around: Surroundings): TextRow[] {
  const byDoc = Map.groupBy(stored.proposals, (proposal) => proposal.doc);
  const rows = stored.docs.map((doc) => {
    const proposals = (byDoc.get(doc.doc) ?? []).map((proposal) => proposedOf(proposal, stored, around));
    return textRowOf(doc, currentOf(proposals), stored, around);
  });
  return rows.sort((a, b) => (a.changedAt < b.changedAt ? 1 : a.changedAt > b.changedAt ? -1 : a.doc < b.doc ? -1 : 1));
}
