/** The people's API of the door (sign-in, sessions, passkeys), of officers and their mandates, and of signing. */
import { z } from 'zod';
import { fileAnswer, operation } from '../../kernel/operation.ts';
import { PLAIN_DATE } from '../../kernel/time.ts';
import { hash, instant, objectId, scope } from '../../record/act.ts';
import { completed, prepared, receipt } from '../../record/answers.ts';
import { label } from '../../record/charter.ts';
import { LIVE_PATH } from './live.ts';
import { here, mark, officerRow, passkeyRow, power, sessionRow } from './views.ts';
import { assertionResponse, creationOptions, registrationResponse, requestOptions } from './webauthn.ts';

const ceremony = z.object({ ceremony: z.string().regex(/^[0-9a-z]{10,40}$/) });
const officer = z.object({ officer: objectId });
const credential = z.object({ credential: z.string().regex(/^[A-Za-z0-9_-]+$/).max(1400) });
const plainDate = z.string().regex(PLAIN_DATE);
const name = z.string().trim().min(1).max(80);
const secret = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

export const getHere = operation({ id: 'here.get', method: 'GET', path: '/api/here', access: 'public', answer: here, refusals: [] });

/** Begins signing in with a passkey. `known`: credentials that this browser remembers, first in the list. */
export const beginSignIn = operation({
  id: 'sign-in.begin', method: 'POST', path: '/api/sign-in', access: 'public',
  body: z.strictObject({ known: z.array(credential.shape.credential).max(20).optional() }),
  answer: z.strictObject({ ceremony: z.string(), options: requestOptions }), refusals: ['sign-in.no-passkey-yet', 'request.too-many'],
});
export const finishSignIn = operation({
  id: 'sign-in.finish', method: 'POST', path: '/api/sign-in/:ceremony', access: 'public', params: ceremony,
  body: z.strictObject({ response: assertionResponse }),
  answer: here, refusals: ['sign-in.refused', 'sign-in.ceremony-over', 'session.mandate-ended', 'request.too-many'],
});
/** A demo link: the secret stands in the fragment of its address, so that it reaches no log. Only while the demo runs. */
export const demoSignIn = operation({
  id: 'sign-in.demo', method: 'POST', path: '/api/sign-in/demo', access: 'public', body: z.strictObject({ secret }),
  answer: here, refusals: ['sign-in.demo-off', 'sign-in.link-unknown', 'session.mandate-ended', 'request.too-many'],
});
export const signOut = operation({
  id: 'session.end', method: 'POST', path: '/api/session/end', access: 'public', answer: z.strictObject({ ended: z.literal(true) }), refusals: [],
});

/** What a one-time enrolment link is for. Looking does not use it up. */
export const lookAtLink = operation({
  id: 'enrol.look', method: 'POST', path: '/api/enrol/look', access: 'public', body: z.strictObject({ secret }),
  answer: z.strictObject({ office: label, expiresAt: instant }), refusals: ['sign-in.link-unknown', 'sign-in.link-spent', 'request.too-many'],
});
export const beginEnrolment = operation({
  id: 'enrol.begin', method: 'POST', path: '/api/enrol', access: 'public', body: z.strictObject({ secret }),
  answer: z.strictObject({ ceremony: z.string(), options: creationOptions }), refusals: ['sign-in.link-unknown', 'sign-in.link-spent', 'request.too-many'],
});
/** Uses the link up, keeps the passkey and opens a session. Signing with it is asked for next (passkeys.prove). */
export const finishEnrolment = operation({
  id: 'enrol.finish', method: 'POST', path: '/api/enrol/:ceremony', access: 'public', params: ceremony,
  body: z.strictObject({ secret, response: registrationResponse, label: name }),
  answer: z.strictObject({ credential: z.string(), here }),
  refusals: ['sign-in.link-unknown', 'sign-in.link-spent', 'sign-in.ceremony-over', 'passkey.refused', 'passkey.known-already', 'session.mandate-ended', 'request.too-many'],
});

export const listSessions = operation({ id: 'sessions.list', method: 'GET', path: '/api/sessions', answer: z.strictObject({ rows: z.array(sessionRow) }), refusals: [] });
export const endSession = operation({
  id: 'sessions.end', method: 'DELETE', path: '/api/sessions/:session', params: z.object({ session: z.string().regex(/^[0-9a-z]{10,40}$/) }),
  answer: z.strictObject({ ended: z.int() }), refusals: ['session.unknown'],
});
export const endOtherSessions = operation({ id: 'sessions.end-others', method: 'POST', path: '/api/sessions/end-others', answer: z.strictObject({ ended: z.int() }), refusals: [] });

