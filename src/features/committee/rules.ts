import { isCalendarDate } from '../../kernel/time.ts';
import type { PlacedAct } from '../../record/act.ts';
import { factsOf, valid, without, type ActDefinition, type Asking, type RegisteredAct, type Verdict } from '../../record/rule.ts';
import { instrumentCited } from '../agreements/published.ts';
import { bodyCreateV1, type BodyCreate } from './acts.ts';
import { BODY, bodyKnown, type BodyFact } from './published.ts';

function* bodyCreateRule(placed: PlacedAct<BodyCreate>): Asking<Verdict> {
  const { party, body } = placed.act;
  if (body.createdOn !== undefined && !isCalendarDate(body.createdOn)) return without('committee.date-impossible', { date: body.createdOn });
  if (body.kind !== 'committee' && body.parent === undefined) return without('committee.parent-missing');
  if (body.kind === 'committee' && body.parent !== undefined) return without('committee.parent-not-allowed');
  if (body.parent !== undefined && (yield* bodyKnown(body.parent)) === undefined) return without('committee.parent-unknown');
  if (body.instrument !== undefined && !(yield* instrumentCited(body.instrument.id, body.instrument.revision))) return without('committee.instrument-unknown');
  const earlier = yield* factsOf<BodyFact>(party, BODY, body.body);
  if (earlier.length > 0) return without('committee.already-created');
  return valid({ kind: BODY, key: body.body, data: { kind: body.kind, yearly: body.yearly } satisfies BodyFact });
}

export const bodyCreate: ActDefinition<BodyCreate> = {
  type: 'body.create', v: 1, body: bodyCreateV1, signers: { power: 'draft' }, since: 1, creates: (body) => [body.body], rule: bodyCreateRule,
};

export const committeeActs: readonly RegisteredAct[] = [bodyCreate];
