/** Ports that another program listens on: found before anything rests on them, or told when a listener does not start. */
import { createServer } from 'node:net';

/** The port that another program listens on, when that is what `error` says. */
export function takenPort(error: unknown): number | undefined {
  const { code, port } = error as { code?: unknown; port?: unknown };
  return code === 'EADDRINUSE' && typeof port === 'number' ? port : undefined;
}

/** The first of these ports on loopback that another program listens on. */
export async function firstTakenPort(ports: readonly number[]): Promise<number | undefined> {
  for (const port of ports) if (await isTaken(port)) return port;
  return undefined;
}

async function isTaken(port: number): Promise<boolean> {
  const probe = createServer();
  return new Promise((resolve, reject) => {
    probe.once('error', (error) => (takenPort(error) === undefined ? reject(error) : resolve(true)));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(false)));
  });
}
