/** A batch in which one signature is false: decided as if each had been checked at its place. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nodeEngine } from '../adapters/engine/node-engine.ts';
import { utf8, type Bytes } from '../kernel/bytes.ts';
import { expectOk } from '../kernel/result.ts';
import { heal, twoHouses } from '../main/house.testkit.ts';
import { logKey, originOf, signCheckpoint } from '../record/checkpoint.ts';
import { encodeEnvelope, parseEnvelope } from '../record/envelope.ts';
import { leafHash } from '../record/tree.ts';
import { checkWholeRecord } from './log-check.testkit.ts';
import { extendHead, rootBytes } from './log.ts';
import type { Head } from './ports.ts';

const COUNT = 60;
const BAD = 41;

test('one false signature among many leaves its act without effect and the others as they are', async () => {
  const engine = nodeEngine();
  const root = mkdtempSync(join(tmpdir(), 'alternat-later-'));
  const [rabat, madrid] = await twoHouses(root);
  try {
    await heal([rabat, madrid]);
    const before = (await rabat.node.heads()).find(({ party }) => party === 'dgp') as Head;
    const part = madrid.node.mint.part('text', 'application/vnd.alternat.label+json', utf8('{"en":"one"}'));
    const drafts = Array.from({ length: COUNT }, () => ({ type: 'corps.declare', v: 1, scope: 'space' as const, body: { corps: madrid.node.mint.id(), name: part.ref }, parts: [part] }));
    expectOk(await madrid.node.submit(drafts, madrid.founded.administrator));
    const honest = (await madrid.node.store.read((tx) => tx.leaves('dgp', before.size, before.size + COUNT))).map((leaf) => leaf.envelope);
    const signatures = honest.map((entry) => expectOk(parseEnvelope(entry)).signatures);
    const entries = honest.map((entry, i) => (i === BAD ? expectOk(encodeEnvelope({ ...expectOk(parseEnvelope(entry)), signatures: signatures[0] ?? [] })) : entry));
    // The log's owner signs for the tree with the false one: nobody else could make others store it.
    const grown = extendHead(engine, before, entries.map((entry) => leafHash(engine, entry)));
    const { keys } = madrid.opened;
    const kept = (await keys.keys('log'))[0];
    const origin = originOf(rabat.node.space, 'dgp', 1);
    const note = await signCheckpoint({ origin, size: BigInt(grown.size), root: rootBytes(grown.root), extensions: [] }, logKey(engine, origin, kept?.publicKey as Bytes), (message) => keys.sign(kept?.key ?? '', message));
    expect(expectOk(await rabat.node.ingest({ party: 'dgp', from: before.size, entries, note, parts: new Map() })).stored).toBe(COUNT);
    const stored = await rabat.node.store.read((tx) => tx.leaves('dgp', before.size, before.size + COUNT));
    expect(stored.map((leaf) => (leaf.verdict === 'valid' ? 'valid' : leaf.verdict?.code))).toEqual(Array.from({ length: COUNT }, (_, i) => (i === BAD ? 'act.signature-bad' : 'valid')));
    await checkWholeRecord(rabat.node.store, 'dgsn');
  } finally {
    for (const house of [rabat, madrid]) await house.close();
    rmSync(root, { recursive: true, force: true });
  }
});
