/** Refusals, faults and bugs → problem+json. What is not expected says nothing but an incident number. */
import { randomBytes } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { IntegrityFault } from '../kernel/fault.ts';
import type { Language } from '../kernel/language.ts';
import type { Problem } from '../kernel/problem.ts';
import type { Refusal } from '../kernel/result.ts';
import { StoreFault } from '../node/store-fault.ts';
import type { Catalogue } from './catalogue.ts';
import { statusOf } from './status.ts';

export const PROBLEM_MEDIA = 'application/problem+json; charset=utf-8';

/** Thrown inside the HTTP layer only, where a hook of the framework has no other way to answer. */
export class RefusedRequest extends Error {
  readonly refusal: Refusal;
  readonly errors: readonly { at: string; reason: string }[];
  constructor(refusal: Refusal, errors: readonly { at: string; reason: string }[] = []) {
    super(refusal.code);
    this.name = 'RefusedRequest';
    this.refusal = refusal;
    this.errors = errors;
  }
}

/** The problem for a refusal, in the reader's language. A code without a message still names itself. */
export function problemOf(catalogue: Catalogue, language: Language, refusal: Refusal): Problem {
  const status = statusOf(refusal.code);
  const params = { ...refusal.params };
  const known = catalogue.pattern(language, `refusal.${refusal.code}`) !== undefined;
  let detail: string | undefined;
  try {
    detail = known ? catalogue.message(language, `refusal.${refusal.code}`, params) : undefined;
  } catch {
    // A value that the message names is missing: the general sentence is better than none.
  }
  return {
    type: `/problems/${refusal.code}`,
    title: catalogue.message(language, `problem.title.${status}`) ?? refusal.code,
    status,
    detail: detail ?? catalogue.message(language, 'problem.without-message', { code: refusal.code }) ?? refusal.code,
    code: refusal.code,
    params,
    language,
  };
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply.code(problem.status).header('cache-control', 'no-store').header('content-language', problem.language).type(PROBLEM_MEDIA).send(JSON.stringify(problem));
}

/** Codes of the framework → refusal codes. Everything else is unexpected. */
const causes: Readonly<Record<string, string>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'request.too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'request.media-unsupported',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'request.malformed',
  FST_ERR_CTP_INVALID_JSON_BODY: 'request.malformed',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'request.malformed',
  FST_ERR_BAD_URL: 'request.malformed',
  FST_ERR_MAX_PARAM_LENGTH: 'request.malformed',
  FST_ERR_ROUTE_METHOD_NOT_SUPPORTED: 'request.route-unknown',
};

/** What a thrown error means to the caller; `incident` is set when the operator has to look. */
export function refusalOfError(error: unknown): { refusal: Refusal; incident?: string; errors?: readonly { at: string; reason: string }[] } {
  if (error instanceof RefusedRequest) return { refusal: error.refusal, errors: error.errors };
  const incident = randomBytes(6).toString('hex');
  if (error instanceof IntegrityFault) return { refusal: { code: 'server.integrity', params: { fault: error.refusal.code, incident } }, incident };
  if (error instanceof StoreFault) return { refusal: error.refusal, incident };
  const { code } = (typeof error === 'object' && error !== null ? error : {}) as { code?: unknown };
  const cause = typeof code === 'string' ? causes[code] : undefined;
  return cause === undefined ? { refusal: { code: 'server.unexpected', params: { incident } }, incident } : { refusal: { code: cause } };
}
