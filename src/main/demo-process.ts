/**
 * One node of the demo, a process of its own: serves its data directory, plays its party's part of the
 * exercise, tells the parent when it is done, and ends with it.
 */
import { clockFrom } from '../adapters/clock/system-clock.ts';
import { runExercise } from '../demo/exercise.ts';
import { expectOk } from '../kernel/result.ts';
import { readConfig, dataDirectory } from './config.ts';
import type { DemoMessage } from './demo.ts';
import { serveParty } from './serve.ts';

const [data] = process.argv.slice(2);
if (data === undefined || process.send === undefined) {
  process.stderr.write('demo-process is started by the demo\n');
  process.exit(64);
}
const tell = (message: DemoMessage): void => {
  if (process.connected) process.send?.(message);
};

const { demo } = expectOk(readConfig(dataDirectory(data)));
const serving = await serveParty({ data, demo: true, ...(demo?.today === undefined ? {} : { clock: clockFrom(demo.today) }) });
if (!serving.ok) {
  // Ends when the parent has been told why, and does nothing until then.
  process.send({ kind: 'failed', refusal: serving.refusal } satisfies DemoMessage, () => process.exit(1));
  await new Promise(() => undefined);
}
const served = expectOk(serving);
const stop = new AbortController();

let ending: Promise<void> | undefined;
function end(): void {
  stop.abort();
  ending ??= served.close().then(() => process.exit(0), () => process.exit(1));
  // A listener that hangs must not keep the demo alive; what was acknowledged is on disk already.
  setTimeout(() => process.exit(0), 5000).unref();
}
process.on('SIGTERM', end);
process.on('SIGINT', end);
process.on('disconnect', end);
// The parent may have gone while the node was being opened; that event is not told twice.
if (!process.connected) end();

const { node } = served.party;
try {
  const officers = await runExercise({
    node, signal: stop.signal,
    linkOf: async (officer) => expectOk(await served.people.demoLink(officer)),
    progress: (step, done, of) => tell({ kind: 'progress', step, done, of }),
  });
  const links = await Promise.all(officers.map(async ({ role, office, officer }) => ({ role, office, signIn: expectOk(await served.people.demoLink(officer)) })));
  tell({ kind: 'ready', party: node.party, url: served.people.url, officers: links });
} catch (error) {
  if (!stop.signal.aborted) {
    tell({ kind: 'failed', refusal: { code: 'demo.failed', params: { reason: error instanceof Error ? error.message : String(error) } } });
    end();
  }
}
