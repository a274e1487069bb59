/**
 * The races of joint work, each by its name: what happens when two parties, or two officers, do at the
 * same time what only one of them can. Every outcome is the same on every node, whatever arrives first.
 */
import { expect, test } from 'vitest';
import { domainRegistry } from '../domain-slices.ts';
import { charterPartyOf, exchange, foundSpace, partOf, saysOf, TestParty } from '../../record/space.testkit.ts';
import type { Charter } from '../../record/charter.ts';
import { conclusion, conclusionEverywhere, proposeCharter, proposedText, propose, readyDraft, refuse, revise, sign, openDraft } from './texts.testkit.ts';
import { PART_ERASE } from '../../record/system-acts.ts';

function two(): [TestParty, TestParty, readonly TestParty[]] {
  const parties = foundSpace(domainRegistry);
  const [es, ma] = parties as [TestParty, TestParty];
  return [es, ma, parties];
}

const SLOT = { name: 'agenda:1', base: 'none' };

/** After everybody has everything: every act has the same verdict, with the same reason, in every replica. */
function verdictsAgree(parties: readonly TestParty[]): void {
  exchange(parties);
  const [first, ...others] = parties.map((party) => party.fold.parties().map((log) => party.fold.decided(log).map(saysOf)));
  for (const other of others) expect(other).toEqual(first);
}

test('propose∥propose on one slot: both stand, at most one is concluded, and a refusal frees the slot', () => {
  const [es, ma, parties] = two();
  const ours = readyDraft(parties, es, { slot: SLOT });
  const theirs = readyDraft(parties, ma, { slot: SLOT });
  const x = propose(es, ours.draft, ours.revisions);
  const y = propose(ma, theirs.draft, theirs.revisions);
  expect([x.says, y.says]).toEqual(['valid', 'valid']);
  expect(sign(es, x.id).says).toBe('valid');
  expect(sign(ma, y.id).says).toBe('valid');
  exchange(parties);
  expect(sign(es, y.id).says).toBe('text.slot-taken');
  expect(sign(ma, x.id).says).toBe('text.slot-taken');
  expect([conclusionEverywhere(parties, x.id), conclusionEverywhere(parties, y.id)]).toEqual(['open', 'open']);
  expect(refuse(es, y.id).says).toBe('valid');
  exchange(parties);
  expect(sign(ma, x.id).says).toBe('valid');
  exchange(parties);
  expect([conclusionEverywhere(parties, x.id), conclusionEverywhere(parties, y.id)]).toEqual(['concluded', 'dead']);
  verdictsAgree(parties);
});

test('sign∥refuse by different parties: both stances stand and the text is dead on both nodes', () => {
  const [es, ma, parties] = two();
  const x = proposedText(parties, es);
  expect([sign(es, x.id).says, refuse(ma, x.id).says]).toEqual(['valid', 'valid']);
  expect([conclusion(es, x.id), conclusion(ma, x.id)]).toEqual(['open', 'dead']);
  exchange(parties);
  expect(conclusionEverywhere(parties, x.id)).toBe('dead');
  verdictsAgree(parties);
});

test('last two signs crossing: the text is concluded everywhere, by exactly one signature of each', () => {
  const parties = foundSpace(domainRegistry, { parties: ['es', 'fr', 'ma'] });
  const [es, fr, ma] = parties as [TestParty, TestParty, TestParty];
  const x = proposedText(parties, es);
  sign(es, x.id);
  exchange(parties);
  expect([sign(fr, x.id).says, sign(ma, x.id).says]).toEqual(['valid', 'valid']);
  expect([conclusion(fr, x.id), conclusion(ma, x.id)]).toEqual(['open', 'open']);
  exchange(parties);
  expect(conclusionEverywhere(parties, x.id)).toBe('concluded');
  expect(sign(fr, x.id).says).toBe('text.stance-taken');
  verdictsAgree(parties);
});

