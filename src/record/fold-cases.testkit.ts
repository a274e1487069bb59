/**
 * The executions that vectors/fold holds: small spaces in which each thing happens that the fold must
 * get right. Keys and ids come from names, so the script that writes the vectors writes the same bytes.
 */
import { toBase64, utf8, type Bytes } from '../kernel/bytes.ts';
import type { PartyId } from '../kernel/ids.ts';
import { textDefinitions } from '../features/texts/rules.ts';
import { openDraft, propose, proposeCharter, refuse, revise, sign, type Draft, type Revised } from '../features/texts/texts.testkit.ts';
import type { Charter } from './charter.ts';
import { charterDefinitions } from './charter-rules.ts';
import { saysOf, charterOf, charterPartyOf, exchange, nodeKey, partOf, profileBody, spaceOf, TestParty, type Done, type SpaceOptions } from './space.testkit.ts';
import { textsIn } from './fold.ts';
import { mandateDefinitions } from './mandate.ts';
import { createRegistry } from './registry.ts';
import { charterChain } from './stances.ts';
import { askSync } from './decide.ts';
import { systemDefinitions } from './system-acts.ts';

const registry = createRegistry([...charterDefinitions, ...mandateDefinitions, ...systemDefinitions, ...textDefinitions]);

export interface FoldCase {
  readonly name: string;
  readonly space: string;
  readonly genesis: Charter;
  /** Exact bytes of each leaf, base64. */
  readonly logs: Readonly<Record<PartyId, readonly string[]>>;
  readonly expect: {
    /** Per log and leaf: `valid`, or why it has no effect; leaves that wait are left out. */
    readonly verdicts: Readonly<Record<PartyId, readonly string[]>>;
    /** What the first leaf without a verdict waits for. */
    readonly waiting: Readonly<Record<PartyId, { readonly party: PartyId; readonly size: number }>>;
    readonly texts: readonly { readonly text: string; readonly state: string; readonly stances: Readonly<Record<PartyId, string>> }[];
    /** Id of the charter in force over everything that is decided. */
    readonly charter: string;
  };
}

interface Setting {
  readonly es: TestParty;
  readonly ma: TestParty;
  readonly all: readonly TestParty[];
  readonly text: (by: TestParty, slot?: Draft['slot'], charter?: string) => Done;
}

let documents = 0;

function found(options: SpaceOptions = {}): Setting {
  const space = spaceOf(charterOf({ authentic: ['es'], ...options }));
  const all = space.genesis.parties.map((party) => new TestParty(party.id, space, registry));
  for (const party of all) {
    party.act('charter.sign', { charter: space.genesis }, { by: 'root', seen: {} });
    party.grant(party.signer, ['administer', 'draft', 'sign'], { seen: {} });
    party.grant(party.second, ['sign'], { seen: {} });
    party.act('party.profile', profileBody(), { by: 'root', seen: {} });
  }
  exchange(all);
  const [es, ma] = ['es', 'ma'].map((id) => all.find((party) => party.id === id)) as [TestParty, TestParty];
  const text = (by: TestParty, slot?: Draft['slot'], charter = 'genesis'): Done => {
    const draft = openDraft(by, { doc: docId(by), ...(slot === undefined ? {} : { slot }) }, { by: [by.signer] });
    const revision = revise(by, draft, 'es', { one1: 'The parties agree.' }, {}, { by: [by.signer] });
    const done = propose(by, draft, [revision] as Revised[], { charter }, { by: [by.signer] });
    exchange(all);
    return done;
  };
  return { es, ma, all, text };
}

function docId(party: TestParty): string {
  documents++;
  return `${party.id}.${String(documents).padStart(20, '0')}`;
}

const SLOT = { name: 'agenda:1', base: 'none' };

