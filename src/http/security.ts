/**
 * Headers, host and origin. The cookie is SameSite=Strict, yet `localhost` is one site for every port,
 * so every write must also say that it comes from this very origin (Fetch Metadata, else Origin).
 */
import helmet from '@fastify/helmet';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { RefusedRequest } from './problem.ts';

/** Probes come by address, not by name. */
const PROBES = new Set(['/healthz', '/readyz', '/metrics']);

export async function installSecurity(app: FastifyInstance, origin: string): Promise<void> {
  const secure = origin.startsWith('https:');
  await app.register(helmet, {
    enableCSPNonces: false,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        fontSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        workerSrc: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        objectSrc: ["'none'"],
        ...(secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    crossOriginEmbedderPolicy: { policy: 'require-corp' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    xFrameOptions: { action: 'deny' },
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.header('permissions-policy', 'publickey-credentials-get=(self), publickey-credentials-create=(self), camera=(), microphone=(), geolocation=(), payment=(), usb=()');
    checkHost(request, new URL(origin).host);
    if (request.method !== 'GET' && request.method !== 'HEAD') checkOrigin(request, origin);
  });
}

/** A name that was rebound to this address (DNS rebinding) shows in Host: nothing is served under it. */
function checkHost(request: FastifyRequest, host: string): void {
  if (request.headers.host === host || PROBES.has(request.url.split('?')[0] ?? '')) return;
  throw new RefusedRequest({ code: 'request.host-unknown', params: { host } });
}

function checkOrigin(request: FastifyRequest, origin: string): void {
  const site = request.headers['sec-fetch-site'];
  const from = request.headers.origin;
  // Every browser that can run the application sends at least one of the two; a program can send Origin.
  const good = (site === undefined || site === 'same-origin') && (from === undefined || from === origin) && (site !== undefined || from !== undefined);
  if (!good) throw new RefusedRequest({ code: 'request.cross-site' });
}
