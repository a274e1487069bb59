/**
 * What must hold after (and during) any execution of a `World`: each invariant of docs/spec/fold.md as
 * a list of the places where it was broken. One execution is examined once for all of them.
 */
import type { Bytes } from '../../kernel/bytes.ts';
import type { Hash, PartyId } from '../../kernel/ids.ts';
import { askSync } from '../../record/decide.ts';
import { createFold, foldLogs, textsIn, type Fold } from '../../record/fold.ts';
import type { Registry } from '../../record/registry.ts';
import type { Fact } from '../../record/rule.ts';
import { engine, saysOf, verifyOnce } from '../../record/space.testkit.ts';
import { charterChain, STANCE, textOf, type StanceData } from '../../record/stances.ts';
import { DOC, PEN_GIVEN, type PenGivenData } from './facts.ts';
import { chainOf, World, type Step, type WorldOptions } from './world.testkit.ts';

export const invariants = ['I1', 'I2', 'I3', 'I4', 'I5', 'I6', 'I7', 'I10', 'I11', 'I12'] as const;
export type Invariant = (typeof invariants)[number];
export type Report = Readonly<Record<Invariant, readonly string[]>> & { readonly reached: Readonly<Record<string, number>> };

/** Verdicts per log, in order: `valid`, or the code of the refusal. */
export type Says = Readonly<Record<PartyId, readonly string[]>>;

export function saysIn(fold: Fold): Says {
  return Object.fromEntries(fold.parties().map((log) => [log, fold.decided(log).map(saysOf)]));
}

export function foldAll(registry: Registry, world: World, logs: ReadonlyMap<PartyId, readonly Bytes[]> = world.truth()): Fold {
  return foldLogs(engine, registry, world.space, logs, { verify: verifyOnce });
}

export function ended(fold: Fold, world: World, state: 'concluded' | 'dead'): readonly Hash[] {
  return textsIn(fold, world.space).filter((text) => text.state === state).map(({ text }) => text);
}

/** Runs the script in a fresh world. `choices`: numbers from which arrivals and prefixes are chosen. */
export function examine(options: WorldOptions, script: readonly Step[], choices: readonly number[]): Report {
  const world = new World(options);
  const I3: string[] = [];
  watchEnded(world, script, I3, options.restores !== true);
  const truth = foldAll(options.registry, world);
  const whole = saysIn(truth);
  return {
    I1: world.parties.flatMap((party) => unlike(saysIn(party.fold), whole).map((at) => `${party.id} on ${at}`)),
    ...arrivals(options, world, truth, choices),
    I3: [...I3, ...endedBeyond(world, truth)],
    I4: notUnanimous(world, truth),
    I5: twiceInSlot(world, truth),
    I6: lateUnderOldCharter(world, truth),
    I7: sharedPens(truth),
    I10: world.gained,
    I11: prefixes(options, world, whole, choices),
    reached: reachedBy(world, truth, whole),
  };
}

/** Concluded and dead sets of every replica, step by step: nothing ever leaves them. A restore takes the replica back. */
function watchEnded(world: World, script: readonly Step[], broken: string[], always: boolean): void {
  const known = new Map<string, readonly Hash[]>();
  world.run(script, (party) => {
    if (!always) return;
    for (const state of ['concluded', 'dead'] as const) {
      const now = ended(party.fold, world, state);
      const lost = (known.get(`${party.id} ${state}`) ?? []).filter((text) => !now.includes(text));
      broken.push(...lost.map((text) => `${text} is no longer ${state} at ${party.id}`));
      known.set(`${party.id} ${state}`, now);
    }
  });
}

function unlike(part: Says, whole: Says): string[] {
  return Object.entries(part).flatMap(([log, says]) => says.flatMap((one, i) => (whole[log]?.[i] === one ? [] : [`${log}/${i}: ${one}, not ${whole[log]?.[i]}`])));
}

/** The same leaves in other batches, in another order, some of them again (I2); then all of them once more (I12). */
function arrivals({ registry }: WorldOptions, world: World, truth: Fold, choices: readonly number[]): { I2: string[]; I12: string[] } {
  const logs = [...world.truth()];
  const other = createFold(engine, registry, world.space, { verify: verifyOnce });
  const take = (which: number, count: number, again: number): void => {
    const [log, entries] = logs[which % logs.length] as [PartyId, readonly Bytes[]];
    const held = other.holding(log).size;
    const from = Math.max(0, held - again);
    other.take(log, from, entries.slice(from, held + count));
  };
  for (const choice of choices) {
    take(choice, choice % 7, choice % 4);
    if (choice % 2 === 0) other.settle();
  }
  for (let i = logs.length - 1; i >= 0; i--) take(i, Infinity, 2);
  other.settle();
  const I2 = [...unlike(saysIn(other), saysIn(truth)), ...unlike(saysIn(truth), saysIn(other))];
  if (JSON.stringify(statesIn(other, world)) !== JSON.stringify(statesIn(truth, world))) I2.push('the texts differ');
  for (const i of logs.keys()) take(i, Infinity, Infinity);
  return { I2, I12: other.settle() === 0 ? [] : ['repeated delivery decided something'] };
}

