/**
 * The built web application (dist/web). Files with a digest in their name are kept for a year; the
 * one page is never kept, because it names them. Every address that is no file and no API is a screen:
 * the page's own router knows whether it exists.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { languages } from '../kernel/language.ts';
import type { Catalogue } from './catalogue.ts';
import { RefusedRequest } from './problem.ts';

const media: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml', '.png': 'image/png', '.ico': 'image/x-icon', '.woff2': 'font/woff2', '.woff': 'font/woff', '.webmanifest': 'application/manifest+json', '.txt': 'text/plain; charset=utf-8', '.wasm': 'application/wasm',
};
const COMPRESSIBLE = new Set(['.js', '.css', '.json', '.svg', '.html', '.txt', '.webmanifest', '.wasm']);
const COMPRESS_FROM = 1024;

interface Asset {
  readonly bytes: Buffer;
  readonly type: string;
  readonly etag: string;
  readonly compressible: boolean;
  readonly hashed: boolean;
  br?: Promise<Buffer>;
  gzip?: Promise<Buffer>;
}

/** Reads the whole build: a few megabytes, so that a rebuild under a running node never serves half of each. */
function readAssets(root: string): ReadonlyMap<string, Asset> {
  const assets = new Map<string, Asset>();
  if (!existsSync(join(root, 'index.html'))) return assets;
  for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    const file = join(root, name);
    const extension = extname(name);
    const type = media[extension];
    if (type === undefined || !statSync(file).isFile() || name.startsWith('.')) continue;
    const bytes = readFileSync(file);
    assets.set(`/${name.split(sep).join('/')}`, {
      bytes, type,
      etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`,
      compressible: COMPRESSIBLE.has(extension) && bytes.length >= COMPRESS_FROM,
      hashed: name.startsWith(`assets${sep}`),
    });
  }
  return assets;
}

export function installWebApp(app: FastifyInstance, root: string, catalogue: Catalogue): void {
  const assets = readAssets(root);
  const page = assets.get('/index.html')?.bytes.toString('utf8');
  app.route({
    method: ['GET', 'HEAD'],
    url: '/*',
    handler: async (request, reply) => {
      const path = decodeURI(request.url.split('?')[0] ?? '/');
      if (path.startsWith('/api/') || path === '/api') throw new RefusedRequest({ code: 'request.route-unknown' });
      const asset = path === '/index.html' ? undefined : assets.get(path);
      if (asset !== undefined) return sendAsset(request, reply, asset);
      // A missing script must not be answered with a page; an object id in a screen's address has a dot but no such ending.
      if (media[extname(path)] !== undefined || path.startsWith('/assets/')) throw new RefusedRequest({ code: 'request.asset-unknown' });
      return page === undefined ? sendNotBuilt(reply, catalogue) : sendPage(reply, page);
    },
  });
}

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

async function sendAsset(request: FastifyRequest, reply: FastifyReply, asset: Asset): Promise<FastifyReply> {
  reply.header('etag', asset.etag).header('cache-control', asset.hashed ? 'public, max-age=31536000, immutable' : 'no-cache').type(asset.type);
  if (asset.compressible) reply.header('vary', 'accept-encoding');
  if (request.headers['if-none-match'] === asset.etag) return reply.code(304).send();
  const accepted = asset.compressible ? encodingOf(request.headers['accept-encoding']) : undefined;
  if (accepted === 'br') {
    asset.br ??= compressBrotli(asset.bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
    return reply.header('content-encoding', 'br').send(await asset.br);
  }
  if (accepted === 'gzip') {
    asset.gzip ??= compressGzip(asset.bytes, { level: 9 });
    return reply.header('content-encoding', 'gzip').send(await asset.gzip);
  }
  return reply.send(asset.bytes);
}

function encodingOf(header: string | undefined): 'br' | 'gzip' | undefined {
  const accepted = new Set((header ?? '').split(',').filter((item) => !/;\s*q=0(?:\.0+)?\s*$/.test(item)).map((item) => item.split(';')[0]?.trim()));
  return accepted.has('br') ? 'br' : accepted.has('gzip') ? 'gzip' : undefined;
}

/**
 * The one page. React Aria adds two small style sheets at run time; a fresh nonce lets these in and
 * nothing else. Scripts have none: they are files of this origin or they do not run.
 */
function sendPage(reply: FastifyReply, page: string): FastifyReply {
  const nonce = randomBytes(16).toString('base64url');
  const policy = String(reply.raw.getHeader('content-security-policy')).replace("style-src 'self'", `style-src 'self' 'nonce-${nonce}'`);
  reply.raw.setHeader('content-security-policy', policy);
  return reply.header('cache-control', 'no-store').type(media['.html'] as string)
    .send(page.replace('</head>', `<meta property="csp-nonce" nonce="${nonce}"></head>`));
}

function sendNotBuilt(reply: FastifyReply, catalogue: Catalogue): FastifyReply {
  const words = languages.map((language) => `<p lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">${catalogue.message(language, 'refusal.server.not-built') ?? ''}</p>`);
  return reply.code(503).header('cache-control', 'no-store').type(media['.html'] as string)
    .send(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Alternat</title></head><body>${words.join('')}</body></html>`);
}
