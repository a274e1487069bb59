/**
 * The data directory of one node: one party in one space.
 *
 *   alternat.json      who and where (this file); 0600, because a database address may hold a password
 *   record.db          the embedded database (engine sqlite)
 *   keys/              the key store, outside every backup of the database
 *   high-water/        the mark of the own log, in no backup at all
 *   root.key           the party's root key: to be moved offline after founding
 *   tls.crt            certificate of the federation listener; its key is in the key store
 *   anchors/           what the other parties handed over before the founding
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { registerPattern } from '../features/texts/register-number.ts';
import { refuse, ok, type Result } from '../kernel/result.ts';
import { instant } from '../record/act.ts';
import { charterParty } from '../record/charter.ts';
import { partyProfileV1 } from '../record/mandate.ts';

const listener = z.strictObject({ host: z.string().min(1).max(255), port: z.int().min(0).max(65_535) });

export const configShape = z.strictObject({
  v: z.literal(1),
  /** The party's entry in the charter, without the keys: those are in the key store. */
  party: charterParty.omit({ root: true, log: true }),
  engine: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('sqlite') }),
    /** `url` may be left to the environment (ALTERNAT_DATABASE_URL). */
    z.strictObject({ kind: z.literal('postgres'), url: z.string().min(1).max(1000).optional(), schema: z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/).optional() }),
  ]),
  listen: z.strictObject({ people: listener, federation: listener, public: listener.optional(), probes: listener.optional() }),
  /** What the party's profile says: addresses for the other nodes, passkey origins, policy. */
  profile: partyProfileV1.pick({ endpoints: true, passkeys: true, policy: true }),
  /** How the party writes register numbers; absent: as its language has it. */
  register: registerPattern.optional(),
  /** Set by the demo only: links that sign in, a clock of its own. */
  demo: z.strictObject({ startedAt: instant, today: instant.optional() }).optional(),
});
export type Config = z.infer<typeof configShape>;

export interface DataDirectory {
  readonly root: string;
  readonly config: string;
  readonly database: string;
  readonly keys: string;
  readonly highWater: string;
  readonly rootKey: string;
  readonly certificate: string;
  readonly anchors: string;
}

export function dataDirectory(root: string): DataDirectory {
  return {
    root,
    config: join(root, 'alternat.json'),
    database: join(root, 'record.db'),
    keys: join(root, 'keys'),
    highWater: join(root, 'high-water'),
    rootKey: join(root, 'root.key'),
    certificate: join(root, 'tls.crt'),
    anchors: join(root, 'anchors'),
  };
}

/** Refusals `data.not-a-data-directory`, `data.config-unreadable` (with the place of the first fault). */
export function readConfig(data: DataDirectory): Result<Config> {
  if (!existsSync(data.config)) return refuse('data.not-a-data-directory', { path: data.root });
  const parsed = configShape.safeParse(parseJsonFile(data.config));
  if (parsed.success) return ok(parsed.data);
  return refuse('data.config-unreadable', { path: data.config, at: parsed.error.issues[0]?.path.join('.') ?? '' });
}

export function writeConfig(data: DataDirectory, config: Config): void {
  mkdirSync(data.root, { recursive: true, mode: 0o700 });
  writeFileDurably(data.config, `${JSON.stringify(configShape.parse(config), null, 2)}\n`, 0o600);
}

/** The content as JSON; undefined when it is none. */
export function parseJsonFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Replaces a file by a whole new one: whoever dies here leaves the old one or the new one. */
export function writeFileDurably(path: string, content: string | Uint8Array, mode: number): void {
  const temporary = `${path}.${randomBytes(6).toString('hex')}`;
  const file = openSync(temporary, 'wx', mode);
  try {
    const bytes = Buffer.from(content);
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  chmodSync(temporary, mode);
  renameSync(temporary, path);
  syncFolder(dirname(path));
}

/** Makes names in a folder durable. Windows has no such call; there NTFS journals them itself. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
