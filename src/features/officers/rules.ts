import type { z } from 'zod';
import { defineAct } from '../../record/registry.ts';
import { factsOf, valid, without, type RegisteredAct } from '../../record/rule.ts';
import { corpsDeclareV1, officeDeclareV1 } from './acts.ts';

/** By corps. */
export const CORPS = 'corps';
/** By office. */
export const OFFICE = 'office';

export interface OfficeData {
  /** Commitment of the title. */
  readonly title: string;
  readonly corps?: string;
}

export const corpsDeclare = defineAct<z.infer<typeof corpsDeclareV1>>({
  type: 'corps.declare', v: 1, body: corpsDeclareV1, signers: 'root-or-administer', since: 1,
  creates: (body) => [body.corps],
  *rule(placed) {
    return valid({ kind: CORPS, key: placed.act.body.corps, data: { name: placed.act.body.name.part } });
  },
});

export const officeDeclare = defineAct<z.infer<typeof officeDeclareV1>>({
  type: 'office.declare', v: 1, body: officeDeclareV1, signers: 'root-or-administer', since: 1,
  creates: (body) => (body.corps === undefined ? [body.office] : [body.office, body.corps]),
  *rule(placed) {
    const { office, title, corps } = placed.act.body;
    if (corps !== undefined && (yield* factsOf(placed.act.party, CORPS, corps)).length === 0) return without('office.corps-unknown');
    const data: OfficeData = { title: title.part, ...(corps === undefined ? {} : { corps }) };
    return valid({ kind: OFFICE, key: office, data });
  },
});

export const officeDefinitions: readonly RegisteredAct[] = [corpsDeclare, officeDeclare];
