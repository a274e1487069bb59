/**
 * Backup and restore of one node.
 *
 * A backup is a folder: a consistent copy of the database, the configuration without its secrets, the
 * anchors, and `backup.json`. No private key is in it. The key store is copied by a command of its own,
 * into another place, with a short life (an erased part is gone only when the last copy is), and without
 * the file or passphrase that unlocks it. The high-water mark is in no backup: it must remember what a
 * restored database has forgotten.
 *
 * A restored node always starts RECOVERING: the state stands in the restored file before the file takes
 * its place, so dying at any moment leaves the old database or the new one that knows it was restored.
 */
import { chmodSync, copyFileSync, cpSync, existsSync, linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { nodeEngine } from '../adapters/engine/node-engine.ts';
import { SqliteStore } from '../adapters/sqlite/store.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import { instantOf } from '../kernel/time.ts';
import { putState } from '../node/recovery.ts';
import type { Store } from '../node/ports.ts';
import { StoreFault } from '../node/store-fault.ts';
import { hash, instant, partyId } from '../record/act.ts';
import { dataDirectory, parseJsonFile, readConfig, syncFolder, writeConfig, writeFileDurably, type Config, type DataDirectory } from './config.ts';
import { openKeys, openStore } from './open.ts';

const manifestShape = z.strictObject({
  v: z.literal(1),
  use: z.literal('alternat-backup'),
  party: partyId,
  space: hash,
  madeAt: instant,
  /** Own log at that moment. */
  size: z.int().min(0),
  root: z.string(),
});
export type BackupManifest = z.infer<typeof manifestShape>;

/**
 * Writes a backup into a new folder; the node may be running. Refuses `backup.target-exists`,
 * `backup.use-server-tools` for PostgreSQL (its own tools make consistent copies: docs/operations.md).
 */
export async function backup(path: string, target: string, now: number = Date.now()): Promise<Result<BackupManifest>> {
  return guarded(async () => {
    const data = dataDirectory(path);
    const config = readConfig(data);
    if (!config.ok) return config;
    if (config.value.engine.kind === 'postgres') return refuse('backup.use-server-tools');
    if (existsSync(target)) return refuse('backup.target-exists', { path: target });
    if (!existsSync(data.database)) return refuse('node.not-founded');
    const partial = `${target}.partial`;
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(partial, { recursive: true, mode: 0o700 });
    copyDatabase(data.database, join(partial, 'record.db'));
    const manifest = await describe(join(partial, 'record.db'), config.value.party.id, instantOf(now));
    if (!manifest.ok) {
      rmSync(partial, { recursive: true, force: true });
      return manifest;
    }
    writeFileDurably(join(partial, 'alternat.json'), `${JSON.stringify(config.value, null, 2)}\n`, 0o600);
    copyFileSync(data.certificate, join(partial, 'tls.crt'));
    if (existsSync(data.anchors)) cpSync(data.anchors, join(partial, 'anchors'), { recursive: true });
    writeFileDurably(join(partial, 'backup.json'), `${JSON.stringify(manifest.value, null, 2)}\n`, 0o600);
    // The name appears only when everything in it is on disk.
    renameSync(partial, target);
    await noteBackup(data, config.value, 'backup.database', { madeAt: manifest.value.madeAt, size: manifest.value.size });
    return manifest;
  });
}

/** What the settings show: when the last copy was made. Dying before this line leaves a good backup that the screen does not know of. */
async function noteBackup(data: DataDirectory, config: Config, key: 'backup.database' | 'backup.keys', made: { madeAt: string; size?: number }): Promise<void> {
  const store = await openStore(data, config);
  try {
    const value = JSON.stringify(made);
    await store.write((tx) => tx.db.insertInto('meta').values({ key, value }).onConflict((clash) => clash.column('key').doUpdateSet({ value })).execute());
  } finally {
    await store.close();
  }
}

/** A consistent copy, made by SQLite itself beside a running writer; free pages do not come along. */
function copyDatabase(from: string, to: string): void {
  const source = new DatabaseSync(from, { readOnly: true, timeout: 10_000 });
  try {
    source.prepare('VACUUM INTO ?').run(to);
  } finally {
    source.close();
  }
  chmodSync(to, 0o600);
}

async function describe(database: string, party: string, madeAt: string): Promise<Result<BackupManifest>> {
  const store = await SqliteStore.open({ path: database });
  try {
    return await store.read(async (tx) => {
      const space = await tx.db.selectFrom('space').select('id').executeTakeFirstOrThrow();
      if (space.id === '') return refuse('node.not-founded');
      const head = await tx.head(party);
      return ok({ v: 1, use: 'alternat-backup', party, space: space.id, madeAt, size: head?.size ?? 0, root: head?.root ?? '' });
    });
  } finally {
    await store.close();
  }
}

/** Copies the key store, still encrypted, to a new file. What unlocks it (`kek.json` or the passphrase) is not in it. */
export async function backupKeys(path: string, target: string, now: number = Date.now()): Promise<Result<{ readonly path: string }>> {
  return guarded(async () => {
    const data = dataDirectory(path);
    const config = readConfig(data);
    if (!config.ok) return config;
    if (existsSync(target)) return refuse('backup.target-exists', { path: target });
    const keys = openKeys(data, nodeEngine(), undefined);
    try {
      keys.copyTo(target);
    } finally {
      keys.close();
    }
    await noteBackup(data, config.value, 'backup.keys', { madeAt: instantOf(now) });
    return ok({ path: target });
  });
}

export interface Restored extends BackupManifest {
  /** Where the replaced database was put aside; absent when there was none. */
  readonly replaced?: string;
}

/**
 * Puts a backup in place of the node's database. Keys and the high-water mark stay as they are; on a new
 * machine the key store must be put back first. The node must be stopped. Refusals: `restore.not-a-backup`,
 * `restore.other-node`, `restore.keys-missing`, `restore.node-running`, `backup.use-server-tools`.
 */
export async function restore(path: string, source: string, now: number = Date.now()): Promise<Result<Restored>> {
  return guarded(async () => {
    const data = dataDirectory(path);
    const manifest = readManifest(source);
    if (!manifest.ok) return manifest;
    const config = existsSync(data.config) ? readConfig(data) : restoreConfig(data, source);
    if (!config.ok) return config;
    if (config.value.engine.kind === 'postgres') return refuse('backup.use-server-tools');
    if (config.value.party.id !== manifest.value.party) return refuse('restore.other-node', { party: manifest.value.party });
    if (!existsSync(join(data.keys, 'keys.db'))) return refuse('restore.keys-missing', { path: data.keys });
    const incoming = `${data.database}.restoring`;
    for (const suffix of ['', '-wal', '-shm']) rmSync(incoming + suffix, { force: true });
    copyFileSync(join(source, 'record.db'), incoming);
    const restored = await markRecovering(await SqliteStore.open({ path: incoming }), manifest.value);
    if (!restored.ok) return restored;
    const replaced = putAside(data, now);
    if (!replaced.ok) return replaced;
    renameSync(incoming, data.database);
    syncFolder(data.root);
    return ok(replaced.value === undefined ? manifest.value : { ...manifest.value, replaced: replaced.value });
  });
}

/** For PostgreSQL: after the server's own tools have put a dump back, and before the node starts. */
export async function markRestored(path: string): Promise<Result<true>> {
  return guarded(async () => {
    const data = dataDirectory(path);
    const config = readConfig(data);
    if (!config.ok) return config;
    return markRecovering(await openStore(data, config.value), undefined);
  });
}

async function markRecovering(store: Store, expected: BackupManifest | undefined): Promise<Result<true>> {
  try {
    return await store.write(async (tx) => {
      await tx.lockSpace();
      const { id } = await tx.db.selectFrom('space').select('id').executeTakeFirstOrThrow();
      if (id === '') return refuse('node.not-founded');
      if (expected !== undefined && id !== expected.space) return refuse('restore.not-a-backup', { path: '' });
      await putState(tx, 'recovering');
      return ok(true);
    });
  } finally {
    await store.close();
  }
}

function readManifest(source: string): Result<BackupManifest> {
  const file = join(source, 'backup.json');
  const parsed = existsSync(file) ? manifestShape.safeParse(parseJsonFile(file)) : undefined;
  if (parsed?.success !== true || !existsSync(join(source, 'record.db'))) return refuse('restore.not-a-backup', { path: source });
  return ok(parsed.data);
}

/** On a new machine: configuration, certificate and anchors come from the backup. */
function restoreConfig(data: DataDirectory, source: string): Result<Config> {
  const config = readConfig({ ...data, root: source, config: join(source, 'alternat.json') });
  if (!config.ok) return config;
  writeConfig(data, config.value);
  writeFileDurably(data.certificate, readFileSync(join(source, 'tls.crt')), 0o644);
  if (existsSync(join(source, 'anchors'))) cpSync(join(source, 'anchors'), data.anchors, { recursive: true });
  return config;
}

/**
 * The old database is kept under a second name: what it alone holds may still be wanted. Refuses
 * `restore.node-running` when another process has it open, because SQLite would apply that process's log
 * to the restored file.
 */
function putAside(data: DataDirectory, now: number): Result<string | undefined> {
  if (!existsSync(data.database)) return ok(undefined);
  try {
    // The last connection to close folds the log into the file and removes it.
    const last = new DatabaseSync(data.database);
    last.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    last.close();
  } catch {
    // A damaged database cannot be folded; its log must not outlive it beside the restored file.
    for (const suffix of ['-wal', '-shm']) rmSync(data.database + suffix, { force: true });
  }
  if (existsSync(`${data.database}-wal`)) return refuse('restore.node-running');
  const aside = `${data.database}.before-${instantOf(now).replace(/[:.]/g, '-')}`;
  linkSync(data.database, aside);
  return ok(aside);
}

/** The databases that were put aside by restores. */
export function asideDatabases(path: string): readonly string[] {
  return readdirSync(path).filter((name) => name.startsWith('record.db.before-') && !/-(?:wal|shm)$/.test(name));
}

async function guarded<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StoreFault) return { ok: false, refusal: error.refusal };
    throw error;
  }
}
