/**
 * Two parties on one machine for tests: real data directories, real keys, and a link in memory that
 * hands over exactly the bytes that the federation listener would serve.
 */
import { join } from 'node:path';
import { nodeEngine } from '../adapters/engine/node-engine.ts';
import { expectOk } from '../kernel/result.ts';
import { answerGet } from '../http/federation/serve.ts';
import type { Hash, PartyId } from '../kernel/ids.ts';
import type { Node } from '../node/node.ts';
import type { Clock, Peer } from '../node/ports.ts';
import type { Projection } from '../node/projection.ts';
import { PeerFailure } from '../node/sync/peer-failure.ts';
import { runRound, type Round } from '../node/sync/round.ts';
import type { Config } from './config.ts';
import { exportAnchor, foundSpace, importAnchor, init, joinSpace, type Founded, type Terms } from './found.ts';
import { openParty, type OpenParty } from './open.ts';

const engine = nodeEngine();

export interface House {
  readonly party: PartyId;
  readonly path: string;
  readonly founded: Founded;
  readonly opened: OpenParty;
  readonly node: Node;
  /** The link to the others: false cuts it. */
  link: boolean;
  /** One round of the sync with the other house. */
  pull(from: House): Promise<Round>;
  /** Ends the process' hold on the directory and opens it again. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

export interface HouseOptions {
  readonly projections?: readonly Projection[];
  readonly clock?: Clock;
  readonly engine?: (party: PartyId) => Config['engine'];
  readonly quorum?: number;
  readonly nodeKeys?: boolean;
}

export const testTerms: Terms = {
  name: { en: 'Exercise', es: 'Ejercicio' },
  authentic: ['ar', 'es'],
  exercise: true,
  highestMark: 'AMBER',
  limits: { textBytes: 1_048_576, fileBytes: 10_485_760 },
  retention: { file: 3650, personal: 365 },
};

const parties = {
  dgsn: { id: 'dgsn', name: { en: 'First directorate' }, short: { en: 'FD' }, country: 'MA', language: 'ar', zone: 'Africa/Casablanca' },
  dgp: { id: 'dgp', name: { en: 'Second directorate' }, short: { en: 'SD' }, country: 'ES', language: 'es', zone: 'Europe/Madrid' },
  dgx: { id: 'dgx', name: { en: 'Third directorate' }, short: { en: 'TD' }, country: 'PT', language: 'fr', zone: 'Europe/Lisbon' },
} as const;
export type TestParty = keyof typeof parties;

export function testConfig(party: TestParty, options: HouseOptions = {}): Omit<Config, 'v'> {
  return {
    party: { ...parties[party], epoch: 1, quorum: options.quorum ?? 1 },
    engine: options.engine?.(party) ?? { kind: 'sqlite' },
    listen: { people: { host: '127.0.0.1', port: 0 }, federation: { host: '127.0.0.1', port: 0 } },
    profile: {
      endpoints: ['https://127.0.0.1:1'],
      passkeys: { rpIds: ['localhost'], origins: ['http://localhost'] },
      policy: { nodeKeys: options.nodeKeys ?? true },
    },
  };
}

/** Founds a space of these parties under `root` and opens every node. Nothing is mirrored yet. */
export async function foundHouses(root: string, names: readonly TestParty[], options: HouseOptions = {}): Promise<readonly House[]> {
  const paths = names.map((name) => join(root, name));
  const texts: string[] = [];
  for (const [i, path] of paths.entries()) {
    expectOk(await init({ data: path, config: testConfig(names[i] as TestParty, options) }));
    texts.push(expectOk(await exportAnchor(path)));
  }
  for (const [i, path] of paths.entries()) for (const [j, text] of texts.entries()) if (i !== j) expectOk(await importAnchor(path, text));
  const founded: Founded[] = [];
  for (const [i, path] of paths.entries()) {
    const clock = options.clock === undefined ? {} : { clock: options.clock };
    founded.push(expectOk(i === 0 ? await foundSpace({ data: path, ...clock }, testTerms) : await joinSpace({ data: path, ...clock }, (founded[0] as Founded).charter)));
  }
  const houses: House[] = [];
  for (const [i, path] of paths.entries()) houses.push(await openHouse(names[i] as TestParty, path, founded[i] as Founded, houses, options));
  return houses;
}

export async function twoHouses(root: string, options: HouseOptions = {}): Promise<readonly [House, House]> {
  const [first, second] = await foundHouses(root, ['dgsn', 'dgp'], options);
  return [first as House, second as House];
}

/** Mirrors until nothing more moves: three rounds carry entries, cosignatures, and the news of both. */
export async function heal(houses: readonly House[]): Promise<void> {
  for (let round = 0; round < 3; round++) for (const to of houses) for (const from of houses) if (to !== from) await to.pull(from);
}

async function openHouse(party: TestParty, path: string, founded: Founded, all: House[], options: HouseOptions): Promise<House> {
  const open = (): Promise<OpenParty> =>
    openParty({
      data: path, projections: options.projections ?? [], peers: Object.keys(parties).filter((name) => name !== party).map((name) => lateBound(all, name, party)),
      ...(options.clock === undefined ? {} : { clock: options.clock }),
    });
  let opened = await open();
  const house: House = {
    party, path, founded, link: true,
    get opened() {
      return opened;
    },
    get node() {
      return opened.node;
    },
    pull(from) {
      const others = all.filter((other) => other !== from && other.party !== party).map((other) => peerOf(() => other, party));
      return runRound({ node: opened.node, engine, peer: peerOf(() => from, party), others, signal: new AbortController().signal });
    },
    async reopen() {
      await opened.close();
      opened = await open();
    },
    close: () => opened.close(),
  };
  return house;
}

/** A peer that may not be open yet: out of reach until it is. */
function lateBound(all: readonly House[], party: string, asking: PartyId): Peer {
  return peerOf(() => all.find((house) => house.party === party), asking, party);
}

/** The way to a house as its federation listener would answer `asking`. */
export function peerOf(house: () => House | undefined, asking: PartyId, name?: PartyId): Peer {
  const get = async (path: Parameters<typeof answerGet>[3]): Promise<Buffer | number> => {
    const there = house();
    if (there?.link !== true) throw new PeerFailure({ code: 'peer.unreachable' });
    const served = await answerGet(engine, there.node, asking, path);
    return 'body' in served ? served.body : served.status;
  };
  const bytes = async (path: Parameters<typeof answerGet>[3]): Promise<Uint8Array<ArrayBuffer>> => {
    const answer = await get(path);
    if (typeof answer === 'number') throw new PeerFailure({ code: 'peer.answer-malformed' });
    return new Uint8Array(answer);
  };
  const space = (): Hash => house()?.node.space ?? '';
  return {
    get party() {
      return name ?? house()?.party ?? '';
    },
    async checkpoint(log) {
      const answer = await get({ kind: 'checkpoint', space: space(), log });
      return typeof answer === 'number' ? undefined : answer.toString('utf8');
    },
    entries: (log, index, width = 256) => bytes({ kind: 'tile', space: space(), log, place: { level: 'entries', index, width } }),
    tile: (log, level, index, width = 256) => bytes({ kind: 'tile', space: space(), log, place: { level, index, width } }),
    async part(commit) {
      const answer = await get({ kind: 'part', space: space(), commit });
      return answer === 410 ? 'erased' : typeof answer === 'number' ? undefined : new Uint8Array(answer);
    },
    poke: async () => undefined,
    sendBundle: async () => undefined,
    close: async () => undefined,
  };
}
