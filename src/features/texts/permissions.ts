/**
 * What a reader may do with a text now, for the page: one entry per action that makes sense, with the
 * refusal beside what is shown disabled. Pure and advisory: the rules judge every act again.
 */
import type { Language } from '../../kernel/language.ts';
import type { PartyId } from '../../kernel/ids.ts';
import type { TextAction, TextState } from './views.ts';

export interface Permission {
  action: TextAction;
  lang?: Language;
  refusal?: string;
  /** Values for the message of the refusal. */
  params?: Record<string, string | number>;
}

interface Why {
  readonly code: string;
  readonly params?: Record<string, string | number>;
}

export interface Situation {
  readonly own: PartyId;
  readonly state: TextState;
  /** Whether the reader's mandates give these powers under the text's scope. */
  readonly mayDraft: boolean;
  readonly maySign: boolean;
  readonly languages: readonly {
    readonly lang: Language;
    readonly authority: 'authentic' | 'working';
    readonly pen: PartyId;
    readonly epoch: number;
    readonly shared: boolean;
    readonly saved: boolean;
    readonly openSuggestions: boolean;
  }[];
  readonly parties: readonly PartyId[];
  /** Authentic languages of the charter. */
  readonly authentic: readonly Language[];
  readonly holes: readonly { readonly clause: string; readonly lang: Language }[];
  readonly concordance: readonly { readonly clause: string; readonly parties: readonly PartyId[] }[];
  readonly proposer?: PartyId;
  readonly stances: ReadonlyMap<PartyId, 'none' | 'signed' | 'refused'>;
  /** Why the party may not sign although it has taken no stance: the slot is taken, the charter is closed. */
  readonly signingBarred?: Why;
}

export function permissionsOf(situation: Situation): Permission[] {
  const { state } = situation;
  if (state === 'local' || state === 'drafting') return drafting(situation);
  const open = state === 'proposed' || state === 'partly-signed';
  return [...(open ? stance(situation) : []), ...(state === 'concluded' ? followUp(situation) : []), ...(state === 'dead' ? [entry('begin-again', drafter(situation))] : []), { action: 'export' }];
}

function drafting(situation: Situation): Permission[] {
  const { own, state, languages } = situation;
  const drafts = drafter(situation);
  const shared = state === 'drafting';
  const found: Permission[] = [];
  for (const { lang, pen, epoch, shared: revised, openSuggestions } of languages) {
    const mine = pen === own;
    const held = drafts ?? (mine ? undefined : { code: 'text.pen-not-held', params: { lang, epoch } });
    found.push(entry('edit', held, lang));
    if (shared) found.push(entry(mine ? 'give-pen' : 'ask-pen', drafts, lang));
    if (!mine && revised) found.push(entry('suggest', drafts, lang));
    if (openSuggestions) found.push(entry('answer-suggestion', held, lang));
  }
  const saved = languages.some((one) => one.saved);
  found.push(entry('share', drafts ?? (saved ? undefined : { code: 'text.nothing-to-share' })));
  if (saved || state === 'local') found.push(entry('discard', drafts));
  if (shared) {
    found.push(entry('concord', drafts ?? alignment(situation)));
    found.push(entry('propose', drafts ?? readiness(situation)), { action: 'export' });
  }
  return found;
}

function alignment({ languages, holes: [hole] }: Situation): Why | undefined {
  const unshared = languages.find((one) => one.authority === 'authentic' && !one.shared);
  if (unshared !== undefined) return { code: 'text.authentic-language-missing', params: { lang: unshared.lang } };
  return hole === undefined ? undefined : { code: 'text.clause-without-sibling', params: { ...hole } };
}

/** Why the draft cannot be proposed yet, in the order in which the command asks. */
function readiness(situation: Situation): Why | undefined {
  const { languages, authentic, concordance, parties } = situation;
  const saved = languages.find((one) => one.saved);
  if (saved !== undefined) return { code: 'text.unshared-changes', params: { lang: saved.lang } };
  const missing = authentic.find((lang) => !languages.some((one) => one.lang === lang && one.authority === 'authentic' && one.shared));
  if (missing !== undefined) return { code: 'text.authentic-language-missing', params: { lang: missing } };
  const misaligned = alignment(situation);
  if (misaligned !== undefined || authentic.length < 2) return misaligned;
  for (const party of parties) {
    const unmarked = concordance.find((row) => !row.parties.includes(party));
    if (unmarked !== undefined) return { code: 'text.concordance-missing', params: { party, clause: unmarked.clause } };
  }
  return undefined;
}

/** Sign or refuse, once; the proposer's own refusal is called withdrawing. */
function stance(situation: Situation): Permission[] {
  const { own, proposer, stances, maySign, signingBarred } = situation;
  if (stances.get(own) !== 'none') return [];
  const power = maySign ? undefined : { code: 'mandate.power-missing', params: { power: 'sign' } };
  return [entry('sign', power ?? signingBarred), entry(proposer === own ? 'withdraw' : 'refuse', power)];
}

function followUp(situation: Situation): Permission[] {
  return (['supersede', 'amend', 'correct'] as const).map((action) => entry(action, drafter(situation)));
}

function drafter({ mayDraft }: Situation): Why | undefined {
  return mayDraft ? undefined : { code: 'mandate.power-missing', params: { power: 'draft' } };
}

function entry(action: TextAction, why: Why | undefined, lang?: Language): Permission {
  return {
    action,
    ...(lang === undefined ? {} : { lang }),
    ...(why === undefined ? {} : { refusal: why.code, ...(why.params === undefined ? {} : { params: why.params }) }),
  };
}
