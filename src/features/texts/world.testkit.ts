/**
 * Random executions over real parts: each party acts on its own replica; pulls are partial, from
 * anybody, repeated; nodes come back from old backups; acts are overtaken while they are being signed;
 * `seen` is feigned or false. A script is a list of numbers, so that fast-check can shrink it.
 */
import type { Bytes } from '../../kernel/bytes.ts';
import { objectId, type Hash, type ObjectId, type PartyId } from '../../kernel/ids.ts';
import type { Act } from '../../record/act.ts';
import type { Charter } from '../../record/charter.ts';
import { decideSync, type Space } from '../../record/decide.ts';
import { textsIn, type Fold } from '../../record/fold.ts';
import { KEY, KEY_REVOKED } from '../../record/mandate-facts.ts';
import type { Registry } from '../../record/registry.ts';
import type { CharterId, Fact } from '../../record/rule.ts';
import { charterOf, engine, partOf, profileBody, saysOf, spaceOf, TestParty, verifyOnce, type ActOptions, type Done, type OfficerOf } from '../../record/space.testkit.ts';
import { CHARTER, STANCE, TEXT, type CharterData, type StanceData, type TextData } from '../../record/stances.ts';
import { DOC, DOC_REVISION, PEN_GIVEN, type DocRevisionData, type PenGivenData } from './facts.ts';
import { openDraft, propose, revise, type Draft, type Revised } from './texts.testkit.ts';

/** One step: what, by whom, and three choices. */
export type Step = readonly [number, number, number, number, number];

export interface WorldOptions {
  readonly parties: number;
  readonly registry: Registry;
  /** Claims a time for each act; no result may depend on it. */
  readonly clock?: (n: number) => string;
  /** Parties feign to have seen less than they have. */
  readonly lazy?: boolean;
  /** Parties claim roots that are not those of the log. */
  readonly lying?: boolean;
  /** Nodes come back from old backups. */
  readonly restores?: boolean;
}

const NAMES: readonly PartyId[] = ['aa', 'bb', 'cc'];
const SLOTS = ['s', 's', 'agenda:1', undefined];

/** A party that asks, for each act made with a lower `seen`, whether admitting all it has seen would have been refused. */
class WatchedParty extends TestParty {
  readonly gained: string[] = [];

  override act(type: string, body: object, options: ActOptions = {}): Done {
    const honest = this.prepare(type, body, { ...options, seen: this.seen() });
    const says = saysOf(decideSync(engine, this.registry, this.space, this.fold, { party: this.id, index: this.size, envelope: honest.envelope }, verifyOnce));
    const done = super.act(type, body, options);
    if (done.says === 'valid' && says !== 'valid') this.gained.push(`${type}: ${says}`);
    return done;
  }
}

interface Shared {
  readonly draft: Draft;
  readonly revision: Revised;
}

export class World {
  readonly parties: readonly TestParty[];
  readonly space: Space;
  restores = 0;
  private readonly options: WorldOptions;
  private readonly keys = new Map<PartyId, OfficerOf[]>();
  private readonly backups = new Map<PartyId, ReadonlyMap<PartyId, readonly Bytes[]>>();
  private readonly prepared = new Map<PartyId, { readonly id: Hash; readonly envelope: Bytes }[]>();
  private readonly shared = new Map<string, Shared>();
  private readonly docs: ObjectId[] = [];
  private ids = 0;
  private acts = 0;

  constructor(options: WorldOptions) {
    this.options = options;
    this.space = spaceOf(charterOf({ parties: NAMES.slice(0, options.parties), authentic: ['es'] }));
    const Party = options.lazy === true ? WatchedParty : TestParty;
    this.parties = this.space.genesis.parties.map((party) => new Party(party.id, this.space, options.registry));
    for (const party of this.parties) {
      party.act('charter.sign', { charter: this.space.genesis }, { by: 'root', seen: {} });
      party.grant(party.signer, ['draft', 'sign', 'administer'], { seen: {} });
      party.act('party.profile', profileBody(), { by: 'root', seen: {} });
      this.keys.set(party.id, [party.signer]);
    }
  }

  /** Acts that were valid only because their party had feigned ignorance (I10). */
  get gained(): readonly string[] {
    return this.parties.flatMap((party) => (party instanceof WatchedParty ? party.gained : []));
  }

  /** Every log whole, from its owner. */
  truth(): ReadonlyMap<PartyId, readonly Bytes[]> {
    return new Map(this.parties.map((party) => [party.id, entriesOf(party.fold, party.id)]));
  }

  run(script: readonly Step[], after?: (party: TestParty) => void): void {
    for (const step of script) {
      const party = this.step(step);
      after?.(party);
    }
  }

  private step([what, who, a, b, c]: Step): TestParty {
    const party = this.party(who);
    if (what < 38) this.pull(party, a, b, c);
    else if (what < 41) this.backups.set(party.id, new Map(party.fold.parties().map((log) => [log, [...entriesOf(party.fold, log)]])));
    else if (what < 43) this.restore(party);
    // A node whose own log is not decided does not act: it would not know what it has signed.
    else if (party.fold.holding(party.id).decided === party.size) this.act(party, what, a, b, c);
    return party;
  }

