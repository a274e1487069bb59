/** A peer that forges, replays, withholds, rewinds or answers garbage: each is named, nothing of it is stored. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { utf8, type Bytes } from '../../kernel/bytes.ts';
import type { Peer } from '../../node/ports.ts';
import { formatNote, parseNote } from '../../record/note.ts';
import { encodeEntries, decodeEntries } from '../../record/tile.ts';
import { foundFederation, type Federation, type Member } from './federation.testkit.ts';

let folder: string;
let federation: Federation;
let es: Member;
let ma: Member;
let pt: Member;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'alternat-hostile-'));
  federation = await foundFederation(folder, { parties: ['es', 'ma', 'pt'] });
  [es, ma, pt] = [federation.member('es'), federation.member('ma'), federation.member('pt')];
});
afterAll(async () => {
  await federation.close();
  rmSync(folder, { recursive: true });
});

/** The node of `ma`, but for what it lies about. */
function lying(lies: Partial<Peer>): Peer {
  return { ...es.peer('ma'), ...lies };
}

/** Pulls from the liar: what it is called, and that nothing of it stays. */
async function expectRefused(liar: Peer, code: string): Promise<void> {
  const before = await es.sizes();
  const round = await es.pull('ma', liar);
  expect(round).toEqual({ stored: 0, problem: expect.objectContaining({ code }) });
  const down = code.startsWith('peer.');
  const link = (await es.node.links()).find((one) => one.party === 'ma');
  expect([link?.reason, link?.state === 'down']).toEqual([code, down]);
  expect(await es.sizes()).toEqual(before);
  // The truth is taken in afterwards as if nothing had happened.
  await federation.exchange();
  expect(await es.leaves('ma')).toEqual(await ma.leaves('ma'));
  expect(es.alarms).toEqual([]);
}

async function ofLog(log: string, value: string | undefined): Promise<Partial<Peer>> {
  return { checkpoint: async (asked) => (asked === log ? value : es.peer('ma').checkpoint(asked)) };
}

async function noteOf(member: Member, log = member.party): Promise<string> {
  return (await member.node.checkpoint(log)) as string;
}

describe('checkpoints', () => {
  beforeEach(async () => void (await ma.test.note('something new')));

  test('garbage', async () => expectRefused(lying(await ofLog('ma', 'hello')), 'sync.checkpoint-forged'));

  test('another size under the old signature', async () => {
    const forged = (await noteOf(ma)).replace(/\n(\d+)\n/, (_, size: string) => `\n${Number(size) + 1}\n`);
    await expectRefused(lying(await ofLog('ma', forged)), 'sync.checkpoint-forged');
  });

  test('signed by another party of the space', async () => {
    const note = parseNote(await noteOf(ma));
    const other = parseNote(await noteOf(es));
    if (!note.ok || !other.ok) throw new Error('notes of our own parse');
    await expectRefused(lying(await ofLog('ma', formatNote({ text: note.value.text, signatures: other.value.signatures }))), 'sync.checkpoint-forged');
  });

  test('of another log', async () => expectRefused(lying(await ofLog('ma', await noteOf(pt))), 'sync.checkpoint-forged'));

  test('without any signature of the log', async () => {
    const note = parseNote(await noteOf(es, 'ma'));
    if (!note.ok) throw new Error('notes of our own parse');
    const only = note.value.signatures.filter((line) => line.name.endsWith('/cosigner'));
    await expectRefused(lying(await ofLog('ma', formatNote({ text: note.value.text, signatures: only }))), 'sync.checkpoint-forged');
  });

  test('of our own log, forged: it counts as no delivery', async () => {
    await federation.exchange();
    await es.test.note('ours');
    const size = await es.test.size();
    const mirrored = await noteOf(ma, 'es');
    const forged = mirrored.replace(/\n(\d+)\n/, `\n${size}\n`);
    await expectRefused(lying(await ofLog('es', forged)), 'ingest.note-refused');
  });

  test('lines of unknown keys are ignored and go no further', async () => {
    const junk = '— junk AAAAAAAA\n'.repeat(20);
    await es.pull('ma', lying(await ofLog('ma', `${await noteOf(ma)}${junk}`)));
    expect(await es.leaves('ma')).toEqual(await ma.leaves('ma'));
    expect(await noteOf(es, 'ma')).not.toContain('junk');
  });
});