function changed(charter: Charter, change: Partial<Charter>): Charter {
  return { ...charter, ...change };
}

test('sign∥charter change: who signed the change signs nothing more under the old charter, and what was concluded stands', () => {
  const [es, ma, parties] = two();
  const early = proposedText(parties, es);
  const late = proposedText(parties, es);
  const z = proposeCharter(ma, changed(ma.space.genesis, { name: { en: 'Changed' } }));
  exchange(parties);
  sign(es, early.id);
  sign(ma, early.id);
  expect(sign(es, late.id).says).toBe('valid');
  expect(sign(ma, z.id).says).toBe('valid');
  expect(sign(ma, late.id).says).toBe('text.charter-closed');
  exchange(parties);
  expect(sign(es, z.id).says).toBe('valid');
  exchange(parties);
  expect(conclusionEverywhere(parties, z.id)).toBe('concluded');
  expect([conclusionEverywhere(parties, early.id), conclusionEverywhere(parties, late.id)]).toEqual(['concluded', 'open']);
  expect(sign(ma, late.id).says).toBe('text.charter-closed');
  const again = readyDraft(parties, es);
  expect(propose(es, again.draft, again.revisions).says).toBe('text.charter-closed');
  const anew = propose(es, again.draft, again.revisions, { charter: z.id });
  exchange(parties);
  expect([sign(es, anew.id).says, sign(ma, anew.id).says]).toEqual(['valid', 'valid']);
  exchange(parties);
  expect(conclusionEverywhere(parties, anew.id)).toBe('concluded');
  verdictsAgree(parties);
});

test('a charter change that was refused closes nothing', () => {
  const [es, ma, parties] = two();
  const x = proposedText(parties, es);
  const z = proposeCharter(ma, changed(ma.space.genesis, { name: { en: 'Changed' } }));
  exchange(parties);
  sign(ma, z.id);
  expect(sign(ma, x.id).says).toBe('text.charter-closed');
  refuse(es, z.id);
  exchange(parties);
  expect(sign(ma, x.id).says).toBe('valid');
});

test('give∥revise from the old holder, replayed late: the revision has no effect, the new holder’s stands', () => {
  const [es, ma, parties] = two();
  const draft = openDraft(es);
  const first = revise(es, draft, 'es', { one1: 'first' });
  const prepared = es.prepare('text.revise', { doc: draft.doc, lang: 'es', epoch: 0, content: first.ref, clauses: [{ id: 'one1', tag: 'a'.repeat(32) }], previous: first.id });
  expect(es.act('pen.give', { doc: draft.doc, lang: 'es', epoch: 0, to: 'ma' }).says).toBe('valid');
  exchange(parties);
  const second = revise(ma, draft, 'es', { one1: 'first, amended' }, { epoch: 1, previous: first.id });
  expect(second.says).toBe('valid');
  expect(es.append(prepared.envelope, prepared.id).says).toBe('text.pen-not-held');
  exchange(parties);
  expect(revise(es, draft, 'es', { one1: 'mine' }, { epoch: 1, previous: second.id }).says).toBe('text.pen-not-held');
  expect(ma.act('pen.give', { doc: draft.doc, lang: 'es', epoch: 1, to: 'es' }).says).toBe('valid');
  expect(ma.act('pen.give', { doc: draft.doc, lang: 'es', epoch: 1, to: 'es' }).says).toBe('text.pen-not-held');
  exchange(parties);
  expect(revise(es, draft, 'es', { one1: 'mine' }, { epoch: 2, previous: second.id }).says).toBe('valid');
  verdictsAgree(parties);
});

