/** A whole node in one process: the record, the federation listener, the pulls, the people's listener, the following jobs. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { serverJobs, serverProjections, serverRoutes } from '../features/server-slices.ts';
import { textFileRoutes } from '../features/texts/server/files.ts';
import { loadCatalogue } from '../http/catalogue.ts';
import { readDocx } from '../adapters/docx/read.ts';
import { writeDocx } from '../adapters/docx/write.ts';
import { textBundleOf } from './export.ts';
import { federationListener } from '../http/federation/listener.ts';
import { serveNode, type Served } from '../http/serve.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import { acceptBundle } from '../node/sync/bundle-import.ts';
import { startSync } from '../node/sync/sync.ts';
import { createPrinter } from '../adapters/pdf/printer.ts';
import { takenPort } from './ports.ts';
import { openParty, type OpenOptions, type OpenParty } from './open.ts';

export interface ServePartyOptions extends Omit<OpenOptions, 'projections'> {
  /** Links that sign in: only where the charter says exercise. */
  readonly demo?: boolean;
}

export interface ServedParty {
  readonly party: OpenParty;
  readonly people: Served;
  /** Port of the federation listener. */
  readonly federationPort: number;
  /** Ends listeners, pulls and jobs, then the database; acknowledged acts are on disk before. */
  close(): Promise<void>;
}

const WEB_ROOT = join(import.meta.dirname, '..', '..', 'dist', 'web');

/** Refusals: `serve.not-built`, `serve.demo-not-exercise`, `serve.port-taken`. Rejects with `StoreFault` as `openParty`. */
export async function serveParty(options: ServePartyOptions): Promise<Result<ServedParty>> {
  if (!existsSync(join(WEB_ROOT, 'index.html'))) return refuse('serve.not-built');
  const party = await openParty({ ...options, projections: serverProjections });
  const { node, engine, directory, config } = party;
  const closing: (() => Promise<void>)[] = [() => party.close()];
  const close = async (): Promise<void> => {
    for (const end of closing.splice(0).toReversed()) await end();
  };
  try {
    const sync = startSync({ node, engine, peers: party.peers, onFault: (error) => report('sync', error) });
    closing.push(() => sync.close());
    const unsubscribe = node.subscribe((event) => {
      if (event.kind === 'alarm') report(`alarm ${event.code}`);
      if (event.kind === 'appended' && event.types.includes('party.profile')) directory.refresh().catch((error: unknown) => report('directory', error));
    });
    closing.push(async () => unsubscribe());
    const federation = federationListener({
      engine, node, key: party.tls.key, certificate: party.tls.certificate,
      partyOfPin: (pin) => directory.partyOfPin(pin), onPoke: (from) => sync.poked(from),
      onBundle: (_from, file) => acceptBundle({ node, engine }, file),
    });
    closing.push(() => federation.close());
    const federationPort = await federation.listen(config.listen.federation.port, config.listen.federation.host);
    const printer = createPrinter();
    closing.push(() => printer.close());
    const jobs = serverJobs({ node, engine, register: config.register, onFault: (error) => report('job', error) });
    closing.push(() => jobs.close());
    const catalogue = loadCatalogue();
    const files = textFileRoutes({
      words: (language, key, params) => catalogue.message(language, key, params) ?? key,
      print: (text, attachments) => printer.print(text, attachments), writeDocx, readDocx, bundle: (of, text) => textBundleOf(of, party, text),
    });
    const people = await serveNode({
      node, keys: party.keys, catalogue, routes: [...serverRoutes({ node, engine, keys: party.keys, printer }), ...files], webRoot: WEB_ROOT, listen: config.listen.people,
      ...(options.demo === undefined ? {} : { demo: options.demo }),
      ...(config.listen.public === undefined ? {} : { publicListen: config.listen.public }),
      ...(config.listen.probes === undefined ? {} : { probesListen: config.listen.probes }),
    });
    if (!people.ok) {
      await close();
      return people;
    }
    closing.push(() => people.value.close());
    return ok({ party, people: people.value, federationPort, close });
  } catch (error) {
    await close();
    const port = takenPort(error);
    if (port !== undefined) return refuse('serve.port-taken', { port });
    throw error;
  }
}

/** One line for the operator; never the content of acts. */
function report(what: string, error?: unknown): void {
  process.stderr.write(`${what}${error === undefined ? '' : `: ${error instanceof Error ? error.message : String(error)}`}\n`);
}
