/**
 * `alternat`: the command line. Wiring only: each command lives in commands/. Exit status: 0 done,
 * 1 refused (or not verified), 2 unreadable, 64 wrong usage.
 */
import { Command, CommanderError } from 'commander';
import { addDemo } from './commands/demo.ts';
import { addFounding } from './commands/founding.ts';
import { addKeeping } from './commands/keeping.ts';
import { addProfile } from './commands/profile.ts';
import { addProof } from './commands/proof.ts';
import { addServing } from './commands/serving.ts';
import { fail, USAGE } from './commands/terminal.ts';
import { StoreFault } from '../node/store-fault.ts';

const program = new Command('alternat')
  .description('One text, two originals: the node of one party in a cooperation mechanism.')
  .configureHelp({ sortSubcommands: false, showGlobalOptions: true })
  .showHelpAfterError('(see alternat --help)')
  .exitOverride();

addDemo(program);
addFounding(program);
addServing(program);
addProfile(program);
addKeeping(program);
addProof(program);

try {
  await program.parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : USAGE);
  if (error instanceof StoreFault) fail(error.refusal);
  throw error;
}
