import { describe, expect, test } from 'vitest';
import { fromUtf8, type Bytes } from '../kernel/bytes.ts';
import { expectOk } from '../kernel/result.ts';
import { nobleEngine } from '../adapters/engine/noble-engine.ts';
import { verifyBundle } from '../record/bundle-verify.ts';
import { parseZip } from '../record/zip.ts';
import { bundleName } from '../record/bundle.ts';
import { exchange, partOf } from '../record/space.testkit.ts';
import { engine, kept, proposed, registry, scene, SECRET, spaceBundle, textBundle } from './bundle.testkit.ts';

const made = scene();
const whole = await spaceBundle(made);
const one = await textBundle(made, made.concluded);
const [first, second] = made.parties;
const options = { engine, registry };

describe('a SPACE bundle', () => {
  test('verifies, with every text in its state and every level checked', () => {
    const { report } = verifyBundle(whole, options);
    expect(report.faults).toEqual([]);
    expect(report).toMatchObject({ verdict: 'verified', exercise: true, manifest: { bundle: 'space', space: first.space.id, exporter: first.id } });
    expect(report.texts.map(({ text, state }) => ({ text, state }))).toEqual(
      [{ text: made.concluded, state: 'concluded' }, { text: made.refused, state: 'dead' }, { text: made.open, state: 'open' }].sort((a, b) => (a.text < b.text ? -1 : 1)),
    );
    for (const log of report.logs) {
      expect(log).toMatchObject({ size: first.fold.holding(log.party).size, root: first.fold.root(log.party, log.size), entries: log.size, decided: log.size, withheld: 0, withoutEffect: 0 });
      expect(log.cosigned).toEqual([{ party: log.party === first.id ? second.id : first.id, time: 1_795_430_520 }]);
    }
  });

  test('says which parts were erased and which are withheld', async () => {
    const withoutPersonal = verifyBundle(whole, options).report.parts;
    expect(withoutPersonal).toMatchObject({ erased: 1, withheld: 1, bad: 0 });
    const withPersonal = verifyBundle(await spaceBundle(made, true), options).report;
    expect([withPersonal.verdict, withPersonal.parts]).toEqual(['verified', { ...withoutPersonal, withheld: 0, ok: withoutPersonal.ok + 1 }]);
  });

  test('is of the space that the verifier holds, or of none', () => {
    expect(verifyBundle(whole, { ...options, space: first.space.id }).report.verdict).toBe('verified');
    expect(verifyBundle(whole, { ...options, space: '0'.repeat(64) }).report).toMatchObject({ verdict: 'not-verified', firstFault: { code: 'bundle.other-space' } });
  });
});

describe('a TEXT bundle', () => {
  test('verifies the text by the acts it rests on, on both engines', () => {
    for (const by of [engine, nobleEngine()]) {
      const { report } = verifyBundle(one, { engine: by, registry });
      expect(report.faults).toEqual([]);
      expect(report.verdict).toBe('verified');
      const text = report.texts.find(({ text }) => text === made.concluded);
      expect(text).toMatchObject({ state: 'concluded', kind: 'declaration' });
      expect(text?.stances.map(({ party, stance, offices, keys }) => ({ party, stance, offices, keys }))).toEqual(
        [first, second].map(({ id, signer }) => ({ party: id, stance: 'signed', offices: [signer.office], keys: ['node'] })).map((stance) => ({ ...stance, stance: 'sign' })),
      );
    }
  });

  test('opens the words of the text, and withholds its earlier drafts', () => {
    const { parts, ledger } = verifyBundle(one, options);
    expect(parts?.counts).toMatchObject({ bad: 0, erased: 0, withheld: 2 });
    expect(ledger?.facts('text.attested', made.concluded)).toHaveLength(2);
    expect(ledger?.facts('text.registered', made.concluded)).toHaveLength(1);
  });

  test('discloses no entry and no word of another text', () => {
    const files = expectOk(parseZip(one));
    const entries = files.filter(({ name }) => name.includes('/entry/')).map(({ bytes }) => Buffer.from(bytes).toString('latin1'));
    expect(entries.length).toBeGreaterThan(10);
    for (const other of [made.refused, made.open]) {
      for (const log of first.fold.parties()) {
        for (const [index, envelope] of first.fold.entries(log).entries()) {
          const payload = Buffer.from(JSON.parse(fromUtf8(envelope as Bytes) as string).payload, 'base64').toString();
          if (payload.includes(other)) expect(entries, `${log} ${index}`).not.toContain(Buffer.from(envelope as Bytes).toString('latin1'));
        }
      }
    }
    expect(Buffer.from(one).includes(Buffer.from(SECRET))).toBe(false);
    expect(Buffer.from(whole).includes(Buffer.from(SECRET))).toBe(true);
  });

  test('takes in the act to which an overtaken signature owes its cut', async () => {
    const other = scene();
    const text = proposed(other.parties, other.parts, 'overtaken');
    const [owner, peer] = other.parties;
    const carrier = peer.act('note.make', { words: kept(other.parts, 'has seen the proposal', 'file') });
    expect(peer.act('text.sign', { text }, { by: [peer.signer], seen: {} }).says).toBe('valid');
    exchange(other.parties);
    expect(owner.act('text.sign', { text }, { by: [owner.signer] }).says).toBe('valid');
    exchange(other.parties);
    const bundle = await textBundle(other, text);
    const { report } = verifyBundle(bundle, options);
    expect([report.faults, report.texts.find((one) => one.text === text)?.state]).toEqual([[], 'concluded']);
    const names = expectOk(parseZip(bundle)).map(({ name }) => name);
    expect(names).toContain(bundleName({ kind: 'entry', party: peer.id, index: carrier.index }));
    expect(names).not.toContain(bundleName({ kind: 'part', commit: partOf('has seen the proposal', 'file').part }));
  });

  test('of a refused text says that it is dead, and why', async () => {
    const { report } = verifyBundle(await textBundle(made, made.refused), options);
    expect(report.faults).toEqual([]);
    expect(report.texts.find(({ text }) => text === made.refused)).toMatchObject({ state: 'dead' });
  });

  test('carries the exporter’s rendering without vouching for it', async () => {
    const { report } = verifyBundle(await textBundle(made, made.concluded, { renderings: [{ name: 'text.pdf', bytes: new Uint8Array([1]) }] }), options);
    expect([report.verdict, report.unchecked.map(({ code }) => code)]).toEqual(['verified', expect.arrayContaining(['rendering'])]);
  });
});