describe('entries', () => {
  beforeEach(async () => void (await ma.test.notes(3)));

  const answered = (change: (entries: Bytes[], bundle: number) => Bytes[]): Partial<Peer> => ({
    entries: async (log, bundle, width) => {
      const bytes = await es.peer('ma').entries(log, bundle, width);
      const entries = decodeEntries(bytes, width ?? 256);
      return log === 'ma' && entries.ok ? encodeEntries(change([...entries.value], bundle)) : bytes;
    },
  });

  test('one byte changed in an entry', async () => {
    const flip = (entry: Bytes): Bytes => entry.with(40, (entry[40] as number) ^ 1) as Bytes;
    await expectRefused(lying(answered((entries) => [...entries.slice(0, -1), flip(entries.at(-1) as Bytes)])), 'sync.answer-does-not-match');
  });

  test('entries in another order', async () => expectRefused(lying(answered((entries) => entries.reverse())), 'sync.answer-does-not-match'));

  test('an earlier entry again instead of the next one', async () => {
    await expectRefused(lying(answered((entries) => entries.map((entry, i) => (i === entries.length - 1 ? (entries[0] as Bytes) : entry)))), 'sync.answer-does-not-match');
  });

  test('one too few, one too many', async () => {
    await expectRefused(lying(answered((entries) => entries.slice(1))), 'peer.answer-malformed');
    await ma.test.note('again');
    await expectRefused(lying(answered((entries) => [...entries, entries[0] as Bytes])), 'peer.answer-malformed');
  });

  test('garbage', async () => expectRefused(lying({ entries: async () => utf8('not entries') }), 'peer.answer-malformed'));

  test('tiles that are not of the tree: nothing is proven against the log', async () => {
    await ma.test.notes(300);
    const tile: Peer['tile'] = async (log, level, index, width) => new Uint8Array((await es.peer('ma').tile(log, level, index, width)).length).fill(7);
    await expectRefused(lying({ tile }), 'sync.answer-does-not-match');
  });

  test('tiles of a wrong length', async () => {
    await ma.test.notes(300);
    await expectRefused(lying({ tile: async () => new Uint8Array(31) }), 'peer.answer-malformed');
  });
});

describe('parts', () => {
  test('withheld by everybody: the acts count, nothing is cosigned, the words are asked for until they come', async () => {
    await federation.exchange();
    const { ref } = await ma.test.note('withheld');
    const size = await ma.test.size();
    const round = await es.pull('ma', lying({ part: async () => undefined }));
    expect(round).toEqual({ stored: 1, problem: { code: 'sync.part-withheld', params: { log: 'ma', part: ref.part } } });
    expect(await es.test.size('ma')).toBe(size);
    await ma.pull('es');
    expect(await ma.delivered('es')).toBe(size - 1);
    expect((await es.pull('ma')).problem).toBeUndefined();
    expect((await es.node.openPart(ref.part)).ok).toBe(true);
    await ma.pull('es');
    expect(await ma.delivered('es')).toBe(size);
  });

  test('other words than those that were committed to are no answer', async () => {
    await federation.exchange();
    const { ref } = await ma.test.note('true words');
    const round = await es.pull('ma', lying({ part: async (commit) => new Uint8Array((await es.peer('ma').part(commit) as Bytes).map((byte) => byte ^ 1)) }));
    expect(round.problem?.code).toBe('sync.part-withheld');
    expect((await es.node.openPart(ref.part)).ok).toBe(false);
    await es.pull('ma');
    expect((await es.node.openPart(ref.part)).ok).toBe(true);
  });

  test('called erased without an order to erase: still owed', async () => {
    await federation.exchange();
    const { ref } = await ma.test.note('not erased at all');
    await es.pull('ma', lying({ part: async () => 'erased' as const }));
    await ma.pull('es');
    expect(await ma.delivered('es')).toBe((await ma.test.size()) - 1);
    await es.pull('ma');
    expect((await es.node.openPart(ref.part)).ok).toBe(true);
  });
});

describe('the past', () => {
  test('a replayed checkpoint changes nothing, and the replayer is served what it lacks', async () => {
    await federation.exchange();
    const old = await noteOf(ma);
    const size = await ma.test.size();
    await ma.test.note('after it');
    await federation.exchange();
    const before = await es.sizes();
    const round = await es.pull('ma', lying(await ofLog('ma', old)));
    expect(round).toEqual({ stored: 0, notice: { code: 'sync.peer-behind', params: { log: 'ma', size, held: size + 1 } } });
    expect(await es.sizes()).toEqual(before);
    expect(es.alarms).toEqual([]);
    expect(await es.node.links()).toContainEqual(expect.objectContaining({ party: 'ma', state: 'linked', reason: 'sync.peer-behind' }));
    await es.pull('ma');
    expect((await es.node.links()).find((link) => link.party === 'ma')?.reason).toBeUndefined();
  });

  test('re-delivery of everything changes nothing', async () => {
    await ma.test.note('once');
    await federation.exchange();
    const state = async (): Promise<unknown> => [await es.sizes(), await es.leaves('ma'), await es.node.links()];
    const before = await state();
    for (let turn = 0; turn < 3; turn++) await es.pull('ma');
    const head = await es.test.size('ma');
    const entries = await es.test.store.read(async (tx) => (await tx.leaves('ma', head - 256, head)).map((leaf) => leaf.envelope));
    const again = await es.node.ingest({ party: 'ma', from: head - 256, entries, note: await noteOf(ma), parts: new Map() });
    expect(again).toEqual({ ok: true, value: { stored: 0, size: head, missingParts: [] } });
    expect(await state()).toEqual(before);
  });

  test('one liar among two: its garbage stops neither the other link nor the other logs', async () => {
    await federation.exchange();
    await ma.test.note('from Rabat');
    await pt.test.note('from Lisbon');
    expect((await es.pull('ma', lying(await ofLog('ma', 'garbage')))).problem?.code).toBe('sync.checkpoint-forged');
    expect((await es.pull('pt')).stored).toBe(1);
    await pt.pull('ma');
    expect((await es.pull('pt')).stored).toBe(1);
    expect(await es.leaves('ma')).toEqual(await ma.leaves('ma'));
  });
});