test('revoke∥sign by the revoked key: what was logged before stands, what was signed before and logged after does not', () => {
  const [es, ma, parties] = two();
  const x = proposedText(parties, es);
  const y = proposedText(parties, es);
  expect(sign(ma, x.id).says).toBe('valid');
  const prepared = ma.prepare('text.sign', { text: y.id }, { by: [ma.signer] });
  expect(ma.act('mandate.revoke', { officer: ma.signer.id, reason: 'stolen', since: 0 }, { by: [ma.admin] }).says).toBe('valid');
  expect(ma.append(prepared.envelope, prepared.id).says).toBe('mandate.power-missing');
  expect(sign(ma, y.id, { by: [ma.second] }).says).toBe('valid');
  sign(es, x.id);
  exchange(parties);
  expect(conclusionEverywhere(parties, x.id)).toBe('concluded');
  verdictsAgree(parties);
});

test('erase∥sign: the words of a joint text cannot be erased, whoever signs meanwhile; a suggestion’s can', () => {
  const [es, ma, parties] = two();
  const { draft, revisions } = readyDraft(parties, es);
  const suggested = ma.act('text.suggest', { doc: draft.doc, lang: 'es', clause: 'one1', revision: revisions.find((one) => one.lang === 'es')?.id, words: partOf('other words') });
  const x = propose(es, draft, revisions);
  exchange(parties);
  const content = revisions.map((one) => one.ref.part);
  expect(es.act('part.erase', { parts: content, basis: 'request' }, { by: [es.admin] }).says).toBe('part.kept');
  expect(ma.act('part.erase', { parts: content, basis: 'request' }, { by: [ma.admin] }).says).toBe('part.not-recorded-here');
  expect(sign(ma, x.id).says).toBe('valid');
  expect(suggested.says).toBe('valid');
  const erase = ma.act('part.erase', { parts: [partOf('other words').part], basis: 'request' }, { by: [ma.admin] });
  expect(erase.says).toBe('valid');
  sign(es, x.id);
  exchange(parties);
  expect(es.act('part.erased', { erase: erase.id, parts: [partOf('other words').part], destroyedAt: '2026-11-23T11:00:00.000Z', backupsGoneOn: '2026-12-23' }, { by: [es.service] }).says).toBe('valid');
  expect(es.fold.facts(PART_ERASE, partOf('other words').part)).toHaveLength(1);
  expect(conclusionEverywhere(parties, x.id)).toBe('concluded');
});

test('two officers of one party signing and refusing the same text: the first in the log stands, the other has no effect', () => {
  const [es, ma, parties] = two();
  const x = proposedText(parties, es);
  const signed = ma.prepare('text.sign', { text: x.id }, { by: [ma.signer] });
  const refused = ma.prepare('text.refuse', { text: x.id, reason: partOf('no') }, { by: [ma.second] });
  expect(ma.append(refused.envelope, refused.id).says).toBe('valid');
  expect(ma.append(signed.envelope, signed.id).says).toBe('text.stance-taken');
  exchange(parties);
  expect(conclusionEverywhere(parties, x.id)).toBe('dead');
});

test('restore between commit and publish: what nobody saw is lost without a trace, what somebody saw comes back', () => {
  const [es, ma, parties] = two();
  const x = proposedText(parties, es);
  const before = ma.size;
  const seenByPeer = sign(ma, x.id);
  es.pull(ma);
  // The node comes back from a backup taken before the signature, and asks its peer for its own log first.
  const restored = new TestParty('ma', ma.space, domainRegistry);
  for (const log of ['es', 'ma']) restored.pull(ma, log, log === 'ma' ? before : Infinity);
  restored.pull(es, 'ma');
  expect(restored.size).toBe(before + 1);
  expect(restored.fold.entries('ma')[before]).toEqual(seenByPeer.envelope);
  expect(sign(restored, x.id).says).toBe('text.stance-taken');
  // What no peer holds was never seen by anybody: writing another act at that index forks nothing.
  const unseen = sign(es, x.id);
  const back = new TestParty('es', es.space, domainRegistry);
  for (const log of ['es', 'ma']) back.pull(es, log, log === 'es' ? unseen.index : Infinity);
  back.pull(restored, 'es');
  expect(back.size).toBe(unseen.index);
  expect(refuse(back, x.id).says).toBe('valid');
  expect(() => restored.pull(back, 'es')).not.toThrow();
});

