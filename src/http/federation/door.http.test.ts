/** What a node serves, to whom, and what it refuses: asked over the wire by a client of our own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createTlsIdentity, type TlsIdentity } from '../../adapters/peer/certificate.ts';
import { utf8 } from '../../kernel/bytes.ts';
import { openCheckpoint, cosignerKey, logKey, originOf } from '../../record/checkpoint.ts';
import { openPart } from '../../record/part.ts';
import { decodeEntries, tileHashes } from '../../record/tile.ts';
import { leafHash, subtreeHash, type HashReader } from '../../record/tree.ts';
import { tileReader } from '../../record/tile.ts';
import { engine, foundFederation, type Federation, type Member } from './federation.testkit.ts';

let folder: string;
let federation: Federation;
let es: Member;
let ma: Member;
let pt: Member;
let space: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'alternat-door-'));
  federation = await foundFederation(folder, { parties: ['es', 'ma', 'pt'] });
  [es, ma, pt] = [federation.member('es'), federation.member('ma'), federation.member('pt')];
  space = ma.test.space;
});
afterAll(async () => {
  await federation.close();
  rmSync(folder, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly type: string | undefined;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly code: unknown;
}

interface Ask {
  readonly as?: Pick<TlsIdentity, 'key' | 'certificate'> | 'nobody';
  readonly method?: string;
  readonly body?: Uint8Array;
  readonly type?: string;
}

function ask(member: Member, path: string, options: Ask = {}): Promise<Answer> {
  const as = options.as ?? es.test.identity;
  return new Promise((resolve, reject) => {
    const outgoing = request({
      host: '127.0.0.1', port: member.port, path, method: options.method ?? 'GET', rejectUnauthorized: false, agent: false,
      headers: options.body === undefined ? {} : { 'content-type': options.type ?? 'application/octet-stream' },
      ...(as === 'nobody' ? {} : { key: as.key, cert: as.certificate }),
    }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const body = new Uint8Array(Buffer.concat(chunks));
        const type = incoming.headers['content-type'];
        const code = type === 'application/problem+json' ? (JSON.parse(Buffer.from(body).toString()) as { code: unknown }).code : undefined;
        resolve({ status: incoming.statusCode ?? 0, type, body, code });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(options.body);
  });
}

const text = (answer: Answer): string => Buffer.from(answer.body).toString('utf8');

describe('who may ask', () => {
  test('without a certificate, or with one that no profile names, everything is refused', async () => {
    const stranger = await createTlsIdentity('es');
    for (const as of ['nobody', stranger] as const) {
      for (const path of [`/s/${space}/ma/checkpoint`, '/', '/healthz']) {
        const answer = await ask(ma, path, { as });
        expect([answer.status, answer.code]).toEqual([403, 'federation.unknown-certificate']);
      }
      const posted = await ask(ma, `/s/${space}/poke`, { as, method: 'POST', body: utf8('') });
      expect(posted.status).toBe(403);
    }
    expect(ma.poked).toEqual([]);
  });

  test('a profile that changes the pin changes who may ask', async () => {
    const next = await createTlsIdentity('pt');
    expect((await ask(ma, `/s/${space}/ma/checkpoint`, { as: next })).status).toBe(403);
    await pt.test.profile([`https://127.0.0.1:${pt.port}`], [pt.test.identity.pin, next.pin]);
    await ma.pull('pt');
    await ma.directory.refresh();
    expect((await ask(ma, `/s/${space}/ma/checkpoint`, { as: next })).status).toBe(200);
    await pt.test.profile([`https://127.0.0.1:${pt.port}`], [pt.test.identity.pin]);
    await ma.pull('pt');
    await ma.directory.refresh();
    expect((await ask(ma, `/s/${space}/ma/checkpoint`, { as: next })).status).toBe(403);
  });

  test('a pin that two parties claim is nobody’s', async () => {
    await pt.test.profile([`https://127.0.0.1:${pt.port}`], [pt.test.identity.pin, es.test.identity.pin]);
    await ma.pull('pt');
    await ma.directory.refresh();
    expect((await ask(ma, `/s/${space}/ma/checkpoint`)).status).toBe(403);
    await pt.test.profile([`https://127.0.0.1:${pt.port}`], [pt.test.identity.pin]);
    await ma.pull('pt');
    await ma.directory.refresh();
    expect((await ask(ma, `/s/${space}/ma/checkpoint`)).status).toBe(200);
  });
});

describe('logs', () => {
  test('a checkpoint carries the log’s signature and every cosignature that is held', async () => {
    await ma.test.note('one more');
    await federation.exchange();
    const { status, type, body } = await ask(pt, `/s/${space}/ma/checkpoint`);
    expect([status, type]).toEqual([200, 'text/plain; charset=utf-8']);
    const member = ma.test.parts;
    const key = logKey(engine, originOf(space, 'ma', 1), Uint8Array.fromBase64(member.charter.log));
    const cosigners = [es, pt].map((one) => cosignerKey(engine, space, one.party, one.test.parts.cosigner));
    const opened = openCheckpoint(engine, body, key, cosigners);
    expect(opened.ok && opened.value.cosigned.map((by) => by.name).sort()).toEqual(cosigners.map((one) => one.name).sort());
    expect(opened.ok && Number(opened.value.size)).toBe(await ma.test.size());
  });

  test('the owner and a mirror serve the same bytes of entries and tiles, partial and full', async () => {
    await ma.test.notes(520);
    await federation.exchange();
    const size = await ma.test.size();
    expect(size).toBeGreaterThan(512);
    const last = size - 512;
    for (const path of ['tile/entries/000', 'tile/entries/001', `tile/entries/002.p/${last}`, 'tile/entries/001.p/9', 'tile/0/000', `tile/0/002.p/${last}`, 'tile/0/002.p/1', 'tile/1/000.p/2', 'tile/1/000.p/1']) {
      const [own, mirrored] = [await ask(ma, `/s/${space}/ma/${path}`), await ask(es, `/s/${space}/ma/${path}`, { as: pt.test.identity })];
      expect([path, own.status, own.type]).toEqual([path, 200, 'application/octet-stream']);
      expect(Buffer.from(mirrored.body).equals(Buffer.from(own.body)), path).toBe(true);
    }
  });

  test('entries hash to the tiles, and the tiles to the root of the checkpoint', async () => {
    const size = await ma.test.size();
    const tiles = new Map<string, readonly Uint8Array<ArrayBuffer>[]>();
    for (const [level, index, width] of [[0, 0, 256], [0, 1, 256], [0, 2, size - 512], [1, 0, 2]] as const) {
      const suffix = width === 256 ? '' : `.p/${width}`;
      const answer = await ask(ma, `/s/${space}/ma/tile/${level}/00${index}${suffix}`);
      tiles.set(`${level}/${index}`, tileHashes(answer.body, width) ?? []);
    }
    const entries = decodeEntries((await ask(ma, `/s/${space}/ma/tile/entries/001`)).body, 256);
    expect(entries.ok && entries.value.map((entry) => leafHash(engine, entry).toHex())).toEqual(tiles.get('0/1')?.map((hash) => hash.toHex()));
    const read: HashReader = tileReader(engine, (level, index) => tiles.get(`${level}/${index}`));
    const root = subtreeHash(engine, 0, size, read).toHex();
    expect(root).toBe((await ma.node.heads()).find((head) => head.party === 'ma')?.root);
  });

  test('beyond the checkpoint, of another space, of a stranger, or written otherwise: not there', async () => {
    const size = await ma.test.size();
    const last = size - 512;
    const other = 'ab'.repeat(32);
    for (const [path, code] of [
      [`/s/${space}/ma/tile/entries/002.p/${last + 1}`, 'federation.no-such-tile'],
      [`/s/${space}/ma/tile/entries/003.p/1`, 'federation.no-such-tile'],
      [`/s/${space}/ma/tile/1/000.p/3`, 'federation.no-such-tile'],
      [`/s/${space}/ma/tile/2/000.p/1`, 'federation.no-such-tile'],
      [`/s/${space}/fr/checkpoint`, 'federation.no-such-log'],
      [`/s/${other}/ma/checkpoint`, 'federation.no-such-path'],
      [`/s/${space}/ma/checkpoint?size=3`, 'federation.no-such-path'],
      [`/s/${space}/ma/checkpoint/`, 'federation.no-such-path'],
      [`/s/${space}/poke`, 'federation.no-such-path'],
      ['/', 'federation.no-such-path'],
    ] as const) {
      const answer = await ask(ma, path);
      expect([path, answer.status, answer.code]).toEqual([path, 404, code]);
    }
  });
});

describe('parts', () => {
  test('a part goes as salt and plaintext to every party of the space, from the owner or a mirror', async () => {
    const { ref } = await ma.test.note('for all');
    await federation.exchange();
    for (const [holder, as] of [[ma, es], [es, pt], [pt, es]] as const) {
      const answer = await ask(holder, `/s/${space}/part/${ref.part}`, { as: as.test.identity });
      const opened = openPart(engine, ref.part, answer.body, ref.size);
      expect(opened.ok && new TextDecoder().decode(opened.value.plaintext)).toBe('for all');
    }
  });

  test('a part is not there for a party outside its audience, and a relay keeps to it too', async () => {
    const { ref } = await ma.test.note('for Madrid only', ['es', 'ma']);
    await federation.exchange();
    expect((await ask(ma, `/s/${space}/part/${ref.part}`, { as: es.test.identity })).status).toBe(200);
    for (const holder of [ma, es]) {
      const refused = await ask(holder, `/s/${space}/part/${ref.part}`, { as: pt.test.identity });
      const unknown = await ask(holder, `/s/${space}/part/${'0'.repeat(64)}`, { as: pt.test.identity });
      expect(text(refused)).toBe(text(unknown));
      expect([refused.status, refused.code]).toEqual([404, 'federation.no-such-part']);
    }
    expect((await pt.node.openPart(ref.part)).ok).toBe(false);
    expect((await pt.leaves('ma')).length).toBe(await ma.test.size());
    expect((await ask(pt, `/s/${space}/part/${ref.part}`, { as: ma.test.identity })).status).toBe(404);
  });
});

describe('posts', () => {
  test('a poke is taken with 204 and says who came', async () => {
    ma.poked.length = 0;
    expect((await ask(ma, `/s/${space}/poke`, { method: 'POST' })).status).toBe(204);
    expect((await ask(ma, `/s/${space}/poke`, { method: 'POST', as: pt.test.identity })).status).toBe(204);
    expect(ma.poked).toEqual(['es', 'pt']);
  });

  test('a bundle must come as octets and be one', async () => {
    const json = await ask(ma, `/s/${space}/bundle`, { method: 'POST', body: utf8('{}'), type: 'application/json' });
    expect([json.status, json.code]).toEqual([415, 'federation.unsupported-media']);
    const none = await ask(ma, `/s/${space}/bundle`, { method: 'POST' });
    expect([none.status, none.code]).toEqual([415, 'federation.unsupported-media']);
    const garbage = await ask(ma, `/s/${space}/bundle`, { method: 'POST', body: utf8('not a zip at all, only words') });
    expect([garbage.status, garbage.code]).toEqual([422, 'zip.truncated']);
  });

  test('a bundle that is too large is refused by its declared length', async () => {
    const answer = await new Promise<number | undefined>((resolve, reject) => {
      const { key, certificate } = es.test.identity;
      const headers = { 'content-type': 'application/octet-stream', 'content-length': 3_000_000_000 };
      const outgoing = request({ host: '127.0.0.1', port: ma.port, path: `/s/${space}/bundle`, method: 'POST', rejectUnauthorized: false, agent: false, key, cert: certificate, headers }, (incoming) => {
        resolve(incoming.statusCode);
        outgoing.destroy();
      });
      outgoing.on('error', reject);
      outgoing.flushHeaders();
    });
    expect(answer).toBe(413);
  });

  test('one party cannot take all of the door: beyond sixteen requests at a time it is told to wait', async () => {
    const { key, certificate } = es.test.identity;
    const headers = { 'content-type': 'application/octet-stream', 'content-length': 1000 };
    const held = Array.from({ length: 16 }, () => {
      const outgoing = request({ host: '127.0.0.1', port: ma.port, path: `/s/${space}/bundle`, method: 'POST', rejectUnauthorized: false, agent: false, key, cert: certificate, headers });
      outgoing.on('error', () => undefined);
      outgoing.write('x');
      return outgoing;
    });
    await vi.waitFor(async () => expect([(await ask(ma, `/s/${space}/ma/checkpoint`)).status]).toEqual([429]));
    expect((await ask(ma, `/s/${space}/ma/checkpoint`, { as: pt.test.identity })).status).toBe(200);
    for (const outgoing of held) outgoing.destroy();
    await vi.waitFor(async () => expect((await ask(ma, `/s/${space}/ma/checkpoint`)).status).toBe(200));
  });

  test('other methods have no path', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      expect([method, (await ask(ma, `/s/${space}/ma/checkpoint`, { method })).status]).toEqual([method, 404]);
    }
  });
});
