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
  'request.timed-out': 408,
  'session.missing': 401,
  'session.ended': 401,
  'session.mandate-ended': 401,
  'sign-in.refused': 401,
  'sign-in.link-spent': 401,
  'sign-in.demo-off': 403,
  'mandate.power-missing': 403,
  'part.erased': 410,
  'part.withheld': 403,
  'metrics.not-for-you': 403,
  'server.unexpected': 500,
  'server.integrity': 500,
  'server.damaged': 500,
  'server.disk-full': 507,
  'server.unreachable': 503,
  'server.not-built': 503,
  'server.not-ready': 503,
  'node.recovering': 503,
  'node.founding': 503,
  'node.read-only': 503,
};

/** The status of a refusal code. */
export function statusOf(code: string): number {
  const known = exact[code];
  if (known !== undefined) return known;
  if (/(?:\.|-)unknown$/.test(code)) return 404;
  if (/(?:\.|-)(?:malformed|invalid|too-long|too-large)$/.test(code)) return 400;
  return 409;
}
