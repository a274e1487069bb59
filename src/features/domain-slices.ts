/** Every act definition of the product: the registry by which nodes, the offline page and tests judge. */
import { charterDefinitions } from '../record/charter-rules.ts';
import { mandateDefinitions } from '../record/mandate.ts';
import { createRegistry, type Registry } from '../record/registry.ts';
import type { RegisteredAct } from '../record/rule.ts';
import { systemDefinitions } from '../record/system-acts.ts';
import { agreementsActs } from './agreements/rules.ts';
import { centresActs } from './centres/rules.ts';
import { committeeActs } from './committee/rules.ts';
import { officeDefinitions } from './officers/rules.ts';
import { symposiaActs } from './symposia/rules.ts';
import { textDefinitions } from './texts/rules.ts';

export const domainDefinitions: readonly RegisteredAct[] = [
  ...charterDefinitions, ...mandateDefinitions, ...systemDefinitions, ...officeDefinitions, ...textDefinitions,
  ...agreementsActs, ...committeeActs, ...symposiaActs, ...centresActs,
];

export const domainRegistry: Registry = createRegistry(domainDefinitions);
