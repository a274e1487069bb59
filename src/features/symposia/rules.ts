import { isCalendarDate } from '../../kernel/time.ts';
import type { PlacedAct } from '../../record/act.ts';
import { facts, factsOf, valid, without, type ActDefinition, type Asking, type RegisteredAct, type RuleContext, type Verdict } from '../../record/rule.ts';
import { instrumentCited } from '../agreements/published.ts';
import { editionRegisterV1, seriesCreateV1, type EditionRegister, type SeriesCreate } from './acts.ts';
import { EDITION, EDITION_NUMBER, SERIES, type EditionFact } from './published.ts';

function* seriesCreateRule(placed: PlacedAct<SeriesCreate>): Asking<Verdict> {
  const { party, body } = placed.act;
  if (body.instrument !== undefined && !(yield* instrumentCited(body.instrument.id, body.instrument.revision))) return without('symposium.instrument-unknown');
  if ((yield* factsOf(party, SERIES, body.series)).length > 0) return without('symposium.series-already-created');
  return valid({ kind: SERIES, key: body.series, data: {} });
}

function* editionRegisterRule(placed: PlacedAct<EditionRegister>, context: RuleContext): Asking<Verdict> {
  const { party, body } = placed.act;
  const impossible = [body.from, body.to, ...(body.opensAt === undefined ? [] : [body.opensAt.slice(0, 10)])].find((date) => !isCalendarDate(date));
  if (impossible !== undefined) return without('symposium.date-impossible', { date: impossible });
  if (body.to < body.from) return without('symposium.ends-before-it-begins');
  if (body.opensAt !== undefined && (body.opensAt.slice(0, 10) < body.from || body.opensAt.slice(0, 10) > body.to)) return without('symposium.opens-outside-its-days');
  if (!context.charter.parties.some((one) => one.id === body.host)) return without('symposium.host-unknown', { party: body.host });
  if (new Set(body.authentic).size !== body.authentic.length) return without('symposium.language-twice');
  if ((yield* facts(SERIES, body.series)).length === 0) return without('symposium.series-unknown');
  if ((yield* factsOf(party, EDITION, body.edition)).length > 0) return without('symposium.edition-already-registered');
  // Absence can be concluded in the own log only: when both parties enter one number at the same time, both stand and are shown.
  if ((yield* factsOf(party, EDITION_NUMBER, `${body.series} ${body.number}`)).length > 0) return without('symposium.number-taken', { number: body.number });
  const data: EditionFact = { series: body.series, number: body.number, host: body.host };
  return valid({ kind: EDITION, key: body.edition, data }, { kind: EDITION_NUMBER, key: `${body.series} ${body.number}`, data: {} });
}

export const seriesCreate: ActDefinition<SeriesCreate> = {
  type: 'series.create', v: 1, body: seriesCreateV1, signers: { power: 'draft' }, since: 1, creates: (body) => [body.series], rule: seriesCreateRule,
};

export const editionRegister: ActDefinition<EditionRegister> = {
  type: 'edition.register', v: 1, body: editionRegisterV1, signers: { power: 'draft' }, since: 1, creates: (body) => [body.edition], rule: editionRegisterRule,
};

export const symposiaActs: readonly RegisteredAct[] = [seriesCreate, editionRegister];
