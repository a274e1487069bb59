/**
 * Two parties with their offices and every slice's server side, without HTTP: a test asks operations of
 * the contracts as an officer, and what a handler answers is checked against its contract.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KyselyPlugin } from 'kysely';
import type { ZodType } from 'zod';
import { nodeEngine } from '../adapters/engine/node-engine.ts';
import type { Handler, HandlerContext, Route } from '../http/handler.ts';
import { toBase64 } from '../kernel/bytes.ts';
import type { ObjectId } from '../kernel/ids.ts';
import { expectOk, type Result } from '../kernel/result.ts';
import { heal, twoHouses, type House, type HouseOptions } from '../main/house.testkit.ts';
import type { Store, Tx } from '../node/ports.ts';
import { keyProofMessage } from '../record/mandate.ts';
import type { Power } from '../record/rule.ts';
import { declareOffice, grantMandate } from './officers/commands.ts';
import { loadReader } from './officers/server/published.ts';
import { serverProjections, serverRoutes } from './server-slices.ts';

export type Asked = Awaited<ReturnType<typeof slicesOfTwo>>;

/** An officer of a house, as tests ask in their name. */
export interface Officer {
  readonly house: House;
  readonly officer: ObjectId;
  readonly office: ObjectId;
}

export async function slicesOfTwo(options: HouseOptions = {}) {
  const root = mkdtempSync(join(tmpdir(), 'alternat-slices-'));
  const [rabat, madrid] = await twoHouses(root, { projections: serverProjections, ...options });
  await heal([rabat, madrid]);
  return {
    rabat, madrid,
    /** Everything that each side has reaches the other, cosignatures included. */
    heal: () => heal([rabat, madrid]),
    async close(): Promise<void> {
      for (const house of [rabat, madrid]) await house.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** Gives a new officer an office; the node keeps the key. */
export async function appoint(house: House, title: string, powers: readonly Power[], scopes: readonly string[] = ['space']): Promise<Officer> {
  const { node, opened, founded } = house;
  const [officer, office] = [node.mint.id(), node.mint.id()];
  const made = await opened.keys.create('office');
  const key = { kind: 'node', alg: 'ed25519', public: toBase64(made.publicKey) } as const;
  const proof = toBase64(await opened.keys.sign(made.key, keyProofMessage(node.space, node.party, officer, key)));
  const drafts = [declareOffice(node.mint, office, { en: title }), grantMandate(officer, office, { powers, scopes, clearance: 'AMBER' }, { key, proof })];
  expectOk(await node.submit(drafts, { officer: founded.administrator.officer }));
  return { house, officer, office };
}

interface Given {
  readonly params?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
}

/** Calls an operation as the officer. Throws when input or answer do not fit the contract. */
export async function ask<A>(officer: Officer, operation: { readonly id: string; readonly answer: ZodType<A> }, given: Given = {}): Promise<Result<A>> {
  const answered = await asked(officer, operation.id, given);
  if (answered === undefined) throw new Error(`${operation.id} is not asked like that`);
  return answered.ok ? { ok: true, value: answered.value as A } : answered;
}

/** The same by the operation's id; undefined when the input does not fit its contract. */
export async function asked({ house, officer }: Officer, id: string, given: Given = {}): Promise<Result<unknown> | undefined> {
  const route = routesOf(house).find((one) => one.operation.id === id);
  if (route?.access !== 'session') throw new Error(`no route with a session for ${id}`);
  const reader = await loadReader(house.node, officer);
  if (reader === undefined) throw new Error('the officer has no mandate');
  const now = house.node.mint.now();
  const context: HandlerContext = {
    node: house.node, language: 'en', now, actor: { officer }, reader, announce: () => undefined,
    session: { id: 'test', officer, by: 'test', startedAt: now, expiresAt: now },
  };
  const { operation } = route;
  const input = [operation.params?.safeParse(given.params ?? {}), operation.query?.safeParse(given.query ?? {}), operation.body?.safeParse(given.body)];
  if (input.some((part) => part?.success === false)) return undefined;
  const [params, query, body] = input.map((part) => part?.data);
  const handler: Handler<unknown, unknown, unknown, unknown> = route.handler;
  const result = await handler(context, { params, query, body });
  if (!result.ok) {
    if (!operation.refusals.includes(result.refusal.code)) throw new Error(`${id} answered ${result.refusal.code}, which its contract does not name`);
    return result;
  }
  return { ok: true, value: operation.answer.parse(result.value) };
}

function routesOf(house: House): readonly Route[] {
  return serverRoutes({ node: house.node, engine: nodeEngine(), keys: house.opened.keys, printer: { print: () => Promise.reject(new Error('not printed here')) } });
}

/** The officer over a node that counts the statements of its reads: for literal query counts. */
export function counted(officer: Officer): Officer & { readonly count: () => number } {
  let statements = 0;
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => {
      statements++;
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const { node } = officer.house;
  const counting = (tx: Tx): Tx => new Proxy(tx, {
    get(target, name) {
      if (name === 'db') return target.db.withPlugin(plugin);
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...given: unknown[]): unknown => {
        statements++;
        return Reflect.apply(member, target, given);
      };
    },
  });
  const store: Store = {
    engine: node.store.engine,
    scrub: () => node.store.scrub(),
    read: (work) => node.store.read((tx) => work(counting(tx))),
    write: (work) => node.store.write((tx) => work(counting(tx))),
    close: () => node.store.close(),
  };
  return {
    ...officer,
    house: { ...officer.house, node: { ...node, store } },
    count: () => {
      const made = statements;
      statements = 0;
      return made;
    },
  };
}