export const listPasskeys = operation({ id: 'passkeys.list', method: 'GET', path: '/api/passkeys', answer: z.strictObject({ rows: z.array(passkeyRow) }), refusals: [] });
export const beginPasskey = operation({
  id: 'passkeys.begin', method: 'POST', path: '/api/passkeys', answer: z.strictObject({ ceremony: z.string(), options: creationOptions }), refusals: [],
});
export const finishPasskey = operation({
  id: 'passkeys.finish', method: 'POST', path: '/api/passkeys/ceremony/:ceremony', params: ceremony,
  body: z.strictObject({ response: registrationResponse, label: name }),
  answer: z.strictObject({ credential: z.string() }), refusals: ['sign-in.ceremony-over', 'passkey.refused', 'passkey.known-already'],
});
/** Begins the proof of possession without which no key enters the record. */
export const beginProof = operation({
  id: 'passkeys.begin-proof', method: 'POST', path: '/api/passkeys/:credential/proof', params: credential,
  answer: z.strictObject({ ceremony: z.string(), options: requestOptions }), refusals: ['passkey.unknown', 'passkey.signs-already'],
});
/** `granted`: the officer's mandate to sign with it is recorded; `waiting`: an administrator has to confirm. */
export const proveKey = operation({
  id: 'passkeys.prove', method: 'POST', path: '/api/passkeys/:credential/proof/:ceremony', params: credential.extend(ceremony.shape),
  body: z.strictObject({ response: assertionResponse }),
  answer: z.discriminatedUnion('state', [z.strictObject({ state: z.literal('granted'), receipt }), z.strictObject({ state: z.literal('waiting') })]),
  refusals: ['passkey.unknown', 'passkey.refused', 'sign-in.ceremony-over', 'mandate.power-missing'],
});
export const renamePasskey = operation({
  id: 'passkeys.rename', method: 'PUT', path: '/api/passkeys/:credential', params: credential, body: z.strictObject({ label: name }),
  answer: passkeyRow, refusals: ['passkey.unknown'],
});
/** Ends an own passkey: it opens no door any more and, where it signed, its key is revoked by an act. */
export const endPasskey = operation({
  id: 'passkeys.end', method: 'DELETE', path: '/api/passkeys/:credential', params: credential,
  answer: z.strictObject({ revoked: z.boolean() }), refusals: ['passkey.unknown', 'passkey.last-way-in'],
});

export const listOfficers = operation({
  id: 'officers.list', method: 'GET', path: '/api/officers', answer: z.strictObject({ rows: z.array(officerRow) }), refusals: [],
});
export const getOfficer = operation({ id: 'officers.get', method: 'GET', path: '/api/officers/:officer', params: officer, answer: officerRow, refusals: ['officer.unknown'] });

const reach = { powers: z.array(power).min(1).max(7), scopes: z.array(scope).min(1).max(64), clearance: mark, until: plainDate.optional() };
const link = z.strictObject({ url: z.string(), expiresAt: instant });
/** `office`: an office that exists, or the title of a new one. */
const mandate = z.strictObject({ office: z.union([objectId, label]), corps: objectId.optional(), ...reach });
/** Creates an office-holder: a mandate with a key that the node keeps, and a one-time link to come in. */
export const grantMandate = operation({
  id: 'officers.grant', method: 'POST', path: '/api/officers', body: mandate,
  answer: z.strictObject({ officer: objectId, receipt, link }), refusals: ['mandate.power-missing', 'mandate.service-apart', 'office.unknown', 'office.corps-unknown', 'mandate.no-key'],
});
/**
 * Adds powers, scopes or a higher clearance to what an officer has; nothing that stands is taken away. A
 * last day may be put off, or dropped by leaving it out, never brought forward (the whole mandate ends at once).
 */
