/** What an administrator or officer asks for → acts. Pure: ids and salts come from the mint, keys and proofs from outside. */
import type { Label } from '../../kernel/language.ts';
import type { Hash, ObjectId } from '../../kernel/ids.ts';
import type { PlainDate } from '../../kernel/time.ts';
import type { Scope } from '../../record/act.ts';
import type { GrantedKey } from '../../record/mandate.ts';
import type { Power } from '../../record/rule.ts';
import type { ActDraft, Mint } from '../../node/node.ts';
import { labelPart } from '../labels/published.ts';
import type { Mark } from './reading.ts';

/** Mandates concern the whole space: everybody may know which office signs by which key. */
const SCOPE: Scope = 'space';

export interface MandateTerms {
  readonly powers: readonly Power[];
  readonly scopes: readonly Scope[];
  readonly clearance: Mark;
  readonly until?: PlainDate | undefined;
}

/** A key with the proof that its holder has it. */
export interface ProvenKey {
  readonly key: GrantedKey;
  /** Base64. */
  readonly proof: string;
}

export function declareOffice(mint: Mint, office: ObjectId, title: Label, corps?: ObjectId): ActDraft {
  const part = labelPart(mint, title);
  return { type: 'office.declare', v: 1, scope: SCOPE, body: { office, title: part.ref, ...(corps === undefined ? {} : { corps }) }, parts: [part] };
}

export function grantMandate(officer: ObjectId, office: ObjectId, terms: MandateTerms, proven?: ProvenKey): ActDraft {
  const body = {
    officer, office, powers: [...new Set(terms.powers)].sort(), scopes: [...new Set(terms.scopes)].sort(), clearance: terms.clearance,
    ...(terms.until === undefined ? {} : { until: terms.until }),
    ...(proven === undefined ? {} : { key: proven.key, proof: proven.proof }),
  };
  return { type: 'mandate.grant', v: 1, scope: SCOPE, body, parts: [] };
}

export function addKey(officer: ObjectId, proven: ProvenKey): ActDraft {
  return { type: 'mandate.key', v: 1, scope: SCOPE, body: { officer, key: proven.key, proof: proven.proof }, parts: [] };
}

/** Ends one key, or with none named the whole mandate. */
export function revoke(officer: ObjectId, reason: 'ended' | 'lost' | 'stolen' | 'replaced' | 'departed', key?: Hash, since?: number): ActDraft {
  return { type: 'mandate.revoke', v: 1, scope: SCOPE, body: { officer, reason, ...(key === undefined ? {} : { key }), ...(since === undefined ? {} : { since }) }, parts: [] };
}
