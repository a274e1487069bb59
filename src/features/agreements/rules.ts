import { isCalendarDate, PLAIN_DATE } from '../../kernel/time.ts';
import type { PlacedAct } from '../../record/act.ts';
import { factsOf, valid, without, type ActDefinition, type Asking, type RegisteredAct, type RuleContext, type Verdict } from '../../record/rule.ts';
import { instrumentRegisterV1, type InstrumentRegister } from './acts.ts';
import { INSTRUMENT, type InstrumentFact } from './published.ts';

function* instrumentRegisterRule(placed: PlacedAct<InstrumentRegister>, context: RuleContext): Asking<Verdict> {
  const { party, body } = placed.act;
  const parties = new Set(context.charter.parties.map((one) => one.id));
  const stranger = body.signed.offices.find((office) => !parties.has(office.party));
  if (stranger !== undefined) return without('agreement.party-unknown', { party: stranger.party });
  if (new Set(body.authentic).size !== body.authentic.length) return without('agreement.language-twice');
  const dates = [...(PLAIN_DATE.test(body.signed.on) ? [body.signed.on] : []), ...(body.inForceOn === undefined ? [] : [body.inForceOn]), ...body.gazettes.map((gazette) => gazette.on)];
  const impossible = dates.find((date) => !isCalendarDate(date));
  if (impossible !== undefined) return without('agreement.date-impossible', { date: impossible });
  if (body.inForceOn !== undefined && body.inForceOn < body.signed.on) return without('agreement.in-force-before-signature');
  const earlier = yield* factsOf<InstrumentFact>(party, INSTRUMENT, body.instrument);
  if (earlier.length > 0) return without('agreement.already-registered');
  return valid({ kind: INSTRUMENT, key: body.instrument, data: { kind: body.kind, level: body.level } satisfies InstrumentFact });
}

export const instrumentRegister: ActDefinition<InstrumentRegister> = {
  type: 'instrument.register', v: 1, body: instrumentRegisterV1, signers: { power: 'draft' }, since: 1,
  creates: (body) => [body.instrument], rule: instrumentRegisterRule,
};

export const agreementsActs: readonly RegisteredAct[] = [instrumentRegister];
