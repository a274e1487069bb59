/** The people's API of the signature folder: internal clearance before the office signs. Local to this node. */
import { z } from 'zod';
import { operation } from '../../kernel/operation.ts';
import { PLAIN_DATE } from '../../kernel/time.ts';
import { hash, instant, objectId } from '../../record/act.ts';
import { label } from '../../record/charter.ts';
import { modes, outcomes } from './clearance.ts';

const plainDate = z.string().regex(PLAIN_DATE);
const note = z.string().trim().min(1).max(2_000);
const officerLabel = z.strictObject({ officer: objectId, office: label });

export const folderStep = z.strictObject({
  n: z.int(),
  officer: objectId,
  office: label,
  outcome: z.enum(outcomes),
  /** Who answered, where it was a substitute. */
  by: officerLabel.optional(),
  note: z.string().optional(),
  at: instant.optional(),
  /** It is this step's turn now. */
  turn: z.boolean(),
  /** Who stands in today, while the officer is absent. */
  substitute: officerLabel.optional(),
  reminders: z.int(),
  remindedAt: instant.optional(),
});

export const folderActions = ['clear', 'return', 'resume', 'withdraw', 'remind', 'sign'] as const;

export const folderEntry = z.strictObject({
  entry: z.string(),
  text: hash,
  title: label,
  /** `clearing` until all steps are cleared; `signed` and `refused` follow from the party's stance in the record. */
  state: z.enum(['clearing', 'returned', 'cleared', 'signed', 'refused', 'withdrawn']),
  mode: z.enum(modes),
  signer: officerLabel,
  /** Who may sign instead while the signer is absent: only with a mandate to sign of their own. */
  signerSubstitute: officerLabel.optional(),
  openedBy: officerLabel,
  openedAt: instant,
  dueOn: plainDate.optional(),
  overdue: z.boolean(),
  /** Why the office should sign: offered as the reason of the signature. */
  reason: z.string(),
  round: z.int(),
  steps: z.array(folderStep),
  /** Answers of earlier rounds, oldest first. */
  earlier: z.array(z.strictObject({ round: z.int(), steps: z.array(folderStep) })),
  /** What the reader may do now. */
  may: z.array(z.enum(folderActions)),
});
export type FolderEntry = z.infer<typeof folderEntry>;

const entry = z.object({ entry: z.string().regex(/^[0-9a-z]{10,40}$/) });

/** `waiting`: for the reader's answer or signature; `others`: those the reader has a part in. Newest first. */
export const listFolder = operation({
  id: 'folder.list', method: 'GET', path: '/api/folder',
  query: z.object({ text: hash.optional() }),
  answer: z.strictObject({ waiting: z.array(folderEntry), others: z.array(folderEntry) }), refusals: [],
});
export const getFolderEntry = operation({ id: 'folder.get', method: 'GET', path: '/api/folder/:entry', params: entry, answer: folderEntry, refusals: ['folder.unknown'] });

/** Whom a text can be laid before: officers of this party who may read it. */
export const listFolderOfficers = operation({
  id: 'folder.officers', method: 'GET', path: '/api/folder/officers', query: z.object({ text: hash }),
  answer: z.strictObject({ rows: z.array(officerLabel.extend({ signs: z.boolean(), absentUntil: plainDate.optional() })) }), refusals: ['folder.text-unknown'],
});

export const openFolderEntry = operation({
  id: 'folder.open', method: 'POST', path: '/api/folder',
  body: z.strictObject({
    text: hash, signer: objectId, mode: z.enum(modes),
    steps: z.array(objectId).min(1).max(20),
    dueOn: plainDate.optional(), reason: note,
  }),
  answer: folderEntry,
  refusals: ['folder.text-unknown', 'folder.open-already', 'folder.stance-taken', 'folder.signer-cannot-sign', 'folder.officer-cannot-read', 'folder.step-twice', 'mandate.power-missing'],
});
export const clearStep = operation({
  id: 'folder.clear', method: 'POST', path: '/api/folder/:entry/clear', params: entry, body: z.strictObject({ note: note.optional() }),
  answer: folderEntry, refusals: ['folder.unknown', 'folder.not-your-turn'],
});
/** Sends the text back with a note that says why. */
export const returnStep = operation({
  id: 'folder.return', method: 'POST', path: '/api/folder/:entry/return', params: entry, body: z.strictObject({ note }),
  answer: folderEntry, refusals: ['folder.unknown', 'folder.not-your-turn'],
});
/** Begins the next round after a return: every step answers again. */
export const resumeFolderEntry = operation({
  id: 'folder.resume', method: 'POST', path: '/api/folder/:entry/resume', params: entry, body: z.strictObject({ reason: note.optional(), dueOn: plainDate.optional() }),
  answer: folderEntry, refusals: ['folder.unknown', 'folder.not-returned', 'folder.not-yours'],
});
export const withdrawFolderEntry = operation({
  id: 'folder.withdraw', method: 'POST', path: '/api/folder/:entry/withdraw', params: entry,
  answer: folderEntry, refusals: ['folder.unknown', 'folder.not-yours', 'folder.over'],
});
/** Reminds those whose turn it is; at most once an hour. */
export const remindFolderEntry = operation({
  id: 'folder.remind', method: 'POST', path: '/api/folder/:entry/remind', params: entry,
  answer: folderEntry, refusals: ['folder.unknown', 'folder.not-yours', 'folder.nobody-to-remind', 'folder.reminded-lately'],
});

const absence = z.strictObject({ absence: z.string(), officer: officerLabel, substitute: officerLabel, from: plainDate, to: plainDate, mine: z.boolean(), now: z.boolean() });
export const listAbsences = operation({ id: 'folder.absences', method: 'GET', path: '/api/absences', answer: z.strictObject({ rows: z.array(absence) }), refusals: [] });
/** `officer`: oneself when absent; an administrator may enter somebody who could not. */
export const enterAbsence = operation({
  id: 'folder.enter-absence', method: 'POST', path: '/api/absences',
  body: z.strictObject({ officer: objectId.optional(), substitute: objectId, from: plainDate, to: plainDate }),
  answer: absence, refusals: ['folder.absence-backwards', 'folder.substitute-self', 'officer.unknown', 'mandate.power-missing'],
});
export const endAbsence = operation({
  id: 'folder.end-absence', method: 'DELETE', path: '/api/absences/:absence', params: z.object({ absence: z.string().regex(/^[0-9a-z]{10,40}$/) }),
  answer: z.strictObject({ ended: z.literal(true) }), refusals: ['folder.absence-unknown', 'mandate.power-missing'],
});

export const folderOperations = [
  listFolder, getFolderEntry, listFolderOfficers, openFolderEntry, clearStep, returnStep, resumeFolderEntry, withdrawFolderEntry, remindFolderEntry,
  listAbsences, enterAbsence, endAbsence,
] as const;