export const extendMandate = operation({
  id: 'officers.extend', method: 'POST', path: '/api/officers/:officer/mandates', params: officer, body: z.strictObject(reach),
  answer: receipt, refusals: ['officer.unknown', 'officer.not-ours', 'officer.until-shortens', 'mandate.power-missing', 'mandate.service-apart', 'mandate.no-key'],
});
/** Ends every mandate and key of the officer and all their sessions. What they signed before stays good. */
export const revokeMandate = operation({
  id: 'officers.revoke', method: 'POST', path: '/api/officers/:officer/revoke', params: officer,
  body: z.strictObject({ reason: z.enum(['ended', 'departed']) }),
  answer: receipt, refusals: ['officer.unknown', 'officer.not-ours', 'officer.last-administrator', 'mandate.power-missing', 'mandate.no-key'],
});
/** A one-time link with which the officer can add a passkey. Earlier unused links of the officer stop working. */
export const makeLink = operation({
  id: 'officers.link', method: 'POST', path: '/api/officers/:officer/link', params: officer,
  answer: link, refusals: ['officer.unknown', 'officer.not-ours', 'mandate.power-missing'],
});
/** Lost or stolen: the passkey's key is revoked, it opens no door, the officer's sessions end, a new link is made. */
export const losePasskey = operation({
  id: 'officers.lost-passkey', method: 'POST', path: '/api/officers/:officer/passkeys/:credential/lost', params: officer.extend(credential.shape),
  body: z.strictObject({
    reason: z.enum(['lost', 'stolen']),
    /** Size of the own log from which on signatures by this key are to be shown as disputed; their effect stands. */
    since: z.int().min(0).optional(),
  }),
  answer: z.strictObject({ receipt: receipt.optional(), link }),
  refusals: ['officer.unknown', 'officer.not-ours', 'passkey.unknown', 'mandate.power-missing'],
});
/** Departure: in one commit the mandate of the one who leaves ends and the successor's begins, in the same office with the same powers. */
export const handOver = operation({
  id: 'officers.hand-over', method: 'POST', path: '/api/officers/:officer/hand-over', params: officer,
  answer: z.strictObject({ successor: objectId, receipt, link }),
  refusals: ['officer.unknown', 'officer.not-ours', 'mandate.power-missing'],
});
/** Passkeys whose owners have proven possession and that wait for an administrator. */
export const listWaitingKeys = operation({
  id: 'officers.waiting-keys', method: 'GET', path: '/api/officers/waiting-keys',
  answer: z.strictObject({ rows: z.array(z.strictObject({ credential: z.string(), key: hash, officer: objectId, office: label, label: z.string(), createdAt: instant })) }),
  refusals: ['mandate.power-missing'],
});
export const confirmKey = operation({
  id: 'officers.confirm-key', method: 'POST', path: '/api/officers/waiting-keys/:credential', params: credential,
  answer: receipt, refusals: ['passkey.unknown', 'mandate.power-missing'],
});

const preparedId = z.object({ prepared: z.string().max(80) });
export const getPrepared = operation({ id: 'signing.get', method: 'GET', path: '/api/prepared/:prepared', params: preparedId, answer: prepared, refusals: ['act.prepared-unknown', 'act.prepared-expired', 'act.not-asked-to-sign', 'mandate.no-key'] });
/** Acts that wait for this officer's signature: begun here, or begun by a colleague where several must sign. */
export const listPrepared = operation({
  id: 'signing.list', method: 'GET', path: '/api/prepared',
  answer: z.strictObject({ rows: z.array(z.strictObject({ prepared: z.string(), type: z.string(), text: hash.optional(), by: label, mine: z.boolean(), signed: z.int(), quorum: z.int(), expiresAt: instant })) }),
  refusals: [],
});
/** Signs a prepared act. A passkey answers the digest as its challenge; with a key of the node the press of the button is the confirmation. */
export const completeSigning = operation({
  id: 'signing.complete', method: 'POST', path: '/api/prepared/:prepared', params: preparedId,
  body: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('node'), key: hash }),
    z.strictObject({ kind: z.literal('passkey'), key: hash, response: assertionResponse }),
  ]),
  answer: completed,
  refusals: [
    'act.prepared-unknown', 'act.prepared-expired', 'act.not-asked-to-sign', 'act.changed-since-prepared', 'act.signature-bad', 'mandate.key-unknown', 'mandate.node-keys-not-allowed', 'mandate.no-key',
    'passkey.refused', 'folder.not-cleared',
  ],
});
export const cancelSigning = operation({
  id: 'signing.cancel', method: 'DELETE', path: '/api/prepared/:prepared', params: preparedId,
  answer: z.strictObject({ cancelled: z.literal(true) }), refusals: ['act.prepared-unknown', 'act.prepared-expired', 'act.not-asked-to-sign'],
});

/** Server-sent events: live.ts says what each holds. */
export const liveEvents = operation({ id: 'live.events', method: 'GET', path: LIVE_PATH, produces: ['text/event-stream'], answer: fileAnswer, refusals: [] });

export const officerOperations = [
  getHere, beginSignIn, finishSignIn, demoSignIn, signOut, lookAtLink, beginEnrolment, finishEnrolment,
  listSessions, endSession, endOtherSessions,
  listPasskeys, beginPasskey, finishPasskey, beginProof, proveKey, renamePasskey, endPasskey,
  listOfficers, getOfficer, grantMandate, extendMandate, revokeMandate, makeLink, losePasskey, handOver, listWaitingKeys, confirmKey,
  listPrepared, getPrepared, completeSigning, cancelSigning, liveEvents,
] as const;
