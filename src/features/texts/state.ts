/**
 * What the screens say of a text, computed from what parties did: never stored, so nobody can set it.
 * Pure. The rules decide by the same facts; this is for display and may be asked of any prefix of the logs.
 */
import type { Language } from '../../kernel/language.ts';
import type { Hash, PartyId } from '../../kernel/ids.ts';
import type { TextState } from './views.ts';

/** The state of a proposal under a charter with these parties. */
export function stateOf(parties: readonly PartyId[], stances: ReadonlyMap<PartyId, 'signed' | 'refused'>): Exclude<TextState, 'local' | 'drafting'> {
  if (parties.some((party) => stances.get(party) === 'refused')) return 'dead';
  const signed = parties.filter((party) => stances.get(party) === 'signed').length;
  if (signed === 0) return 'proposed';
  return signed === parties.length ? 'concluded' : 'partly-signed';
}

export interface Give {
  readonly epoch: number;
  readonly party: PartyId;
  readonly index: number;
  readonly to: PartyId;
}

/** Who holds a pen: the opener at epoch 0, then along the first gift of each holder at its epoch. */
export function penOf(opener: PartyId, gives: readonly Give[]): { party: PartyId; epoch: number } {
  let pen = { party: opener, epoch: 0 };
  for (;;) {
    const [gift] = gives.filter((give) => give.epoch === pen.epoch && give.party === pen.party).sort((a, b) => a.index - b.index);
    if (gift === undefined) return pen;
    pen = { party: gift.to, epoch: pen.epoch + 1 };
  }
}

/**
 * Parties that asked for the pen and are still waiting: they do not hold it and have not given it away
 * since they asked. Only each party's own log is looked at: there is no order between logs.
 */
export function waitingFor(holder: PartyId, asks: readonly { party: PartyId; index: number }[], gives: readonly Give[]): PartyId[] {
  const waiting = asks.filter((ask) => ask.party !== holder && !gives.some((give) => give.party === ask.party && give.index > ask.index));
  return [...new Set(waiting.map((ask) => ask.party))].sort();
}

/** The tags of the clauses of one revision: what changes when their words change. */
export type Tags = Readonly<Record<string, string>>;

export interface ShownRevision {
  readonly lang: Language;
  readonly act: Hash;
  readonly tags: Tags;
}

/** Clauses in the order of the first language that has them, with the languages that lack each. */
export function holesOf(authentic: readonly ShownRevision[], languages: readonly Language[]): { clause: string; lang: Language }[] {
  const clauses = [...new Set(authentic.flatMap((revision) => Object.keys(revision.tags)))];
  return clauses.flatMap((clause) => languages
    .filter((lang) => !authentic.some((revision) => revision.lang === lang && clause in revision.tags))
    .map((lang) => ({ clause, lang })));
}

export interface ConcordanceMark {
  readonly party: PartyId;
  readonly clauses: readonly string[];
  readonly revisions: readonly { readonly lang: Language; readonly revision: Hash }[];
}

/**
 * Per clause of the shown versions, the parties whose mark still holds: it was made on revisions in
 * which the clause has, in every authentic language, the words that are shown now.
 */
export function concordanceOf(shown: readonly ShownRevision[], marks: readonly ConcordanceMark[], tagsOf: (revision: Hash) => Tags | undefined): { clause: string; parties: PartyId[] }[] {
  const clauses = [...new Set(shown.flatMap((revision) => Object.keys(revision.tags)))];
  return clauses.map((clause) => {
    const parties = marks.filter((mark) => mark.clauses.includes(clause) && shown.every(({ lang, tags }) => {
      const marked = mark.revisions.find((revision) => revision.lang === lang);
      const tag = tags[clause];
      return marked !== undefined && tag !== undefined && tagsOf(marked.revision)?.[clause] === tag;
    })).map((mark) => mark.party);
    return { clause, parties: [...new Set(parties)].sort() };
  });
}