  private party(choice: number): TestParty {
    return this.parties[choice % this.parties.length] as TestParty;
  }

  /** Part of a log from anybody's replica, some of it again. */
  private pull(party: TestParty, a: number, b: number, c: number): void {
    const others = this.parties.filter((one) => one !== party);
    const from = others[a % others.length] as TestParty;
    const log = (others[b % others.length] as TestParty).id;
    const held = party.fold.holding(log).size;
    const again = Math.min(held, c % 3);
    party.fold.take(log, held - again, entriesOf(from.fold, log).slice(held - again, held + 1 + (c % 9)));
    party.fold.settle();
  }

  /** An old backup comes back; the node asks everybody for every log, its own first, before it writes again. */
  private restore(party: TestParty): void {
    const backup = this.backups.get(party.id);
    if (backup === undefined || this.options.restores !== true) return;
    this.restores++;
    party.fold = party.emptyFold();
    for (const [log, entries] of backup) party.fold.take(log, 0, entries);
    const others = this.parties.filter((one) => one !== party);
    for (const log of [party.id, ...others.map((one) => one.id)]) for (const peer of others) takeMissing(party.fold, log, peer.fold);
    party.fold.settle();
    this.prepared.delete(party.id);
  }

  /** The officer with the last key that still counts here. */
  officer(party: TestParty): OfficerOf {
    const active = (this.keys.get(party.id) ?? []).findLast(({ key }) => party.fold.facts(KEY, key.id).length > 0 && party.fold.facts(KEY_REVOKED, key.id).length === 0);
    return active ?? party.signer;
  }

  private freshId(party: PartyId): ObjectId {
    const seed = new Uint8Array(13);
    new DataView(seed.buffer).setUint32(0, ++this.ids);
    return objectId(party, seed);
  }

  private optionsFor(party: TestParty, a: number, c: number): ActOptions {
    const at = this.options.clock?.(++this.acts);
    return { by: [this.officer(party)], seen: this.seenBy(party, a, c), ...(at === undefined ? {} : { at }) };
  }

  private seenBy(party: TestParty, a: number, c: number): Act['seen'] {
    const full = party.seen();
    if (this.options.lazy === true && a % 3 > 0) return lower(party, full, c);
    if (this.options.lying === true && a % 7 === 0) return Object.fromEntries(Object.entries(full).map(([log, { size, root }]) => [log, { size: size + (c % 2), root: `${root.startsWith('f') ? '0' : 'f'}${root.slice(1)}` }]));
    return full;
  }

  private act(party: TestParty, what: number, a: number, b: number, c: number): void {
    const options = this.optionsFor(party, a, c);
    const text = this.textFor(party, b);
    if (what < 50) this.propose(party, a, b, options);
    else if (what < 53) this.proposeCharter(party, a, b, options);
    else if (what < 82) this.stance(party, 'text.sign', text, c, options);
    else if (what < 85) this.stance(party, 'text.refuse', text, c, options);
    else if (what < 89) this.appendPrepared(party, b);
    else if (what < 97) this.writeDraft(party, a, b, c, options);
    else this.changeKey(party, options);
  }

  /**
   * Mostly one of the texts on which the party has not spoken and the most others have signed: so that
   * rivals for one slot, and texts under a charter that is about to go, come close to being concluded.
   */
  private textFor(party: TestParty, b: number): Hash | undefined {
    const all = byAge(party.fold);
    const signatures = (text: Hash): number => party.fold.facts(STANCE, text).filter((fact) => (fact.data as StanceData).stance === 'sign').length;
    const open = all.filter((text) => !party.fold.facts(STANCE, text).some((fact) => fact.party === party.id)).sort((x, y) => signatures(y) - signatures(x));
    if (b % 4 === 0 || open.length === 0) return all[b % Math.max(1, all.length)];
    return open[(b >> 2) % Math.min(3, open.length)];
  }

  private concluded(party: TestParty, slot: string | undefined): readonly Hash[] {
    const known = new Set(textsIn(party.fold, this.space).filter(({ data, state }) => state === 'concluded' && data.slot?.name === slot).map(({ text }) => text));
    return byAge(party.fold).filter((text) => known.has(text));
  }

  private charterFor(party: TestParty, a: number, old: boolean): CharterId {
    const charters: CharterId[] = ['genesis', ...this.concluded(party, 'charter')];
    return charters[old ? a % charters.length : charters.length - 1] as CharterId;
  }

  private propose(party: TestParty, a: number, b: number, options: ActOptions): void {
    const name = SLOTS[a % SLOTS.length];
    const bases = ['none', ...(name === undefined ? [] : this.concluded(party, name))];
    const slot = name === undefined ? undefined : { name, base: bases.at(-1 - (b % Math.min(2, bases.length))) as string };
    const { draft, revision } = this.draftFor(party, slot, options);
    propose(party, draft, [revision], { charter: this.charterFor(party, a, b % 4 === 0) }, options);
  }

