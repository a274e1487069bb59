/** Public vectors that nobody here wrote, through the conformance port, on both engines where verdicts could differ. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { nobleEngine } from '../adapters/engine/noble-engine.ts';
import { nodeEngine } from '../adapters/engine/node-engine.ts';
import { verifyEd25519, verifyP256 } from '../record/signature.ts';
import { parseTilePath, tilePath } from '../record/tile.ts';
import { CONFORM_LINE_MAX, conformLine, runConform } from './conform.ts';

const folder = join(import.meta.dirname, '../../../shared/fixtures/vectors');
const absent = !existsSync(folder);
if (absent) console.warn(`skipped: the public vectors are not at ${folder}`);

interface Answer {
  readonly ok: boolean;
  readonly error?: string;
  readonly verified?: readonly string[];
  readonly origin?: string;
}

interface DsseExample {
  readonly body: string;
  readonly payloadType: string;
  readonly pae: string;
  readonly ecdsaP256: { readonly x: string; readonly y: string };
  readonly envelope: { readonly signatures: readonly [{ readonly sig: string }] };
}
interface Notes {
  readonly cases: readonly [NoteCase, ...NoteCase[]];
  readonly badVkeys: readonly string[];
}
interface NoteCase {
  readonly name: string;
  readonly note: string;
  readonly vkeys: readonly string[];
  readonly ok: boolean;
  readonly verifiedNames: readonly string[] | null;
}
interface SumdbTree {
  readonly good: string;
  readonly bad: readonly [string, ...string[]];
  readonly tilePathsToParseWithoutCrash: readonly string[];
}
interface Wycheproof {
  readonly testGroups: readonly {
    readonly publicKey: { readonly pk: string; readonly uncompressed: string };
    readonly tests: readonly { readonly tcId: number; readonly msg: string; readonly sig: string; readonly result: string }[];
  }[];
}

function ask(request: object): Answer {
  return JSON.parse(conformLine(JSON.stringify(request))) as Answer;
}

function read<T>(path: string): T {
  return JSON.parse(readFileSync(join(folder, path), 'utf8')) as T;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

describe.skipIf(absent)('public vectors', () => {
  test('RFC 8785: every input becomes the expected bytes', () => {
    for (const name of readdirSync(join(folder, 'rfc8785/input'))) {
      const input = readFileSync(join(folder, 'rfc8785/input', name));
      const output = readFileSync(join(folder, 'rfc8785/output', name));
      const hex = readFileSync(join(folder, 'rfc8785/outhex', name.replace('.json', '.txt')), 'utf8').replaceAll(/\s/g, '');
      expect(output.toString('hex')).toBe(hex);
      expect(ask({ op: 'jcs', input: base64(input) }), name).toEqual({ ok: true, output: base64(output) });
    }
  });

  test('DSSE: the bytes of the protocol example', () => {
    const { body, payloadType, pae } = read<DsseExample>('dsse/protocol-example.json');
    expect(ask({ op: 'pae', type: payloadType, body: base64(Buffer.from(body)) })).toEqual({ ok: true, output: base64(Buffer.from(pae)) });
  });

  test('DSSE: the signature of the protocol example verifies once in DER', () => {
    const { pae, ecdsaP256, envelope } = read<DsseExample>('dsse/protocol-example.json');
    const raw = Buffer.from(envelope.signatures[0].sig, 'base64');
    const point = Buffer.from(`04${[ecdsaP256.x, ecdsaP256.y].map((n) => BigInt(n).toString(16).padStart(64, '0')).join('')}`, 'hex');
    const integer = (half: Buffer): Buffer => Buffer.concat([Buffer.from([2, half.length + (half[0]! >> 7)]), Buffer.alloc(half[0]! >> 7), half]);
    const body = Buffer.concat([integer(raw.subarray(0, 32)), integer(raw.subarray(32))]);
    const der = Buffer.concat([Buffer.from([0x30, body.length]), body]);
    expect(ask({ op: 'p256', publicKey: base64(point), message: base64(Buffer.from(pae)), signature: base64(der) })).toEqual({ ok: true });
  });

  test('signed-note: every case has its verdict and its names', () => {
    const { cases } = read<Notes>('signed-note/notes.json');
    for (const { name, note, vkeys, ok, verifiedNames } of cases) {
      const answer = ask({ op: 'note', note, vkeys });
      expect(answer.ok, name).toBe(ok);
      if (ok) expect(answer.verified, name).toEqual(verifiedNames);
    }
  });

  test('signed-note: bad and mangled verifier keys are refused, and a note that is not UTF-8', () => {
    const { badVkeys, cases } = read<Notes>('signed-note/notes.json');
    const [{ note, vkeys }] = cases;
    const good = vkeys[0] as string;
    const mangled = [...good].flatMap((_, i) => [good.slice(0, i), good.slice(i + 1), good.slice(0, i) + String.fromCharCode(good.charCodeAt(i) + 1) + good.slice(i + 1)]);
    for (const vkey of [...badVkeys, ...mangled]) expect(ask({ op: 'note', note, vkeys: [vkey] }).ok, vkey).toBe(false);
    expect(ask({ op: 'note', note: base64(Buffer.from(note)), vkeys }).ok).toBe(true);
    expect(ask({ op: 'note', note: base64(Buffer.concat([Buffer.from([0xff]), Buffer.from(note)])), vkeys }).ok).toBe(false);
  });

  test('checkpoint: what formats refuses is refused; of what it takes, only roots of 32 bytes and no empty extension line', () => {
    const root = 'Tm8gbGF6eSBmb3ggbm9yIHF1aWNrIGRvZyBmb3VuZCE=';
    for (const { name, text, wantErr } of read<{ cases: readonly { name: string; text: string; wantErr: boolean }[] }>('checkpoint/parse.json').cases) {
      const answer = ask({ op: 'checkpoint', text });
      expect(answer.ok, name).toBe(false);
      if (wantErr) continue;
      expect(answer.error, name).toBe('checkpoint.root-malformed');
      const withRoot = text.split('\n').map((line: string, i: number) => (i === 2 ? root : line)).join('\n');
      expect(ask({ op: 'checkpoint', text: withRoot }).ok, name).toBe(!withRoot.includes('\n\n'));
    }
  });

  test('checkpoint: the tree of the Go checksum database', () => {
    const { good, bad } = read<SumdbTree>('checkpoint/sumdb-tree.json');
    const [origin, size, root] = good.split('\n');
    expect(ask({ op: 'checkpoint', text: good })).toEqual({ ok: true, origin, size, root });
    const [otherOrigin, ...malformed] = bad;
    for (const text of malformed) expect(ask({ op: 'checkpoint', text }).ok).toBe(false);
    expect(ask({ op: 'checkpoint', text: otherOrigin }).origin).toBe('not-go.sum database tree');
  });

  test('tile paths: whatever is read is written back the same', () => {
    for (const path of read<SumdbTree>('checkpoint/sumdb-tree.json').tilePathsToParseWithoutCrash) {
      const place = parseTilePath(path);
      if (place !== undefined) expect(tilePath(place)).toBe(path);
    }
  });

  test('tlog-proof: no malformed proof is taken for a note or a checkpoint', () => {
    for (const { name, proof } of read<{ bad: readonly { name: string; proof: string }[] }>('tlog-proof/bad.json').bad) {
      expect(ask({ op: 'note', note: proof, vkeys: [] }).ok, name).toBe(false);
      expect(ask({ op: 'checkpoint', text: proof }).ok, name).toBe(false);
    }
  });

  test('RFC 6962 inclusion proofs, with sizes up to 2^64', () => {
    const files = readdirSync(join(folder, 'merkle-proofs'), { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(folder, 'merkle-proofs', path)).isFile());
    expect(files.length).toBeGreaterThan(90);
    for (const path of files) {
      const text = readFileSync(join(folder, 'merkle-proofs', path), 'utf8').replaceAll(/("(?:leafIdx|treeSize)": )(\d+)/g, '$1"$2"');
      const { leafIdx, treeSize, leafHash, proof, root, wantErr } = JSON.parse(text);
      expect(ask({ op: 'inclusion', index: leafIdx, size: treeSize, leaf: leafHash, proof, root }).ok, path).toBe(!wantErr);
    }
  });

  const engines = { node: nodeEngine(), noble: nobleEngine() };
  for (const [name, engine] of Object.entries(engines)) {
    test(`Wycheproof Ed25519 on ${name}`, () => {
      const hex = (text: string): Uint8Array => Uint8Array.fromHex(text);
      for (const group of read<Wycheproof>('wycheproof/ed25519_test.json').testGroups) {
        for (const { tcId, msg, sig, result } of group.tests) {
          expect(verifyEd25519(engine, hex(group.publicKey.pk), hex(msg), hex(sig)).ok, `case ${tcId}`).toBe(result === 'valid');
        }
      }
    });

    test(`Wycheproof P-256 DER on ${name}`, () => {
      const hex = (text: string): Uint8Array => Uint8Array.fromHex(text);
      for (const group of read<Wycheproof>('wycheproof/ecdsa_secp256r1_sha256_test.json').testGroups) {
        for (const { tcId, msg, sig, result } of group.tests) {
          expect(verifyP256(engine, hex(group.publicKey.uncompressed), hex(msg), hex(sig)).ok, `case ${tcId}`).toBe(result === 'valid');
        }
      }
    });
  }
});

describe('the port', () => {
  test('answers what cannot be read, and never ends over it', () => {
    for (const line of ['', 'null', '[]', '{', '{"op":1}', '{"op":"jcs","op":"jcs","input":"e30="}', '{"op":"__proto__"}', '{"op":"jcs","input":"e30"}', '{"op":"pae","type":1,"body":""}', '{"op":"inclusion","index":"-1","size":"1","leaf":"","proof":[],"root":""}', '[['.repeat(50_000)]) {
      expect(JSON.parse(conformLine(line)), line.slice(0, 60)).toEqual({ ok: false, error: expect.stringMatching(/^conform\./) });
    }
    expect(ask({ op: 'jcs', input: base64(Buffer.from('['.repeat(100_000))) })).toEqual({ ok: false, error: 'json.too-deep' });
  });

  test('consistency: prefixes of a tree of three agree, others do not', () => {
    const leaves = ['a', 'b', 'c'].map((text) => engineHash(0, Buffer.from(text)));
    const two = engineHash(1, Buffer.concat([leaves[0]!, leaves[1]!]));
    const three = engineHash(1, Buffer.concat([two, leaves[2]!]));
    const request = { op: 'consistency', size1: '2', size2: '3', proof: [base64(leaves[2]!)], root1: base64(two), root2: base64(three) };
    expect(ask(request)).toEqual({ ok: true });
    expect(ask({ ...request, root1: base64(three) })).toEqual({ ok: false, error: 'tree.root-differs' });
    expect(ask({ ...request, size1: '1' }).ok).toBe(false);
    expect(ask({ ...request, size2: '18446744073709551616' })).toEqual({ ok: false, error: 'tree.size-shrinks' });
  });

  test('answers line by line in order: split chunks, bytes that are no text, a line beyond the limit, a last line without end', async () => {
    const good = JSON.stringify({ op: 'jcs', input: base64(Buffer.from('{"b":1, "a":-0}')) });
    const chunks = [Buffer.from(good.slice(0, 9)), Buffer.from(`${good.slice(9)}\n`), Buffer.from([0xff, 0x0a]), ...Array.from({ length: 17 }, () => Buffer.alloc(CONFORM_LINE_MAX / 16, 0x20)), Buffer.from(`\n\n${good}`)];
    const written: Buffer[] = [];
    const output = new Writable({ highWaterMark: 1, write: (chunk, _, done) => (written.push(chunk), done()) });
    await runConform(Readable.from(chunks), output);
    const answers = Buffer.concat(written).toString().trimEnd().split('\n').map((line) => JSON.parse(line));
    const sorted = { ok: true, output: base64(Buffer.from('{"a":0,"b":1}')) };
    expect(answers).toEqual([sorted, { ok: false, error: 'conform.unreadable' }, { ok: false, error: 'conform.line-too-long' }, { ok: false, error: 'conform.unreadable' }, sorted]);
  });
});

function engineHash(prefix: number, bytes: Uint8Array): Uint8Array {
  return nodeEngine().sha256(Buffer.concat([Buffer.from([prefix]), bytes]));
}
