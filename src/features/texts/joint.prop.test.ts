/**
 * The invariants of joint work (docs/spec/fold.md) over random executions with two and three parties:
 * partial pulls and relays, old backups, overtaken acts, feigned and false `seen`, repeated delivery.
 * ALTERNAT_RUNS sets how many executions each invariant is held against, ALTERNAT_SEED which;
 * ALTERNAT_SHRINK looks for the smallest counterexample, which takes minutes.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { domainRegistry } from '../domain-slices.ts';
import { askSync } from '../../record/decide.ts';
import { textsIn } from '../../record/fold.ts';
import { toHex, utf8 } from '../../kernel/bytes.ts';
import { engine, exchange, type ActOptions, type TestParty } from '../../record/space.testkit.ts';
import { charterChain } from '../../record/stances.ts';
import { examine, foldAll, invariants, saysIn, type Invariant, type Report } from './invariants.testkit.ts';
import { conclusion, openDraft, propose, refuse, revise, sign } from './texts.testkit.ts';
import { World, type Step, type WorldOptions } from './world.testkit.ts';

const RUNS = Number(process.env['ALTERNAT_RUNS'] ?? 40);
const SEED = Number(process.env['ALTERNAT_SEED'] ?? Date.now() % 2 ** 31);
const options = { numRuns: RUNS, seed: SEED, endOnFailure: process.env['ALTERNAT_SHRINK'] === undefined };

// Without bias: small numbers would make nearly every step a pull by the first party.
const choice = fc.noBias(fc.nat({ max: 2 ** 20 }));
const step: fc.Arbitrary<Step> = fc.noBias(fc.tuple(fc.nat({ max: 99 }), choice, choice, choice, choice));
const script = fc.noBias(fc.array(step, { minLength: 30, maxLength: 90, size: 'max' }));
const parties = fc.constantFrom(2, 3);
const temper = fc.record({ lazy: fc.boolean(), lying: fc.boolean(), restores: fc.boolean() });
const choices = fc.noBias(fc.array(choice, { minLength: 6, maxLength: 40, size: 'max' }));
const execution = fc.tuple(parties, temper, script, choices);

/** Every invariant is asked of the same executions (one seed), so each execution is run once. */
const reports = new Map<string, Report>();

function reportOf([count, mood, steps, more]: [number, Partial<WorldOptions>, readonly Step[], readonly number[]]): Report {
  const key = toHex(engine.sha256(utf8(JSON.stringify([count, mood, steps, more]))));
  const known = reports.get(key) ?? examine({ parties: count, registry: domainRegistry, ...mood }, steps, more);
  reports.set(key, known);
  return known;
}

const words: Readonly<Record<Invariant, string>> = {
  I1: 'an act has one verdict, with one reason, on every node that decided it',
  I2: 'the fold depends on no order and no size of arriving batches',
  I3: 'concluded and dead only grow and never meet',
  I4: 'concluded means exactly one valid signature of each party, and no refusal',
  I5: 'one text is concluded per slot and base',
  I6: 'where a charter change is concluded, nothing more is concluded under the old charter',
  I7: 'a pen has one holder per epoch, and its revisions one author',
  I10: 'whoever feigns to have seen less can do nothing more',
  I11: 'what follows in the logs, a revocation too, changes nothing about what was before',
  I12: 'repeated delivery changes nothing',
};

for (const invariant of invariants) {
  test(`${invariant}: ${words[invariant]}`, { timeout: 3_600_000 }, () => {
    fc.assert(fc.property(execution, (run) => {
      expect(reportOf(run)[invariant]).toEqual([]);
    }), options);
  });
}

test('the executions reach what the invariants are about', { timeout: 3_600_000 }, () => {
  const reached = new Map<string, number>();
  fc.assert(fc.property(execution, (run) => {
    for (const [what, times] of Object.entries(reportOf(run).reached)) reached.set(what, (reached.get(what) ?? 0) + times);
  }), options);
  // A handful of executions may miss something rare; a hundred must not.
  for (const [what, times] of reached) expect(times, what).toBeGreaterThan(RUNS < 100 ? -1 : 0);
});

test('I16: clocks that are off by ten years change no result', { timeout: 3_600_000 }, () => {
  const year = 365 * 86_400_000;
  const offsets = fc.array(fc.integer({ min: -10, max: 10 }), { minLength: 1, maxLength: 7 });
  fc.assert(fc.property(parties, temper, script, offsets, (count, mood, steps, years) => {
    const results = [() => 0, (n: number) => years[n % years.length] as number].map((offset) => {
      // Never the same instant twice: the same act at the same instant is the same act, and repeating it is void.
      const clock = (n: number): string => new Date(Date.UTC(2026, 10, 23) + offset(n) * year + n).toISOString();
      const world = new World({ parties: count, registry: domainRegistry, ...mood, clock });
      world.run(steps);
      const truth = foldAll(domainRegistry, world);
      return [saysIn(truth), textsIn(truth, world.space).map(({ state }) => state).sort()];
    });
    expect(results[1]).toEqual(results[0]);
  }), options);
});

/** The officer of the world's party, with the key that counts at the moment. */
function by(world: World, party: TestParty): ActOptions {
  return { by: [world.officer(party)] };
}

/** What bars signatures is a charter change that some have signed: whoever has not yet spoken refuses it. */
function clearCharterChanges(world: World): void {
  for (const { text, data, state, stances } of textsIn((world.parties[0] as TestParty).fold, world.space)) {
    const silent = world.parties.find((party) => !stances.has(party.id));
    if (data.kind === 'charter' && state === 'open' && silent !== undefined) refuse(silent, text, by(world, silent));
  }
  exchange(world.parties);
}

test('I17: when links heal and all have signed, a text is concluded everywhere within two pulls', { timeout: 3_600_000 }, () => {
  fc.assert(fc.property(parties, fc.boolean(), script, (count, lazy, steps) => {
    const world = new World({ parties: count, registry: domainRegistry, lazy, restores: true });
    world.run(steps);
    exchange(world.parties);
    clearCharterChanges(world);
    const [first] = world.parties as [TestParty];
    const charter = askSync(charterChain(world.space.genesis), first.fold).at(-1)?.id ?? 'genesis';
    const draft = openDraft(first, {}, by(world, first));
    const revision = revise(first, draft, 'es', { one1: 'at last' }, {}, by(world, first));
    const text = propose(first, draft, [revision], { charter }, by(world, first));
    exchange(world.parties);
    for (const party of world.parties) expect(sign(party, text.id, by(world, party)).says).toBe('valid');
    for (let pulls = 0; pulls < 2; pulls++) for (const party of world.parties) for (const from of world.parties) if (from !== party) party.pull(from);
    expect(world.parties.map((party) => conclusion(party, text.id))).toEqual(world.parties.map(() => 'concluded'));
  }), options);
});
