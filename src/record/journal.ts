/**
 * The access journal of one party: who did what with data, when, why, and who received it. A log of its
 * own by the same codec (docs/spec/journal.md): a leaf is the canonical JSON of one entry, the tree is
 * RFC 6962, its head is a signed checkpoint with the origin `alternat/<space>/<party>/journal`. It never
 * leaves the node; (size, root) enter the party's main log by `journal.anchor`, so that nobody can
 * shorten or rewrite it afterwards without being seen.
 */
import { z } from 'zod';
import { equalBytes, fromHex, toHex, type Bytes } from '../kernel/bytes.ts';
import type { Hash, PartyId } from '../kernel/ids.ts';
import { refuse, ok, type Result } from '../kernel/result.ts';
import { instant, objectId, partyId } from './act.ts';
import { openCheckpoint } from './checkpoint.ts';
import type { Engine } from './engine.ts';
import { parseCanonical } from './json.ts';
import type { NoteKey } from './note.ts';
import { EMPTY_RANGE, extendRange, leafHash, rootOf, type CompactRange } from './tree.ts';

/** The six operations that are logged. */
export const journalOperations = ['collection', 'alteration', 'consultation', 'disclosure', 'combination', 'erasure'] as const;
export type JournalOperation = (typeof journalOperations)[number];
/** In which form data was handed over or seen. */
export const journalForms = ['view', 'pdf', 'docx', 'text-bundle', 'space-bundle', 'sync'] as const;
/** Why, as far as the program knows it; `words` are the officer's own. */
export const journalReasons = ['officer-asked', 'purpose-stated', 'recorded', 'received', 'audience', 'retention', 'request', 'order', 'mistake', 'operator-asked'] as const;

export const journalEntry = z.strictObject({
  v: z.literal(1),
  /** Place in the journal, from 0. */
  n: z.int().min(0),
  at: instant,
  operation: z.enum(journalOperations),
  /** An officer, the node's own office, or the operator at the command line. */
  who: z.union([objectId, z.enum(['service', 'operator'])]),
  subject: z.strictObject({ kind: z.enum(['part', 'text', 'draft', 'space']), id: z.string().regex(/^[a-z0-9.-]{1,120}$/) }),
  form: z.enum(journalForms).optional(),
  why: z.strictObject({ code: z.enum(journalReasons), words: z.string().min(1).max(500).optional() }),
  /** Who got it; `bearer`: whoever holds the file that was made. Empty where nothing was handed to anybody. */
  recipients: z.array(z.union([z.strictObject({ officer: objectId }), z.strictObject({ party: partyId }), z.strictObject({ bearer: z.literal(true) })])).max(64),
});
export type JournalEntry = z.infer<typeof journalEntry>;

export function journalOrigin(space: Hash, party: PartyId): string {
  return `alternat/${space}/${party}/journal`;
}

/** A leaf as an entry: canonical JSON and nothing else. Refuses `journal.entry-malformed`. */
export function readJournalEntry(leaf: Uint8Array): Result<JournalEntry> {
  const parsed = parseCanonical(leaf);
  const entry = parsed.ok ? journalEntry.safeParse(parsed.value) : undefined;
  return entry?.success === true ? ok(entry.data) : refuse('journal.entry-malformed');
}

/** An entry as it is stored. */
export interface JournalRow {
  readonly n: number;
  readonly operation: string;
  readonly entry: Bytes;
  readonly hash: Bytes;
}

/** What the main log says of the journal: `index` is the place of the anchor there. */
export interface JournalAnchor {
  readonly index: number;
  readonly size: number;
  readonly root: Hash;
}

/** `at`: place in the journal. `from`, `to`: the change lies at a place in [from, to). */
export type JournalFault =
  | { readonly code: 'entry-missing' | 'entry-changed'; readonly at: number }
  | { readonly code: 'head-missing' | 'note-not-signed' }
  | { readonly code: 'shorter-than-signed' | 'longer-than-signed'; readonly size: number; readonly signed: number }
  | { readonly code: 'other-than-signed' }
  | { readonly code: 'shorter-than-anchored' | 'other-than-anchored'; readonly anchor: number; readonly from: number; readonly to: number };

export interface JournalVerdict {
  /** Entries that were read, and the root of the tree over them. */
  readonly size: number;
  readonly root: Hash;
  readonly faults: readonly JournalFault[];
  /** Anchors in the main log that the entries bear out. */
  readonly anchors: number;
}

/** Reads a journal in order, page by page: state is O(log size), the anchors are in ascending order of size. */
export class JournalCheck {
  readonly #engine: Engine;
  readonly #anchors: readonly JournalAnchor[];
  readonly #faults: JournalFault[] = [];
  #range: CompactRange = EMPTY_RANGE;
  #next = 0;
  /** Anchors before this one were compared. */
  #compared = 0;
  #held = 0;
  /** The largest size up to which an anchor agrees. */
  #agreed = 0;

  constructor(engine: Engine, anchors: readonly JournalAnchor[]) {
    this.#engine = engine;
    this.#anchors = anchors;
    this.#compare();
  }

  add(row: JournalRow): void {
    if (row.n !== this.#next) this.#faults.push({ code: 'entry-missing', at: this.#next });
    const hash = leafHash(this.#engine, row.entry);
    const read = readJournalEntry(row.entry);
    if (!equalBytes(hash, row.hash) || !read.ok || read.value.n !== row.n || read.value.operation !== row.operation) this.#faults.push({ code: 'entry-changed', at: row.n });
    this.#range = extendRange(this.#engine, this.#range, [hash]);
    this.#next = row.n + 1;
    this.#compare();
  }

  /** `note`: the stored head; `keys`: every log key that the party has had, under the journal's origin. */
  end(note: string | undefined, keys: readonly NoteKey[]): JournalVerdict {
    const { size } = this.#range;
    for (const anchor of this.#anchors.slice(this.#compared)) this.#faults.push({ code: 'shorter-than-anchored', anchor: anchor.index, from: size, to: anchor.size });
    this.#faults.push(...this.#againstNote(note, keys));
    return { size, root: toHex(rootOf(this.#engine, this.#range)), faults: this.#faults, anchors: this.#held };
  }

  #compare(): void {
    const { size } = this.#range;
    for (let anchor = this.#anchors[this.#compared]; anchor?.size === size; anchor = this.#anchors[this.#compared]) {
      this.#compared++;
      const root = fromHex(anchor.root);
      if (root !== undefined && equalBytes(root, rootOf(this.#engine, this.#range))) {
        this.#held++;
        this.#agreed = size;
      } else this.#faults.push({ code: 'other-than-anchored', anchor: anchor.index, from: this.#agreed, to: size });
    }
  }

  #againstNote(note: string | undefined, keys: readonly NoteKey[]): readonly JournalFault[] {
    const { size } = this.#range;
    if (note === undefined) return size === 0 ? [] : [{ code: 'head-missing' }];
    const opened = keys.map((key) => openCheckpoint(this.#engine, note, key)).find((one) => one.ok);
    if (opened?.ok !== true) return [{ code: 'note-not-signed' }];
    const signed = Number(opened.value.size);
    if (size < signed) return [{ code: 'shorter-than-signed', size, signed }];
    if (size > signed) return [{ code: 'longer-than-signed', size, signed }];
    return equalBytes(opened.value.root, rootOf(this.#engine, this.#range)) ? [] : [{ code: 'other-than-signed' }];
  }
}
