/**
 * The people's API as OpenAPI 3.1, from the contracts alone. Every refusal code of an operation is a
 * row: under its status in the responses, and in `x-refusals` with its message.
 */
import { z } from 'zod';
import { problem } from '../kernel/problem.ts';
import type { Operation } from '../kernel/operation.ts';
import type { Catalogue } from './catalogue.ts';
import { statusOf } from './status.ts';

type Json = Record<string, unknown>;

/** What any operation can answer besides its own refusals. */
const ALWAYS = ['request.malformed', 'request.invalid', 'request.encoding', 'request.too-large', 'request.media-unsupported', 'request.cross-site', 'request.host-unknown', 'request.too-many',
  'server.unexpected', 'server.integrity', 'store.busy', 'store.corrupt', 'store.disk-full', 'store.disk-failed', 'store.unreachable', 'store.read-only'];
const SESSION = ['session.missing', 'session.ended', 'session.mandate-ended'];
/** What any operation that writes the record can answer. */
const WRITES = ['node.recovering', 'node.founding', 'node.rules-unsupported'];

/** Every code that the operation can answer with, sorted. */
export function codesOf(operation: Operation): readonly string[] {
  const codes = new Set([...operation.refusals, ...ALWAYS]);
  if (operation.access !== 'public') for (const code of SESSION) codes.add(code);
  if (operation.method !== 'GET') for (const code of WRITES) codes.add(code);
  return [...codes].toSorted();
}

export function openApiOf(operations: readonly Operation[], catalogue: Catalogue): Json {
  const paths: Record<string, Json> = {};
  for (const operation of operations.toSorted((a, b) => (a.path === b.path ? (a.method < b.method ? -1 : 1) : a.path < b.path ? -1 : 1))) {
    const path = operation.path.replaceAll(/:([a-zA-Z]+)/g, '{$1}');
    const methods = (paths[path] ??= {});
    const method = operation.method.toLowerCase();
    if (methods[method] !== undefined) throw new Error(`two operations at ${operation.method} ${path}`);
    methods[method] = describe(operation);
  }
  const codes = [...new Set(operations.flatMap(codesOf))].toSorted();
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: { title: 'Alternat', version: '1', description: 'What the people of one party may ask of their own node. Writes must come from the node’s own origin; deny by default.' },
    paths,
    components: {
      schemas: { Problem: schemaOf(problem, 'output') },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'alternat-<party>-<space>', description: 'Set by the sign-in operations; the name carries party and space.' } },
    },
    'x-refusals': codes.map((code) => ({ code, status: statusOf(code), type: `/problems/${code}`, message: catalogue.pattern('en', `refusal.${code}`) ?? '' })),
  };
}

function describe(operation: Operation): Json {
  const [tag] = operation.id.split('.');
  return {
    operationId: operation.id,
    tags: [tag],
    ...(operation.access === 'public' ? { security: [] } : { security: [{ session: [] }] }),
    parameters: [...parameters(operation.params, 'path'), ...parameters(operation.query, 'query')],
    ...(operation.consumes !== undefined ? { requestBody: { required: true, content: { [operation.consumes]: { schema: { type: 'string', contentMediaType: operation.consumes } } } } }
      : operation.body === undefined ? {} : { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(operation.body, 'input') } } } }),
    responses: { ...answerOf(operation), ...refusalsOf(operation) },
  };
}

function parameters(schema: z.ZodType | undefined, place: 'path' | 'query'): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(properties).map(([name, property]) => ({ name, in: place, required: place === 'path' || required.includes(name), schema: property }));
}

function answerOf(operation: Operation): Json {
  if (operation.produces !== undefined) {
    return { 200: { description: 'A file', content: Object.fromEntries(operation.produces.map((media) => [media, { schema: { type: 'string', contentMediaType: media } }])) } };
  }
  if (operation.answer instanceof z.ZodUndefined) return { 204: { description: 'Done; nothing to say' } };
  return { 200: { description: 'Answer', content: { 'application/json': { schema: schemaOf(operation.answer, 'output') } } } };
}

function refusalsOf(operation: Operation): Json {
  const byStatus = Map.groupBy(codesOf(operation), statusOf);
  return Object.fromEntries([...byStatus].toSorted(([a], [b]) => a - b).map(([status, codes]) => [status, {
    description: codes.join(', '),
    content: { 'application/problem+json': { schema: { allOf: [{ $ref: '#/components/schemas/Problem' }, { type: 'object', properties: { code: { enum: codes } } }] } } },
  }]));
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  return rest;
}
