/** One act in full: its signed bytes, its envelope, who signed, its verdict, its place in the log. */
import { fromUtf8 } from '../../../kernel/bytes.ts';
import type { PartyId } from '../../../kernel/ids.ts';
import type { Label } from '../../../kernel/language.ts';
import { partsOf, type Act } from '../../../record/act.ts';
import { decodeAct } from '../../../record/codec.ts';
import { parseEnvelope, type Envelope } from '../../../record/envelope.ts';
import type { Node } from '../../../node/node.ts';
import type { Head, LeafRow, Tx } from '../../../node/ports.ts';
import { mayRead, type Reader } from '../../officers/reading.ts';
import { officeTitles } from '../../officers/server/published.ts';
import type { ActView } from '../views.ts';
import { labelOf, officesOfLog, verdictView } from './logs.ts';
import { proofOf } from './proof.ts';

type Full = Extract<ActView, { readable: true }>;

/** The act at a place; `log` or `act` when there is none. Cost: O(log size) reads. */
export async function actView(node: Node, reader: Reader, party: PartyId, index: number): Promise<ActView | 'log' | 'act'> {
  const titles = await officeTitles(node);
  return node.store.read(async (tx) => {
    const head = await tx.head(party);
    if (head === undefined) return 'log';
    const leaf = index < head.size ? await tx.leaf(party, index) : undefined;
    if (leaf === undefined) return 'act';
    return viewOf(tx, reader, head, leaf, titles);
  });
}

async function viewOf(tx: Tx, reader: Reader, head: Head, leaf: LeafRow, titles: Awaited<ReturnType<typeof officeTitles>>): Promise<ActView> {
  const { party, index, act: id } = leaf;
  const proof = await proofOf(tx, head, leaf);
  const opened = openLeaf(leaf);
  if (opened === undefined || !mayRead(reader, leaf.scope, 'CLEAR')) return { readable: false, party, index, act: id, proof, size: head.size };
  const { envelope, act } = opened;
  const bytes = fromUtf8(envelope.payload) ?? '';
  return {
    readable: true, party, index, act: id, type: act.type, v: act.v, at: act.at, scope: act.scope,
    verdict: verdictView(leaf.verdict === undefined ? null : leaf.verdict === 'valid' ? 'valid' : JSON.stringify(leaf.verdict)),
    bytes, pretty: JSON.stringify(JSON.parse(bytes), null, 2), envelope: fromUtf8(leaf.envelope) ?? '',
    signatures: await signaturesOf(tx, leaf, envelope, act, titles),
    parts: await partsOfAct(tx, act),
    proof, size: head.size,
  };
}

/** The envelope and act of a leaf, or undefined when its bytes are no act. */
export function openLeaf(leaf: LeafRow): { envelope: Envelope; act: Act } | undefined {
  const envelope = parseEnvelope(leaf.envelope);
  const act = envelope.ok ? decodeAct(envelope.value.payload) : undefined;
  return envelope.ok && act?.ok ? { envelope: envelope.value, act: act.value } : undefined;
}

async function signaturesOf(tx: Tx, leaf: LeafRow, envelope: Envelope, act: Act, titles: Awaited<ReturnType<typeof officeTitles>>): Promise<Full['signatures']> {
  if (act.officers.length === 0) return envelope.signatures.map(({ keyid }) => ({ key: keyid, kind: 'root' as const }));
  const keys = await tx.db.selectFrom('officers_key').select(['key', 'officer', 'kind']).where('party', '=', leaf.party)
    .where('key', 'in', envelope.signatures.map(({ keyid }) => keyid)).execute();
  const offices = await officesOfLog(tx, leaf.party);
  return envelope.signatures.map(({ keyid }) => {
    const known = keys.find((key) => key.key === keyid);
    if (known === undefined) return { key: keyid, kind: 'unknown' as const };
    const [office]: (Label | undefined)[] = labelOf(offices(known.officer, leaf.index), titles);
    return { key: keyid, kind: known.kind === 'passkey' ? 'passkey' as const : 'node' as const, officer: known.officer, ...(office === undefined ? {} : { office }) };
  });
}

async function partsOfAct(tx: Tx, act: Act): Promise<Full['parts']> {
  const refs = partsOf(act.body);
  if (refs.length === 0) return [];
  const rows = await tx.db.selectFrom('part').select(['commit', 'state']).where('commit', 'in', refs.map((ref) => ref.part)).execute();
  return refs.map(({ part, class: kind, media, size }) => {
    const state = rows.find((row) => row.commit === part)?.state;
    const shown = state === 'held' || state === 'erased' || state === 'withheld' ? state : 'missing';
    return { part, class: kind, media, size, state: shown };
  });
}
