/**
 * Refusal → HTTP status: the only place where the two meet. Codes that are not named take the status
 * of their reason's form; a refusal of a rule is 409 (the record stands against it), never 400.
 */
const exact: Readonly<Record<string, number>> = {
  'request.malformed': 400,
  'request.invalid': 400,
  'request.encoding': 400,
  'request.too-large': 413,
  'request.media-unsupported': 415,
  'request.route-unknown': 404,
  'request.asset-unknown': 404,
  'request.host-unknown': 421,
  'request.cross-site': 403,
  'request.too-many': 429,
  'session.missing': 401,
  'session.ended': 401,
  'session.mandate-ended': 401,
  'sign-in.refused': 401,
  'sign-in.link-spent': 401,
  'sign-in.demo-off': 403,
  'mandate.power-missing': 403,
  'mandate.no-key': 403,
  'mandate.node-keys-not-allowed': 403,
  'act.not-asked-to-sign': 403,
  'passkey.refused': 403,
  'officer.not-ours': 403,
  'part.erased': 410,
  'part.withheld': 403,
  'metrics.not-for-you': 403,
  'server.unexpected': 500,
  'server.integrity': 500,
  'store.corrupt': 500,
  'store.disk-full': 507,
  'store.disk-failed': 500,
  'server.not-built': 503,
  'server.not-ready': 503,
  'node.recovering': 503,
  'node.founding': 503,
  'node.acts-lost': 503,
  'node.rules-unsupported': 503,
};

/** The status of a refusal code. */
export function statusOf(code: string): number {
  const known = exact[code];
  if (known !== undefined) return known;
  if (code.startsWith('store.')) return 503;
  if (/(?:\.|-)unknown$/.test(code)) return 404;
  if (/(?:\.|-)(?:malformed|invalid|too-long|too-large)$/.test(code)) return 400;
  return 409;
}
