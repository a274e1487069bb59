/** serve, status, officer: a node at work. */
import type { Command } from 'commander';
import { clockFrom } from '../../adapters/clock/system-clock.ts';
import { serverProjections } from '../../features/server-slices.ts';
import { roster } from '../../features/officers/server/roster.ts';
import { labelIn } from '../../kernel/language.ts';
import { serveParty } from '../serve.ts';
import { status } from '../status.ts';
import { openParty } from '../open.ts';
import { enrolmentLink } from '../enrolment.ts';
import { need, pathOf, print, say, terminalLanguage } from './terminal.ts';

export function addServing(program: Command): void {
  program.command('serve')
    .description('Run the node: people’s listener, federation listener, pulls.')
    .requiredOption('--data <folder>').option('--demo', 'links that sign in; only in a space that is an exercise').option('--json')
    .option('--today <date>', 'the day that the clock shows (exercises)')
    .action(async (options: { data: string; demo?: boolean; json?: boolean; today?: string }) => {
      const served = need(await serveParty({
        data: pathOf(options.data), demo: options.demo === true,
        ...(options.today === undefined ? {} : { clock: clockFrom(`${options.today}T${new Date().toISOString().slice(11)}`) }),
      }), options.json);
      let ending: Promise<void> | undefined;
      for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
        process.on(signal, () => {
          ending ??= served.close().then(() => process.exit(0));
        });
      }
      const line = { ready: true, party: served.party.node.party, url: served.people.url, federation: served.federationPort, state: served.party.node.state() };
      if (options.json) print(JSON.stringify(line));
      else say(`${line.party} serves ${line.url} (federation on port ${line.federation}); state: ${line.state}.`);
    });

  program.command('status').description('What a node holds; beside a running node or without one.')
    .requiredOption('--data <folder>').option('--json')
    .action(async (options: { data: string; json?: boolean }) => {
      const found = need(await status(pathOf(options.data)), options.json);
      if (options.json) return print(JSON.stringify(found));
      print(`space  ${found.space}\nparty  ${found.party}`);
      for (const [party, log] of Object.entries(found.logs)) print(`log    ${party.padEnd(12)} ${String(log.size).padStart(7)} acts, ${log.delivered} delivered, root ${log.root.slice(0, 16)}…`);
      print(`texts  ${found.texts.concluded} concluded, ${found.texts.proposed} proposed, ${found.texts.dead} dead`);
      for (const [kind, count] of Object.entries(found.kinds)) print(`       ${kind.padEnd(16)} ${count}`);
    });

  const officer = program.command('officer').description('Officers of this party, from the machine of the node.');
  officer.command('list').requiredOption('--data <folder>').option('--json')
    .action(async (options: { data: string; json?: boolean }) => {
      const party = await openParty({ data: pathOf(options.data), projections: serverProjections, peers: [] });
      try {
        const rows = await roster(party.node);
        if (options.json) return print(JSON.stringify(rows));
        for (const row of rows) print(`${row.officer}  ${row.powers.join(' ').padEnd(24)}  ${labelIn(row.title, terminalLanguage()).text}`);
      } finally {
        await party.close();
      }
    });
  officer.command('link').description('A one-time link with which an officer adds a passkey.').argument('<officer>')
    .requiredOption('--data <folder>').option('--json')
    .action(async (id: string, options: { data: string; json?: boolean }) => {
      const link = need(await enrolmentLink(pathOf(options.data), id), options.json);
      if (options.json) return print(JSON.stringify(link));
      print(link.url);
      say(`Works once, until ${link.expiresAt}.`);
    });
}
