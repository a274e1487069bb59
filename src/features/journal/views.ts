/** What an auditor sees of the access journal. */
import { z } from 'zod';
import { hash, instant, objectId, partyId } from '../../record/act.ts';
import { label } from '../../record/charter.ts';
import { journalForms, journalOperations, journalReasons } from '../../record/journal.ts';

/** An officer with the title of their office, where it is known here. */
const officer = z.strictObject({ kind: z.literal('officer'), officer: objectId, office: label.optional() });

export const journalRow = z.discriminatedUnion('readable', [
  z.strictObject({
    readable: z.literal(true),
    n: z.int(),
    at: instant,
    operation: z.enum(journalOperations),
    who: z.discriminatedUnion('kind', [officer, z.strictObject({ kind: z.enum(['service', 'operator']) })]),
    subject: z.strictObject({ kind: z.enum(['part', 'text', 'draft', 'space']), id: z.string() }),
    form: z.enum(journalForms).optional(),
    why: z.strictObject({ code: z.enum(journalReasons), words: z.string().optional() }),
    recipients: z.array(z.discriminatedUnion('kind', [officer, z.strictObject({ kind: z.literal('party'), party: partyId }), z.strictObject({ kind: z.literal('bearer') })])),
  }),
  /** The stored bytes are no entry: somebody changed them. */
  z.strictObject({ readable: z.literal(false), n: z.int() }),
]);
export type JournalRowView = z.infer<typeof journalRow>;

/** Where the main log says how far the journal went. */
export const anchorView = z.strictObject({ index: z.int(), size: z.int(), root: hash });

const at = z.int();
export const journalFault = z.discriminatedUnion('code', [
  z.strictObject({ code: z.literal('entry-missing'), at }),
  z.strictObject({ code: z.literal('entry-changed'), at }),
  z.strictObject({ code: z.literal('head-missing') }),
  z.strictObject({ code: z.literal('note-not-signed') }),
  z.strictObject({ code: z.literal('other-than-signed') }),
  z.strictObject({ code: z.literal('shorter-than-signed'), size: z.int(), signed: z.int() }),
  z.strictObject({ code: z.literal('longer-than-signed'), size: z.int(), signed: z.int() }),
  z.strictObject({ code: z.literal('shorter-than-anchored'), anchor: z.int(), from: z.int(), to: z.int() }),
  z.strictObject({ code: z.literal('other-than-anchored'), anchor: z.int(), from: z.int(), to: z.int() }),
]);

export const journalVerdict = z.strictObject({
  at: instant,
  holds: z.boolean(),
  /** Entries read, anchors in the main log and how many of them the entries bear out. */
  size: z.int(),
  root: hash,
  anchors: z.int(),
  anchorsHeld: z.int(),
  /** The first ones; a changed place can be named by several. */
  faults: z.array(journalFault),
});
export type JournalVerdictView = z.infer<typeof journalVerdict>;
