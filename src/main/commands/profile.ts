/** profile: what the party root says about its own node. docs/operations.md, "Changing addresses, certificate, policy". */
import type { Command } from 'commander';
import { serverProjections } from '../../features/server-slices.ts';
import type { Result } from '../../kernel/result.ts';
import type { Receipt } from '../../record/answers.ts';
import { prepareCertificate, publishProfile, switchCertificate, type ProfileOptions } from '../profile.ts';
import { need, pathOf, print, say } from './terminal.ts';

interface Given {
  readonly data: string;
  readonly rootKey?: string;
  readonly json?: boolean;
}

function addStep(parent: Command, name: string, description: string, done: string, work: (options: ProfileOptions) => Promise<Result<Receipt>>): void {
  parent.command(name).description(description)
    .requiredOption('--data <folder>').option('--root-key <file>', 'where the root key lies now').option('--json')
    .action(async (given: Given) => {
      const rootKey = given.rootKey === undefined ? {} : { rootKey: pathOf(given.rootKey) };
      const receipt = need(await work({ data: pathOf(given.data), projections: serverProjections, ...rootKey }), given.json);
      if (given.json) print(JSON.stringify(receipt));
      else say(done);
    });
}

export function addProfile(program: Command): void {
  const profile = program.command('profile').description('What the party root says about its own node.');
  addStep(profile, 'publish', 'Record the profile as alternat.json has it now.', 'The profile is recorded; the other nodes read it with the next pull.', publishProfile);
  const certificate = profile.command('certificate').description('Replace the certificate of the federation listener without cutting a link.');
  addStep(certificate, 'prepare', 'Make the next certificate and publish both pins.', 'Both pins are recorded. When every party has them: alternat profile certificate switch.', prepareCertificate);
  addStep(certificate, 'switch', 'Take the next certificate into use and withdraw the old pin.', 'Start the node again: it now shows the new certificate.', switchCertificate);
}
