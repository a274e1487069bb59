/**
 * The joint texts of a bundle: their stances and what follows from them, with the acts that carry them.
 */
import type { Hash, ObjectId, PartyId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/time.ts';
import type { PlacedAct } from './act.ts';
import { MANIFEST, type BundleFault, type OpenBundle } from './bundle.ts';
import type { BundleLedger } from './bundle-ledger.ts';
import type { BundledLog } from './bundle-logs.ts';
import { decodeEntry } from './codec.ts';
import { askSync, type Space } from './decide.ts';
import type { Engine } from './engine.ts';
import { KEY, MANDATE, type KeyData, type MandateData } from './mandate-facts.ts';
import type { Fact } from './rule.ts';
import { charterById, conclusionOf, partyIds, STANCE, stancesOf, TEXT, type Stance, type StanceData, type TextData } from './stances.ts';

export interface StanceReport {
  readonly party: PartyId;
  readonly stance: Stance | 'none';
  readonly act?: Hash;
  readonly index?: number;
  /** As claimed by the party. */
  readonly at?: Instant;
  readonly offices: readonly ObjectId[];
  /** Which kinds of key signed. */
  readonly keys: readonly ('passkey' | 'node' | 'root')[];
}

export interface TextReport {
  readonly text: Hash;
  readonly kind: string;
  readonly state: 'open' | 'concluded' | 'dead';
  /** One per party of the text's charter, in its order. */
  readonly stances: readonly StanceReport[];
  /** Where it was proposed. */
  readonly party: PartyId;
  readonly index: number;
  readonly slot?: { readonly name: string; readonly base: string };
}

export function reportTexts(engine: Engine, bundle: OpenBundle, logs: readonly BundledLog[], ledger: BundleLedger, space: Space): { texts: readonly TextReport[]; faults: readonly BundleFault[] } {
  const texts = ledger.keys(TEXT).map((text) => reportText(engine, text, logs, ledger, space));
  const { text } = bundle.manifest;
  const missing = text !== undefined && !texts.some((report) => report.text === text);
  return { texts, faults: missing ? [{ code: 'bundle.text-missing', file: MANIFEST, params: { text } }] : [] };
}

function reportText(engine: Engine, text: Hash, logs: readonly BundledLog[], ledger: BundleLedger, space: Space): TextReport {
  const proposed = ledger.facts(TEXT, text)[0] as Fact<TextData>;
  const stances = ledger.facts(STANCE, text) as readonly Fact<StanceData>[];
  const charter = askSync(charterById(proposed.data.charter, space.genesis), ledger)?.charter ?? space.genesis;
  const taken = stancesOf(stances);
  return {
    text,
    kind: proposed.data.kind,
    state: askSync(conclusionOf(text, space.genesis), ledger),
    stances: partyIds(charter).map((party) => {
      const stance = taken.get(party);
      const fact = stances.find((one) => one.party === party);
      return stance === undefined || fact === undefined ? { party, stance: 'none', offices: [], keys: [] } : { party, stance, ...signersOf(engine, fact, logs, ledger) };
    }),
    party: proposed.party,
    index: proposed.index,
    ...(proposed.data.slot === undefined ? {} : { slot: proposed.data.slot }),
  };
}

function signersOf(engine: Engine, fact: Fact, logs: readonly BundledLog[], ledger: BundleLedger): Omit<StanceReport, 'party' | 'stance'> {
  const placed = placedAt(engine, logs, fact.party, fact.index);
  if (placed === undefined) return { act: fact.act, index: fact.index, offices: [], keys: [] };
  const offices = placed.act.officers.flatMap((officer) => {
    const mandates = (ledger.facts(MANDATE, officer) as readonly Fact<MandateData>[]).filter(({ index }) => index < fact.index);
    return mandates.filter(({ data }) => data.powers.includes('sign')).slice(-1).map(({ data }) => data.office);
  });
  const keys = placed.keys.map((key) => (ledger.facts(KEY, key) as readonly Fact<KeyData>[])[0]?.data.kind ?? 'root');
  return { act: fact.act, index: fact.index, at: placed.act.at, offices, keys };
}

/** The act at a place of a bundle; undefined when it is withheld or no act. */
export function placedAt(engine: Engine, logs: readonly BundledLog[], party: PartyId, index: number): PlacedAct | undefined {
  const envelope = logs.find((log) => log.party === party)?.entry(index);
  const entry = envelope === undefined ? undefined : decodeEntry(engine, envelope);
  if (entry?.ok !== true) return undefined;
  const { act, id, signatures } = entry.value;
  return { id, index, act, keys: signatures.map(({ keyid }) => keyid) };
}
