/**
 * The node's own office at work on joint texts: it enters every proposal it sees in its party's register
 * (outgoing its own, incoming the others') and attests every conclusion it sees. It looks at what is
 * there and not yet done, so it may be stopped anywhere and started again; a second process that does
 * the same is refused by the rules, and the work is done once.
 */
import type { Hash } from '../../../kernel/ids.ts';
import type { Node } from '../../../node/node.ts';
import type { Head } from '../../../node/ports.ts';
import { attestText, registerText } from '../commands.ts';
import { stateOf } from '../state.ts';
import { patternFor, writtenNumber, type RegisterPattern } from '../register-number.ts';
import { storedCharters } from './stored.ts';

export interface TextOffice {
  /** Looks for work; answers when there was none left or what is left was refused. */
  run(): Promise<void>;
  stop(): Promise<void>;
}

export interface OfficeOptions {
  /** How numbers are written; by default as the party's language has it. */
  readonly pattern?: RegisterPattern;
  /** Refusals of the rules and faults, without content. */
  readonly report?: (code: string) => void;
}

/** Starts the office: it runs now and after every act that the node decides. */
export function startTextOffice(node: Node, options: OfficeOptions = {}): TextOffice {
  let running: Promise<void> | undefined;
  let again = false;
  const closing = new AbortController();

  async function loop(): Promise<void> {
    do {
      again = false;
      await registerAll(node, options);
      await attestAll(node, options);
    } while (again && !closing.signal.aborted);
  }

  async function run(): Promise<void> {
    if (closing.signal.aborted) return;
    again = true;
    running ??= loop().catch((error: unknown) => options.report?.(error instanceof Error ? error.name : 'unknown')).finally(() => (running = undefined));
    await running;
  }

  const unsubscribe = node.subscribe((event) => {
    if (event.kind === 'appended' ? event.types.some((type) => WAKING.has(type)) : event.kind === 'state') void run();
  });
  void run();
  return {
    run,
    async stop() {
      closing.abort();
      unsubscribe();
      await running;
    },
  };
}

/** Acts after which there may be something to do; the office's own are not among them. */
const WAKING: ReadonlySet<string> = new Set(['text.propose', 'text.sign']);

async function registerAll(node: Node, { pattern, report }: OfficeOptions): Promise<void> {
  const { charter } = await node.charter();
  const member = charter.parties.find((party) => party.id === node.party);
  if (member === undefined) return;
  const waiting = await node.store.read((tx) => tx.db.selectFrom('texts_proposal').select(['text', 'party', 'scope'])
    .where((none) => none.not(none.exists(none.selectFrom('texts_register').select('texts_register.text')
      .whereRef('texts_register.text', '=', 'texts_proposal.text').where('texts_register.party', '=', node.party))))
    .orderBy('at').orderBy('party').orderBy('idx').execute());
  for (const { text, party, scope } of waiting) {
    const direction = party === node.party ? 'outgoing' : 'incoming';
    const year = yearIn(node.mint.now(), member.zone);
    const number = await nextNumber(node, direction, year);
    const written = writtenNumber(pattern ?? patternFor(member.language), { direction, year, number });
    const recorded = await node.submit([registerText({ text, scope }, { direction, year, number, written })], 'service');
    if (!recorded.ok) report?.(recorded.refusal.code);
  }
}

async function nextNumber(node: Node, direction: string, year: number): Promise<number> {
  const row = await node.store.read((tx) => tx.db.selectFrom('texts_register').select((all) => all.fn.max('number').as('number'))
    .where('party', '=', node.party).where('direction', '=', direction).where('year', '=', year).executeTakeFirst());
  return Number(row?.number ?? 0) + 1;
}

/** The year on the party's own calendar: its register turns over at its own midnight. */
function yearIn(instant: string, zone: string): number {
  return Number(new Intl.DateTimeFormat('en', { timeZone: zone, year: 'numeric', calendar: 'gregory' }).format(new Date(instant)));
}

async function attestAll(node: Node, { report }: OfficeOptions): Promise<void> {
  const { texts, heads } = await node.store.read(async (tx) => {
    const charters = await storedCharters(tx);
    const open = await tx.db.selectFrom('texts_proposal').select(['text', 'scope', 'charter'])
      .where((none) => none.not(none.exists(none.selectFrom('texts_attest').select('texts_attest.text')
        .whereRef('texts_attest.text', '=', 'texts_proposal.text').where('texts_attest.party', '=', node.party))))
      .where((some) => some.exists(some.selectFrom('texts_stance').select('texts_stance.text').whereRef('texts_stance.text', '=', 'texts_proposal.text')))
      .where((none) => none.not(none.exists(none.selectFrom('texts_stance').select('texts_stance.text')
        .whereRef('texts_stance.text', '=', 'texts_proposal.text').where('stance', '=', 'refused'))))
      .orderBy('at').orderBy('text').execute();
    const stances = open.length === 0 ? [] : await tx.db.selectFrom('texts_stance').select(['text', 'party', 'stance'])
      .where('text', 'in', open.map((row) => row.text)).execute();
    const concluded = open.flatMap(({ text, scope, charter }) => {
      const parties = (charters.get(charter)?.parties ?? []).map((party) => party.id);
      const taken = new Map(stances.filter((row) => row.text === text).map((row) => [row.party, row.stance === 'signed' ? 'signed' as const : 'refused' as const]));
      return stateOf(parties, taken) === 'concluded' ? [{ text, scope, parties }] : [];
    });
    return { texts: concluded, heads: await tx.heads() };
  });
  for (const { text, scope, parties } of texts) {
    const cut = cutOver(heads, parties);
    if (cut === undefined) continue;
    const recorded = await node.submit([attestText({ text, scope }, cut)], 'service');
    if (!recorded.ok) report?.(recorded.refusal.code);
  }
}

/** Sizes and roots of the logs as they were decided when the conclusion was seen; undefined while one is still being decided. */
function cutOver(heads: readonly Head[], parties: readonly string[]): { party: string; size: number; root: Hash }[] | undefined {
  const cut: { party: string; size: number; root: Hash }[] = [];
  for (const party of [...parties].sort()) {
    const head = heads.find((one) => one.party === party);
    if (head === undefined || head.decided !== head.size) return undefined;
    cut.push({ party, size: head.size, root: head.root });
  }
  return cut;
}
