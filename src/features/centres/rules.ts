import { isCalendarDate } from '../../kernel/time.ts';
import type { PlacedAct } from '../../record/act.ts';
import { factsOf, valid, without, type ActDefinition, type Asking, type RegisteredAct, type RuleContext, type Verdict } from '../../record/rule.ts';
import { instrumentCited } from '../agreements/published.ts';
import { centreRegisterV1, type CentreRegister } from './acts.ts';
import { CENTRE, type CentreFact } from './published.ts';

function* centreRegisterRule(placed: PlacedAct<CentreRegister>, context: RuleContext): Asking<Verdict> {
  const { party, body } = placed.act;
  const host = context.charter.parties.find((one) => one.id === body.host);
  if (host === undefined) return without('centre.host-unknown', { party: body.host });
  if (body.locode !== undefined && body.locode.slice(0, 2) !== host.country) return without('centre.code-of-other-country', { code: body.locode });
  if (body.openedOn !== undefined && !isCalendarDate(body.openedOn)) return without('centre.date-impossible', { date: body.openedOn });
  if (body.instrument !== undefined && !(yield* instrumentCited(body.instrument.id, body.instrument.revision))) return without('centre.instrument-unknown');
  if ((yield* factsOf<CentreFact>(party, CENTRE, body.centre)).length > 0) return without('centre.already-registered');
  return valid({ kind: CENTRE, key: body.centre, data: { host: body.host } satisfies CentreFact });
}

export const centreRegister: ActDefinition<CentreRegister> = {
  type: 'centre.register', v: 1, body: centreRegisterV1, signers: { power: 'draft' }, since: 1, creates: (body) => [body.centre], rule: centreRegisterRule,
};

export const centresActs: readonly RegisteredAct[] = [centreRegister];