  /** A draft with one shared revision for a slot; made once per party and slot, and again when a restore lost it. */
  private draftFor(party: TestParty, slot: Draft['slot'], options: ActOptions): Shared {
    const key = `${party.id} ${slot?.name} ${slot?.base}`;
    const known = this.shared.get(key);
    if (known !== undefined && party.fold.facts(DOC_REVISION, `${known.draft.doc} es`).length > 0) return known;
    const draft = openDraft(party, { doc: this.freshId(party.id), ...(slot === undefined ? {} : { slot }) }, options);
    const shared = { draft, revision: revise(party, draft, 'es', { one1: 'words' }, {}, options) };
    this.shared.set(key, shared);
    this.docs.push(draft.doc);
    return shared;
  }

  private proposeCharter(party: TestParty, a: number, b: number, options: ActOptions): void {
    const base = this.charterFor(party, a, b % 3 === 0);
    const current = base === 'genesis' ? this.space.genesis : (party.fold.facts(CHARTER, base)[0] as Fact<CharterData>).data.charter;
    const next: Charter = { ...current, name: { en: `Charter ${++this.ids}` } };
    party.act('charter.propose', { base, charter: next }, options);
  }

  private stance(party: TestParty, type: 'text.sign' | 'text.refuse', text: Hash | undefined, c: number, options: ActOptions): void {
    if (text === undefined) return;
    const body = type === 'text.sign' ? { text } : { text, reason: partOf('no') };
    if (c % 5 > 0) return void party.act(type, body, options);
    this.prepared.set(party.id, [...(this.prepared.get(party.id) ?? []), party.prepare(type, body, options)]);
  }

  /** An act that was overtaken while the officer touched the key. */
  private appendPrepared(party: TestParty, b: number): void {
    const waiting = this.prepared.get(party.id) ?? [];
    const [act] = waiting.splice(b % Math.max(1, waiting.length), 1);
    if (act !== undefined) party.append(act.envelope, act.id);
  }

  private writeDraft(party: TestParty, a: number, b: number, c: number, options: ActOptions): void {
    const docs = this.docs.filter((one) => party.fold.facts(DOC, one).length > 0);
    const doc = docs[b % Math.max(1, docs.length)];
    if (doc === undefined) return;
    const gives = party.fold.facts(PEN_GIVEN, `${doc} es`) as readonly Fact<PenGivenData>[];
    const epoch = Math.max(0, gives.reduce((last, fact) => Math.max(last, fact.data.epoch), -1) + (c % 5 === 0 ? 0 : 1));
    if (a % 2 === 0) return void party.act('pen.give', { doc, lang: 'es', epoch, to: this.party(c).id }, options);
    const revisions = chainOf(party.fold, doc);
    const previous = revisions.at(-1)?.act;
    revise(party, { doc }, 'es', { one1: `words ${++this.ids}` }, { epoch, ...(previous === undefined ? {} : { previous }) }, options);
  }

  /** The officer's key is replaced: the new one enters by the old, the old one ends by the new. */
  private changeKey(party: TestParty, options: ActOptions): void {
    const officer = this.officer(party);
    const next: OfficerOf = { ...officer, key: party.officer(`key ${++this.ids}`).key };
    const { key, proof } = party.grantBody(next, ['sign']) as { key: object; proof: string };
    party.act('mandate.key', { officer: officer.id, key, proof }, options);
    party.act('mandate.revoke', { officer: officer.id, key: officer.key.id, reason: 'replaced' }, { ...options, by: [next] });
    this.keys.get(party.id)?.push(next);
  }
}

export function entriesOf(fold: Fold, log: PartyId): readonly Bytes[] {
  return fold.entries(log);
}

export function takeMissing(fold: Fold, log: PartyId, from: Fold): void {
  const held = fold.holding(log).size;
  const entries = entriesOf(from, log);
  if (entries.length > held) fold.take(log, held, entries.slice(held));
}

/** The revisions of the Spanish version in the order of the pen: epoch, then index. */
export function chainOf(fold: Fold, doc: ObjectId): readonly Fact<DocRevisionData>[] {
  const revisions = [...fold.facts(DOC_REVISION, `${doc} es`)] as Fact<DocRevisionData>[];
  return revisions.sort((x, y) => x.data.epoch - y.data.epoch || x.index - y.index);
}

/** Texts in an order that does not depend on their ids: by party, then index. */
export function byAge(fold: Fold): readonly Hash[] {
  const texts = fold.keys(TEXT).map((text) => fold.facts(TEXT, text)[0] as Fact<TextData>);
  texts.sort((x, y) => (x.party === y.party ? x.index - y.index : x.party < y.party ? -1 : 1));
  return texts.map((fact) => fact.key);
}

/** Some smaller sizes with their true roots. */
function lower(party: TestParty, seen: Act['seen'], c: number): Act['seen'] {
  const lowered = Object.entries(seen).map(([log, { size }], i) => [log, Math.floor((size * ((c >> i) % 5)) / 5)] as const).filter(([, size]) => size > 0);
  return Object.fromEntries(lowered.map(([log, size]) => [log, { size, root: party.fold.root(log, size) }]));
}