const cases: Readonly<Record<string, () => readonly TestParty[]>> = {
  'a founded space'() {
    return found().all;
  },
  'a text signed by all is concluded'() {
    const { es, ma, all, text } = found();
    const x = text(es);
    sign(es, x.id);
    sign(ma, x.id);
    exchange(all);
    return all;
  },
  'a text that one party refused is dead, and a second stance has no effect'() {
    const { es, ma, all, text } = found();
    const x = text(es);
    sign(es, x.id);
    refuse(ma, x.id);
    sign(ma, x.id);
    exchange(all);
    return all;
  },
  'two texts for one slot: the second waits until the first is dead'() {
    const { es, ma, all, text } = found();
    const [x, y] = [text(es, SLOT), text(ma, SLOT)];
    sign(es, x.id);
    sign(ma, y.id);
    exchange(all);
    sign(ma, x.id);
    refuse(es, y.id);
    exchange(all);
    sign(ma, x.id, { at: '2026-11-23T10:43:00.000Z' });
    exchange(all);
    return all;
  },
  'after its signature under a charter change a party signs nothing under the old charter'() {
    const { es, ma, all, text } = found();
    const x = text(es);
    const z = proposeCharter(ma, { ...ma.space.genesis, name: { en: 'Changed' } }, 'genesis', { by: [ma.signer] });
    exchange(all);
    sign(es, x.id);
    sign(ma, z.id);
    sign(ma, x.id);
    sign(es, z.id);
    exchange(all);
    const y = text(es, undefined, z.id);
    sign(es, y.id);
    sign(ma, y.id);
    exchange(all);
    return all;
  },
  'a late joiner opens its log on the change that names it'() {
    const { es, ma, all } = found();
    const charter = { ...es.space.genesis, parties: [...es.space.genesis.parties, charterPartyOf('tn')] };
    const z = proposeCharter(es, charter, 'genesis', { by: [es.signer] });
    exchange(all);
    sign(es, z.id);
    sign(ma, z.id);
    const tn = new TestParty('tn', es.space, registry);
    exchange([...all, tn]);
    tn.act('charter.sign', { charter, change: z.id }, { by: 'root' });
    tn.grant(tn.signer, ['draft', 'sign']);
    exchange([...all, tn]);
    return [...all, tn];
  },
  'a quorum of two'() {
    const { es, ma, all, text } = found({ quorum: 2 });
    const x = text(es);
    sign(es, x.id);
    sign(es, x.id, { by: [es.signer, es.second] });
    sign(ma, x.id, { by: [ma.signer, ma.second] });
    exchange(all);
    return all;
  },
  'the pen: who gave it away writes no more, who got it goes on'() {
    const { es, ma, all } = found();
    const draft = openDraft(es, { doc: docId(es) }, { by: [es.signer] });
    const first = revise(es, draft, 'es', { one1: 'first' }, {}, { by: [es.signer] });
    es.act('pen.give', { doc: draft.doc, lang: 'es', epoch: 0, to: 'ma' }, { by: [es.signer] });
    revise(es, draft, 'es', { one1: 'late' }, { previous: first.id }, { by: [es.signer] });
    exchange(all);
    revise(ma, draft, 'es', { one1: 'second' }, { epoch: 1, previous: first.id }, { by: [ma.signer] });
    exchange(all);
    return all;
  },
  'a revoked key signs nothing more; what it signed before stands'() {
    const { es, ma, all, text } = found();
    const [x, y] = [text(es), text(es)];
    sign(ma, x.id, { by: [ma.second] });
    ma.act('mandate.revoke', { officer: ma.second.id, key: ma.second.key.id, reason: 'lost', since: 0 }, { by: [ma.signer] });
    sign(ma, y.id, { by: [ma.second] });
    exchange(all);
    return all;
  },
  'leaves that are no act, bear a bad signature or are repeated keep their place without effect'() {
    const { es, all } = found();
    const note = { words: partOf('a remark') };
    es.append(utf8('{}'));
    es.act('note.make', note, { by: [es.signer], keys: [{ ...es.signer.key, sign: () => es.signer.key.sign(utf8('other')) }] });
    const good = es.prepare('note.make', note, { by: [es.signer] });
    es.append(good.envelope);
    es.append(good.envelope);
    es.act('note.make', { words: partOf('unknown key') }, { by: [es.signer], keys: [nodeKey('stranger')] });
    es.act('note.made-up', note, { by: [es.signer] });
    exchange(all);
    return all;
  },
  'a false root in `seen` counts for nothing; what was seen before stays seen'() {
    const { es, ma, all, text } = found();
    const x = text(es);
    const y = text(es);
    const { size, root } = ma.seen()['es'] as { size: number; root: string };
    sign(ma, x.id, { seen: { es: { size: size - 3, root: 'f'.repeat(64) } } });
    sign(ma, x.id, { seen: { es: { size: size - 3, root: es.fold.root('es', size - 3) } } });
    sign(ma, y.id, { seen: { es: { size: size - 3, root: es.fold.root('es', size - 3) } } });
    sign(ma, y.id, { seen: { es: { size, root } } });
    exchange(all);
    return all;
  },
  'an act that has seen leaves that are not here waits, and what follows it in its log too'() {
    const { es, ma, all, text } = found();
    const x = text(es);
    sign(ma, x.id);
    ma.act('note.make', { words: partOf('behind it') }, { by: [ma.signer] });
    const late = new TestParty('es', es.space, registry);
    late.pull(ma);
    late.pull(es, 'es', es.size - 1);
    return [late, ...all.filter((party) => party !== es && party !== ma)];
  },
  'erasure: ordered by who recorded the part, never over words of a joint text'() {
    const { es, ma, all, text } = found();
    text(es);
    const scan = partOf('a scanned letter', 'file', 'application/pdf');
    es.act('note.make', { words: scan }, { by: [es.signer] });
    const erase = es.act('part.erase', { parts: [scan.part], basis: 'request' }, { by: [es.signer] });
    es.act('part.erase', { parts: [partOf('Title').part], basis: 'request' }, { by: [es.signer] });
    exchange(all);
    ma.act('part.erased', { erase: erase.id, parts: [scan.part], destroyedAt: '2026-11-23T11:00:00.000Z', backupsGoneOn: '2026-12-23' }, { by: [ma.signer] });
    exchange(all);
    return all;
  },
};

/** Every case, as the first party's replica sees it. */
export function foldCases(): readonly FoldCase[] {
  return Object.entries(cases).map(([name, play]) => {
    const [first] = play() as [TestParty];
    const { fold, space } = first;
    const logs = fold.parties();
    const waiting = logs.flatMap((log) => {
      const pending = fold.pending(log);
      return pending?.state === 'waiting' ? [[log, { party: pending.party, size: pending.size }] as const] : [];
    });
    return {
      name, space: space.id, genesis: space.genesis,
      logs: Object.fromEntries(logs.map((log) => [log, fold.entries(log).map((entry) => toBase64(entry as Bytes))])),
      expect: {
        verdicts: Object.fromEntries(logs.map((log) => [log, fold.decided(log).map(saysOf)])),
        waiting: Object.fromEntries(waiting),
        texts: textsIn(fold, space).map(({ text, state, stances }) => ({ text, state, stances: Object.fromEntries([...stances].sort()) })),
        charter: askSync(charterChain(space.genesis), fold).at(-1)?.id ?? 'genesis',
      },
    };
  });
}
