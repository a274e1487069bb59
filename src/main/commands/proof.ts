/** conform, export, verify: the record away from the system. */
import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { runConform } from '../conform.ts';
import { exportBundle } from '../export.ts';
import { verifyFile } from '../verify.ts';
import { need, pathOf, print, say, terminalLanguage } from './terminal.ts';

export function addProof(program: Command): void {
  program.command('export').description('One file that anybody can verify: a joint text (its id or joint reference) or the whole SPACE.')
    .argument('<what>', 'id or joint reference of a text, or SPACE').requiredOption('--data <folder>').requiredOption('-o, --output <file>').option('--json')
    .action(async (what: string, options: { data: string; output: string; json?: boolean }) => {
      const bundle = need(await exportBundle(pathOf(options.data), what), options.json);
      writeFileSync(pathOf(options.output), bundle.bytes, { mode: 0o600 });
      if (options.json) print(JSON.stringify({ ok: true, file: pathOf(options.output), bytes: bundle.bytes.length, kind: bundle.kind }));
      else say(`Written: ${options.output} (${bundle.bytes.length} bytes). Verify with: alternat verify ${options.output}`);
    });
  program.command('verify').description('Verify a bundle without network or database. Status 0 verified, 1 not verified, 2 unreadable.')
    .argument('<file>').option('--json')
    .action(async (file: string, options: { json?: boolean }) => {
      process.exitCode = await verifyFile(pathOf(file), { json: options.json === true, language: terminalLanguage(), write: (text) => void process.stdout.write(text) });
    });
  program.command('conform').description('Answers one JSON object per line: the primitives, for test vectors of your own (docs/spec).')
    .action(async () => {
      await runConform(process.stdin, process.stdout);
    });
}
