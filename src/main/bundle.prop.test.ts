/** I14: whatever byte of a bundle changes, it does not verify, and the place of the fault is named. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Bytes } from '../kernel/bytes.ts';
import { expectOk } from '../kernel/result.ts';
import { encodeManifest, encodeManifestSignature, MANIFEST, MANIFEST_SIGNATURE, manifestMessage, parseManifest } from '../record/bundle.ts';
import { verifyBundle } from '../record/bundle-verify.ts';
import { verifySignature, type SignatureCheck } from '../record/signing.ts';
import { encodeZip, parseZip } from '../record/zip.ts';
import { engine, exporterOf, idOf, registry, scene, spaceBundle, textBundle } from './bundle.testkit.ts';

const made = scene();
const bundles = { space: await spaceBundle(made), text: await textBundle(made, made.concluded) };

/** Verdicts of signatures seen before; a verdict is a pure function of its check. */
const known = new Map<string, boolean>();
function verify(check: SignatureCheck): boolean {
  const name = `${idOf(check.message)} ${idOf(check.signature)} ${idOf(check.publicKey)}`;
  if (!known.has(name)) known.set(name, verifySignature(engine, check));
  return known.get(name) as boolean;
}

for (const [kind, bundle] of Object.entries(bundles)) {
  test(`any changed byte of a ${kind} bundle is refused, with its place`, () => {
    fc.assert(fc.property(fc.nat({ max: bundle.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const { report } = verifyBundle(bundle.with(at, bundle[at]! ^ change) as Bytes, { engine, registry, verify });
      expect(report.verdict).not.toBe('verified');
      expect(report.firstFault).toMatchObject({ code: expect.stringMatching(/^[a-z]+\.[a-z-]+$/), file: expect.any(String) });
    }), { numRuns: 250 });
  });

  test(`any file of a ${kind} bundle changed with its checksum is still refused`, () => {
    const files = expectOk(parseZip(bundle));
    fc.assert(fc.property(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 255 }), (which, place, change) => {
      const file = files[which % files.length]!;
      if (file.bytes.length === 0) return;
      const at = place % file.bytes.length;
      const changed = files.map((one) => (one === file ? { name: one.name, bytes: one.bytes.with(at, one.bytes[at]! ^ change) as Bytes } : one));
      const { report } = verifyBundle(encodeZip(changed), { engine, registry, verify });
      expect(report.verdict, file.name).not.toBe('verified');
    }), { numRuns: 150 });
  });

  test(`an exporter who changes a ${kind} bundle and signs it anew is caught by the logs and parts themselves`, async () => {
    const files = expectOk(parseZip(bundle)).filter(({ name }) => name !== MANIFEST && name !== MANIFEST_SIGNATURE);
    const { files: listed, v, ...about } = expectOk(parseManifest(expectOk(parseZip(bundle)).find(({ name }) => name === MANIFEST)!.bytes));
    expect([v, listed.length]).toEqual([1, files.length]);
    const exporter = exporterOf(made.parties[0]);
    await fc.assert(fc.asyncProperty(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 255 }), async (which, place, change) => {
      const file = files[which % files.length]!;
      const at = place % file.bytes.length;
      const changed = files.map((one) => (one === file ? { name: one.name, bytes: one.bytes.with(at, one.bytes[at]! ^ change) as Bytes } : one));
      const manifest = encodeManifest(engine, about, changed);
      const signature = encodeManifestSignature(engine, exporter.logKey, await exporter.sign(manifestMessage(manifest)));
      const { report } = verifyBundle(encodeZip([...changed, { name: MANIFEST, bytes: manifest }, { name: MANIFEST_SIGNATURE, bytes: signature }]), { engine, registry, verify });
      // A cosigner's line under another name is a line of an unknown key: it says nothing, and nothing rests on it.
      const lost = report.verdict === 'verified' && file.name.endsWith('checkpoint') && report.logs.some(({ cosigned }) => cosigned.length === 0);
      expect(lost || report.verdict === 'not-verified', `${file.name} ${at}`).toBe(true);
    }), { numRuns: 150 });
  });

  test(`any file of a ${kind} bundle left out or added is refused`, () => {
    const files = expectOk(parseZip(bundle));
    for (const file of files) {
      const { report } = verifyBundle(encodeZip(files.filter((one) => one !== file)), { engine, registry, verify });
      expect(report.verdict, file.name).not.toBe('verified');
    }
    for (const name of ['extra', `parts/${'0'.repeat(64)}`, 'logs/es/entry/000', 'logs/xx/checkpoint']) {
      if (files.some((one) => one.name === name)) continue;
      expect(verifyBundle(encodeZip([...files, { name, bytes: new Uint8Array(3) }]), { engine, registry, verify }).report.verdict).toBe('not-verified');
    }
  });
}

test('what is no bundle is unreadable, and nothing is thrown', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
    expect(verifyBundle(Uint8Array.from(bytes), { engine, registry }).report.verdict).toBe('unreadable');
  }));
  fc.assert(fc.property(fc.nat({ max: bundles.text.length }), (size) => {
    expect(verifyBundle(bundles.text.slice(0, size), { engine, registry, verify }).report.verdict).toBe(size === bundles.text.length ? 'verified' : 'unreadable');
  }), { numRuns: 50 });
});
