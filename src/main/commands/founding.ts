/** init, anchor, space: from nothing to a space. docs/operations.md tells it step by step. */
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { z } from 'zod';
import { configShape, writeFileDurably } from '../config.ts';
import { exportAnchor, foundSpace, importAnchor, init, joinSpace, type Founded, type Terms } from '../found.ts';
import { charter } from '../../record/charter.ts';
import { refuse, ok, type Result } from '../../kernel/result.ts';
import { need, pathOf, print, say } from './terminal.ts';

const termsShape = charter.pick({ name: true, authentic: true, exercise: true, highestMark: true, limits: true, retention: true });

/** A JSON file that a person wrote, held against its shape; the place of the first fault is named. */
function readShape<T>(path: string, shape: z.ZodType<T>): Result<T> {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(pathOf(path), 'utf8'));
  } catch {
    return refuse('command.file-unreadable', { path });
  }
  const parsed = shape.safeParse(value);
  return parsed.success ? ok(parsed.data) : refuse('command.file-malformed', { path, at: parsed.error.issues[0]?.path.join('.') ?? '' });
}

function report(founded: Founded, json: boolean): void {
  if (json) return print(JSON.stringify({ space: founded.space, administrator: founded.administrator, service: founded.service }));
  say('The id of the space, to be compared aloud with the other parties:');
  print(founded.groups.join(' '));
  say('Next: move root.key to a place without network, hand the charter file to the other parties, start the node (alternat serve),');
  say(`and let the first administrator in: alternat officer link ${founded.administrator.officer} --data …`);
}

export function addFounding(program: Command): void {
  program.command('init')
    .description('Make the data directory of one party: keys, certificate, configuration.')
    .requiredOption('--data <folder>', 'a new or empty folder')
    .requiredOption('--config <file>', 'party, addresses and policy as JSON (docs/operations.md)')
    .option('--json', 'print the anchor as JSON')
    .action(async (options: { data: string; config: string; json?: boolean }) => {
      const config = need(readShape(options.config, configShape.omit({ v: true })), options.json);
      const anchor = need(await init({ data: pathOf(options.data), config }), options.json);
      if (options.json) print(JSON.stringify(anchor));
      else say(`Made ${options.data}. Next: alternat anchor export --data ${options.data} -o own.anchor, and exchange anchors.`);
    });

  const anchor = program.command('anchor').description('What parties hand to each other before there is a space.');
  anchor.command('export').description('Write this party’s anchor.')
    .requiredOption('--data <folder>').option('-o, --output <file>', 'default: standard output')
    .action(async (options: { data: string; output?: string }) => {
      const text = need(await exportAnchor(pathOf(options.data)));
      if (options.output === undefined) print(text);
      else writeFileDurably(pathOf(options.output), text, 0o644);
    });
  anchor.command('import').description('Keep another party’s anchor.').argument('<file>').requiredOption('--data <folder>')
    .action(async (file: string, options: { data: string }) => {
      const taken = need(await importAnchor(pathOf(options.data), readText(file)));
      say(`Anchor of ${taken.entry.id} kept.`);
    });

  const space = program.command('space').description('Found a space, or join one that another party founded.');
  space.command('found').description('Compose the charter of all anchors and open the own log with it.')
    .requiredOption('--data <folder>').requiredOption('--terms <file>', 'name, languages, limits as JSON').requiredOption('-o, --output <file>', 'where to write the charter for the other parties')
    .option('--root-key <file>', 'where the root key lies now').option('--json')
    .action(async (options: { data: string; terms: string; output: string; rootKey?: string; json?: boolean }) => {
      const terms = need(readShape(options.terms, termsShape), options.json) as Terms;
      const founded = need(await foundSpace({ data: pathOf(options.data), ...rootKey(options.rootKey) }, terms), options.json);
      writeFileDurably(pathOf(options.output), founded.charter, 0o644);
      report(founded, options.json === true);
    });
  space.command('join').description('Join with the charter that the founding party handed over.').argument('<charter>')
    .requiredOption('--data <folder>').option('--root-key <file>', 'where the root key lies now').option('--json')
    .action(async (file: string, options: { data: string; rootKey?: string; json?: boolean }) => {
      report(need(await joinSpace({ data: pathOf(options.data), ...rootKey(options.rootKey) }, readText(file)), options.json), options.json === true);
    });
}

function rootKey(path: string | undefined): { rootKey?: string } {
  return path === undefined ? {} : { rootKey: pathOf(path) };
}

function readText(file: string): string {
  try {
    return readFileSync(pathOf(file), 'utf8');
  } catch {
    return need(refuse('command.file-unreadable', { path: file }));
  }
}