test('peer relays a log the owner has lost: the relayed leaves give the same verdicts, and another log under the same indices is refused', () => {
  const parties = foundSpace(domainRegistry, { parties: ['es', 'fr', 'ma'] });
  const [es, fr, ma] = parties as [TestParty, TestParty, TestParty];
  const x = proposedText(parties, es);
  sign(ma, x.id);
  fr.pull(ma);
  const restored = new TestParty('ma', ma.space, domainRegistry);
  for (const log of ['es', 'fr', 'ma']) restored.pull(fr, log);
  expect(restored.fold.entries('ma')).toEqual(ma.fold.entries('ma'));
  const other = new TestParty('ma', ma.space, domainRegistry);
  for (const log of ['es', 'fr', 'ma']) other.pull(fr, log, log === 'ma' ? ma.size - 1 : Infinity);
  refuse(other, x.id);
  expect(() => fr.fold.take('ma', 0, other.fold.entries('ma') as never)).toThrow('integrity: log.leaf-differs');
});

test('a late joiner opens its log on the concluded change that names it, and binds nothing under the older charter', () => {
  const [es, ma, parties] = two();
  const old = proposedText(parties, es);
  const joined = changed(es.space.genesis, { parties: [...es.space.genesis.parties, charterPartyOf('tn')] });
  const z = proposeCharter(es, joined);
  exchange(parties);
  const tn = new TestParty('tn', es.space, domainRegistry);
  tn.pull(es);
  tn.pull(ma);
  const early = new TestParty('tn', es.space, domainRegistry);
  early.pull(es);
  early.pull(ma);
  expect(early.act('charter.sign', { charter: joined, change: z.id }, { by: 'root' }).says).toBe('act.party-not-in-charter');
  sign(es, z.id);
  sign(ma, z.id);
  exchange(parties);
  tn.pull(es);
  tn.pull(ma);
  tn.found(z.id, joined);
  const all = [...parties, tn];
  exchange(all);
  expect(tn.fold.decided('tn').map(saysOf)).toEqual(Array.from({ length: 7 }, () => 'valid'));
  expect(sign(tn, old.id).says).toBe('act.party-not-in-charter');
  const anew = proposedText(all, es, { charter: z.id });
  for (const party of [es, ma]) sign(party, anew.id);
  exchange(all);
  expect(conclusionEverywhere(all, anew.id)).toBe('open');
  sign(tn, anew.id);
  exchange(all);
  expect(conclusionEverywhere(all, anew.id)).toBe('concluded');
  verdictsAgree(all);
});

test('two logs under one charter, one overtaken act: the act is judged by what its log had seen when it was appended', () => {
  const [es, ma, parties] = two();
  const x = proposedText(parties, es, { slot: SLOT });
  const other = readyDraft(parties, es, { slot: SLOT });
  const y = propose(es, other.draft, other.revisions);
  // Prepared before the peer's second proposal was seen; overtaken by an act that saw it.
  const prepared = ma.prepare('text.sign', { text: y.id }, { by: [ma.signer] });
  expect(prepared.id).not.toBe(y.id);
  exchange(parties);
  ma.act('note.make', { words: partOf('seen meanwhile') });
  expect(ma.append(prepared.envelope, prepared.id).says).toBe('valid');
  expect(sign(ma, x.id).says).toBe('text.slot-taken');
  exchange(parties);
  verdictsAgree(parties);
});

test('an act whose id is repeated has no effect, nor has one that was prepared for a later place', () => {
  const [es] = two();
  const note = es.prepare('note.make', { words: partOf('once') });
  expect(es.append(note.envelope).says).toBe('valid');
  expect(es.append(note.envelope).says).toBe('act.repeated');
  expect(es.act('note.make', { words: partOf('too early') }, { after: es.size + 5 }).says).toBe('act.too-early');
});