function statesIn(fold: Fold, world: World): unknown {
  return textsIn(fold, world.space).map(({ text, state, stances }) => [text, state, [...stances].sort()]);
}

function endedBeyond(world: World, truth: Fold): string[] {
  const both = ended(truth, world, 'concluded').filter((text) => ended(truth, world, 'dead').includes(text));
  const beyond = world.parties.flatMap((party) => (['concluded', 'dead'] as const).flatMap((state) => {
    const final = ended(truth, world, state);
    return ended(party.fold, world, state).filter((text) => !final.includes(text)).map((text) => `${text} is ${state} at ${party.id} only`);
  }));
  return [...both.map((text) => `${text} is concluded and dead`), ...beyond];
}

function notUnanimous(world: World, truth: Fold): string[] {
  const all = world.parties.map((party) => `${party.id} sign`).join();
  return ended(truth, world, 'concluded').flatMap((text) => {
    const stances = (truth.facts(STANCE, text) as readonly Fact<StanceData>[]).map((fact) => `${fact.party} ${fact.data.stance}`).join();
    return stances === all ? [] : [`${text}: ${stances}`];
  });
}

function twiceInSlot(world: World, truth: Fold): string[] {
  const slots = ended(truth, world, 'concluded').map((text) => askSync(textOf(text), truth)?.data.slot).filter((slot) => slot !== undefined).map(({ name, base }) => `${name} ${base}`);
  return slots.filter((slot, i) => slots.indexOf(slot) !== i);
}

/** At every replica that shows a charter change concluded, what is concluded under the old charter is all there will ever be. */
function lateUnderOldCharter(world: World, truth: Fold): string[] {
  const under = (fold: Fold, charter: string): readonly Hash[] => textsIn(fold, world.space).filter(({ data, state }) => state === 'concluded' && data.charter === charter).map(({ text }) => text);
  return world.parties.flatMap((party) => askSync(charterChain(world.space.genesis), party.fold).slice(0, -1).flatMap(({ id }) => {
    const here = under(party.fold, id);
    return under(truth, id).filter((text) => !here.includes(text)).map((text) => `${text} under ${id} came after its successor at ${party.id}`);
  }));
}

function sharedPens(truth: Fold): string[] {
  return truth.keys(DOC).flatMap((doc) => {
    const gives = (truth.facts(PEN_GIVEN, `${doc} es`) as readonly Fact<PenGivenData>[]).map((fact) => fact.data.epoch);
    const twice = gives.filter((epoch, i) => gives.indexOf(epoch) !== i).map((epoch) => `${doc} given twice at ${epoch}`);
    const authors = new Map<number, PartyId>();
    const shared = chainOf(truth, doc).flatMap(({ data, party }) => {
      const first = authors.get(data.epoch) ?? party;
      authors.set(data.epoch, first);
      return first === party ? [] : [`${doc} revised by ${first} and ${party} at ${data.epoch}`];
    });
    return [...twice, ...shared];
  });
}

/** What was decided on prefixes of the logs is what is decided on the whole. */
function prefixes({ registry }: WorldOptions, world: World, whole: Says, choices: readonly number[]): string[] {
  const cut = new Map([...world.truth()].map(([log, entries], i) => [log, entries.slice(0, (choices[i] ?? 0) % (entries.length + 1))]));
  return unlike(saysIn(foldAll(registry, world, cut)), whole);
}

function reachedBy(world: World, truth: Fold, whole: Says): Record<string, number> {
  const says = Object.values(whole).flat();
  return {
    concluded: ended(truth, world, 'concluded').length,
    dead: ended(truth, world, 'dead').length,
    charters: askSync(charterChain(world.space.genesis), truth).length - 1,
    slots: says.filter((one) => one === 'text.slot-taken').length,
    barriers: says.filter((one) => one === 'text.charter-closed').length,
    repeated: says.filter((one) => one === 'text.stance-taken').length,
    pens: truth.keys(PEN_GIVEN).length,
    restores: world.restores,
    waiting: world.parties.filter((party) => party.fold.parties().some((log) => party.fold.pending(log) !== undefined)).length,
  };
}
