/** backup, restore, rebuild. */
import type { Command } from 'commander';
import { serverProjections } from '../../features/server-slices.ts';
import { refuse } from '../../kernel/result.ts';
import { backup, backupKeys, markRestored, restore } from '../backup.ts';
import { openNode } from '../open.ts';
import { need, pathOf, print, progressBar, say } from './terminal.ts';

export function addKeeping(program: Command): void {
  program.command('backup').description('A consistent copy of the database; no private key is in it.').argument('<folder>')
    .requiredOption('--data <folder>').option('--keys', 'copy the key store instead, into a place of its own').option('--json')
    .action(async (target: string, options: { data: string; keys?: boolean; json?: boolean }) => {
      const made = options.keys
        ? need(await backupKeys(pathOf(options.data), pathOf(target)), options.json)
        : need(await backup(pathOf(options.data), pathOf(target)), options.json);
      if (options.json) print(JSON.stringify(made));
      else say(`Written to ${target}.`);
    });
  program.command('restore').description('Puts a backup in place; the node then starts RECOVERING until every party was asked.').argument('[folder]')
    .requiredOption('--data <folder>').option('--database', 'PostgreSQL: the server’s own tools have put the dump back').option('--json')
    .action(async (source: string | undefined, options: { data: string; database?: boolean; json?: boolean }) => {
      if (source === undefined || options.database) {
        need(options.database ? await markRestored(pathOf(options.data)) : refuse('restore.not-a-backup', { path: '' }), options.json);
        if (options.json) print(JSON.stringify({ restored: true }));
        else say('Start the node: it asks the other parties for what came after.');
        return;
      }
      const restored = need(await restore(pathOf(options.data), pathOf(source)), options.json);
      if (options.json) print(JSON.stringify(restored));
      else say(`Restored ${restored.size} acts of ${restored.madeAt}. Start the node: it asks the other parties for what came after.`);
    });
  program.command('rebuild').description('Drops the read tables and makes them again from the acts.')
    .requiredOption('--data <folder>')
    .action(async (options: { data: string }) => {
      const node = await openNode({ data: pathOf(options.data), projections: serverProjections, peers: [] });
      try {
        await node.rebuild(progressBar('Rebuilding'));
      } finally {
        await node.close();
      }
      say('Rebuilt.');
    });
}
