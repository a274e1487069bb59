/** The worked examples of charter.md, mandate.md, texts.md, act.md and fold.md, computed (spec.test.ts). */
import { fromUtf8, toHex, type Bytes } from '../kernel/bytes.ts';
import { expectOk } from '../kernel/result.ts';
import { clauseTag, concordMark, type Clause } from '../features/texts/content.ts';
import { textDefinitions } from '../features/texts/rules.ts';
import { openDraft, propose, revise, sign } from '../features/texts/texts.testkit.ts';
import { charterDefinitions } from './charter-rules.ts';
import { decodeEntry, encodeAct } from './codec.ts';
import type { Decision } from './decide.ts';
import { canonicalBytes } from './json.ts';
import { keyProofMessage, mandateDefinitions, type GrantedKey } from './mandate.ts';
import { createRegistry } from './registry.ts';
import { charterOf, engine, exchange, profileBody, saysOf, spaceOf, TestParty } from './space.testkit.ts';
import { systemDefinitions } from './system-acts.ts';

const registry = createRegistry([...charterDefinitions, ...mandateDefinitions, ...systemDefinitions, ...textDefinitions]);
const text = (bytes: Uint8Array): string => fromUtf8(bytes) as string;
const sha256 = (bytes: Uint8Array): Bytes => engine.sha256(bytes);

export function ruleExamples(): Readonly<Record<string, string>> {
  return { ...foldExamples(), ...clauseExamples() };
}

function foldExamples(): Record<string, string> {
  const space = spaceOf(charterOf({ parties: ['dgp', 'dgsn'], authentic: ['es'] }));
  const [dgp, dgsn] = space.genesis.parties.map((party) => new TestParty(party.id, space, registry)) as [TestParty, TestParty];
  for (const party of [dgp, dgsn]) {
    party.act('charter.sign', { charter: space.genesis }, { by: 'root', seen: {} });
    party.grant(party.signer, ['draft', 'sign'], { seen: {} });
    party.act('party.profile', profileBody(), { by: 'root', seen: {} });
  }
  exchange([dgp, dgsn]);
  const by = { by: [dgsn.signer] };
  const draft = openDraft(dgsn, { doc: 'dgsn.00000000000000000001' }, by);
  const proposed = propose(dgsn, draft, [revise(dgsn, draft, 'es', { one1: 'The parties agree.' }, {}, by)], {}, by);
  sign(dgsn, proposed.id);
  exchange([dgp, dgsn]);
  sign(dgp, proposed.id);
  sign(dgp, proposed.id, { at: '2026-11-23T10:43:00.000Z' });
  exchange([dgp, dgsn]);
  const grant = expectOk(decodeEntry(engine, dgp.fold.entries('dgp')[1] as Bytes)).act;
  const { officer, key } = grant.body as { officer: string; key: GrantedKey };
  const message = keyProofMessage(space.id, 'dgp', officer, key);
  return {
    'charter-bytes': text(canonicalBytes(space.genesis)),
    'charter-space': space.id,
    'mandate-grant': text(expectOk(encodeAct(grant))),
    'mandate-proof-message': text(message),
    'mandate-proof-signature': toHex(dgp.signer.key.sign(message)),
    'fold-table': ['dgp', 'dgsn'].flatMap((log) => dgp.fold.decided(log).map((decision, index) => rowOf(log, index, decision))).join('\n'),
  };
}

function rowOf(log: string, index: number, decision: Decision): string {
  if (decision.state !== 'decided') throw new Error('every leaf of the example is decided');
  const cut = Object.entries(decision.cut).sort().map(([party, size]) => `${party} ${size}`).join(', ');
  return `${`${log}/${index}`.padEnd(8)}${(decision.placed?.act.type ?? '').padEnd(15)}${`{${cut}}`.padEnd(18)}${saysOf(decision)}`;
}

function clauseExamples(): Record<string, string> {
  const salt = '00112233445566778899aabbccddeeff';
  const spanish: Clause = { id: 'k3f9', number: '1', text: 'Las Partes acuerdan.' };
  const arabic: Clause = { id: 'k3f9', number: '1', text: 'اتفق الطرفان.' };
  const [es, ar] = [clauseTag(sha256, salt, spanish), clauseTag(sha256, salt, arabic)];
  return {
    'clause-bytes': text(canonicalBytes(spanish)),
    'clause-tag': es,
    'concord-bytes': text(canonicalBytes(['k3f9', ['ar', ar], ['es', es]])),
    'concord-mark': concordMark(sha256, 'k3f9', [['es', es], ['ar', ar]]),
  };
}
