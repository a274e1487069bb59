/** Answers of sign-in, sessions, officers and mandates. */
import { z } from 'zod';
import { languages } from '../../kernel/language.ts';
import { hash, instant, objectId, partyId, scope } from '../../record/act.ts';
import { label } from '../../record/charter.ts';
import { powers } from '../../record/rule.ts';
import { marks } from './reading.ts';

export const power = z.enum(powers);
export const mark = z.enum(marks);

/** A party as every screen names it: its own name first on its own node. */
export const partyView = z.strictObject({
  id: partyId, name: label, short: label, country: z.string(), language: z.enum(languages), zone: z.string(), quorum: z.int(),
});
export type PartyView = z.infer<typeof partyView>;

/** A key of an officer as the record has it. */
export const keyView = z.strictObject({
  key: hash,
  /** `passkey`: the officer's own; `node`: kept by the node for the office. */
  kind: z.enum(['passkey', 'node']),
  /** Own party only: what the officer called the passkey. */
  label: z.string().optional(),
  /** Own party only: credential id, for the browser. */
  credential: z.string().optional(),
  state: z.enum(['active', 'revoked']),
  grantedBy: hash,
  grantedAt: instant,
  revokedBy: hash.optional(),
  revokedAt: instant.optional(),
});
export type KeyView = z.infer<typeof keyView>;

export const officerRow = z.strictObject({
  officer: objectId,
  party: partyId,
  office: label,
  powers: z.array(power),
  scopes: z.array(scope),
  clearance: mark,
  /** Id of the office, and the earliest day on which a standing mandate ends. */
  officeId: objectId,
  until: z.string().optional(),
  /** `active`: at least one mandate stands. */
  state: z.enum(['active', 'ended']),
  since: instant,
  endedAt: instant.optional(),
  keys: z.array(keyView),
  /** Own party only: how the officer can come in. */
  access: z.strictObject({
    passkeys: z.int(),
    /** A one-time link that was made and not yet used, until when it works. */
    linkUntil: instant.optional(),
    lastSeenAt: instant.optional(),
  }).optional(),
});
export type OfficerRow = z.infer<typeof officerRow>;

export const sessionRow = z.strictObject({
  id: z.string(),
  /** How the officer came in. */
  by: z.enum(['passkey', 'enrolment-link', 'demo-link']),
  /** The browser as it names itself. */
  agent: z.string(),
  startedAt: instant,
  seenAt: instant,
  expiresAt: instant,
  current: z.boolean(),
});
export type SessionRow = z.infer<typeof sessionRow>;

/** Who and where: the first thing that the page asks for, signed in or not. */
export const here = z.strictObject({
  space: hash,
  name: label,
  party: partyId,
  /** This node's party first, then the others by id. */
  parties: z.array(partyView),
  authentic: z.array(z.enum(languages)),
  /** True: every surface says that no institution made these acts. */
  exercise: z.boolean(),
  state: z.enum(['founding', 'recovering', 'unconfirmed', 'open']),
  now: instant,
  officer: z.strictObject({
    officer: objectId, office: label, powers: z.array(power), scopes: z.array(scope), clearance: mark,
    session: z.strictObject({ id: z.string(), by: z.string(), expiresAt: instant }),
    /** Has a passkey on this node. */
    passkeys: z.int(),
    /** Which kinds of key may sign for this officer now. */
    keys: z.array(z.enum(['passkey', 'node'])),
  }).optional(),
});
export type Here = z.infer<typeof here>;

export const passkeyRow = z.strictObject({
  credential: z.string(),
  key: hash,
  label: z.string(),
  createdAt: instant,
  usedAt: instant.optional(),
  /**
   * `sign-in`: opens the door, may not sign (no mandate for signing with it was asked);
   * `waiting`: possession proven, an administrator has to confirm; `signing`: the record knows it.
   */
  state: z.enum(['sign-in', 'waiting', 'signing', 'ended']),
});
export type PasskeyRow = z.infer<typeof passkeyRow>;
