/**
 * Mutants of the product's own code: each takes away one thing that the protocol rests on. The first
 * three are those of the design's reference model; `tests` are the files that must notice.
 */
export interface Mutant {
  readonly name: string;
  /** What would be wrong with a product that had it. */
  readonly harm: string;
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly find: string;
  readonly put: string;
  readonly tests: readonly string[];
}

const JOINT = 'src/features/texts/joint.prop.test.ts';
const RACES = 'src/features/texts/races.test.ts';
const STANCES = 'src/features/texts/stance-rules.test.ts';
const DRAFTS = 'src/features/texts/draft-rules.test.ts';
const PROPOSE = 'src/features/texts/propose-rule.test.ts';
const DECIDE = 'src/record/decide.test.ts';
const MANDATE = 'src/record/mandate.test.ts';
const CHARTER = 'src/record/charter-rules.test.ts';

export const mutants: readonly Mutant[] = [
  {
    name: 'model 1: a restored node writes without asking its peers', harm: 'its log forks',
    file: 'src/node/submit.ts', find: "if (state === 'recovering') throw new Refused({ code: 'node.recovering' });", put: '',
    tests: ['src/main/backup.db.test.ts'],
  },
  {
    name: 'nobody looks at the high-water mark', harm: 'a database that was put back writes over what was released',
    file: 'src/node/recovery.ts', find: "if (mark.size > size) return lost('node.behind-high-water');\n    if (at !== mark.root) return lost('node.high-water-differs');", put: 'void at;',
    tests: ['src/main/backup.db.test.ts'],
  },
  {
    name: 'model 2: no slot lock', harm: 'two texts concluded for one slot',
    file: 'src/features/texts/stance-rules.ts', find: "if (other !== undefined) return without('text.slot-taken', { by: other });", put: '',
    tests: [RACES, JOINT],
  },
  {
    name: 'model 3: no charter barrier', harm: 'a text is concluded under a charter that was replaced',
    file: 'src/features/texts/stance-rules.ts', find: "if (closing !== undefined) return without('text.charter-closed', { by: closing });", put: '',
    tests: [RACES, JOINT],
  },
  {
    name: 'a second stance counts', harm: 'a party takes back its signature',
    file: 'src/features/texts/stance-rules.ts', find: "if ((yield* factsOf<StanceData>(party, STANCE, body.text)).length > 0) return without('text.stance-taken');", put: '',
    tests: [JOINT, STANCES],
  },
  {
    name: 'a slot is freed while the other text is only open', harm: 'two texts concluded for one slot',
    file: 'src/record/stances.ts', find: "(yield* conclusionOf(text, genesis)) !== 'dead') return text;", put: "(yield* conclusionOf(text, genesis)) === 'concluded') return text;",
    tests: [JOINT, RACES],
  },
  {
    name: 'one signature concludes', harm: 'one side binds the other',
    file: 'src/record/stances.ts', find: "parties.every((party) => stances.get(party) === 'sign')", put: "parties.some((party) => stances.get(party) === 'sign')",
    tests: [JOINT, RACES],
  },
  {
    name: 'any charter will do for a signature', harm: 'a text is signed under a charter that the party has not seen concluded',
    file: 'src/features/texts/stance-rules.ts', find: "if (charter !== context.charterId) return without('text.charter-not-in-force');", put: '',
    tests: [STANCES],
  },
  {
    name: 'facts outside the cut are seen', harm: 'the verdict depends on what arrived first',
    file: 'src/record/decide.ts', find: '.filter((fact) => inCut(cut, fact.party, fact.index))', put: '',
    tests: [JOINT, DRAFTS],
  },
  {
    name: 'the cut forgets what earlier acts had seen', harm: 'a party un-sees what it has seen, act by act',
    file: 'src/record/cut.ts', find: 'const cut: Record<PartyId, number> = { ...before };', put: 'const cut: Record<PartyId, number> = {};',
    tests: [DECIDE, JOINT],
  },
  {
    name: 'a false root counts as seen', harm: 'a claim about another log is taken on trust',
    file: 'src/record/cut.ts', find: 'if (root !== claim.root) continue;', put: 'void root;',
    tests: [DECIDE],
  },
  {
    name: 'what is held but not decided is in the cut', harm: 'the verdict depends on what was decided first',
    file: 'src/record/cut.ts', find: 'if (holding.decided < claim.size) return { waitingFor: { party, size: claim.size } };', put: '',
    tests: [JOINT],
  },
  {
    name: 'an act counts again when it is repeated', harm: 'an old act is replayed',
    file: 'src/record/decide.ts', find: "=== true) return refuse('act.repeated');", put: "=== true) void 0;",
    tests: [DECIDE, RACES],
  },
  {
    name: 'a bad signature is good enough', harm: 'anybody signs for anybody',
    file: 'src/record/decide.ts', find: 'const bad = checks.findIndex((_, i) => verdicts[i] !== true);', put: 'const bad = checks.findIndex((_, i) => verdicts[i] === undefined);',
    tests: [DECIDE, MANDATE],
  },
  {
    name: 'a revoked key still signs', harm: 'a stolen passkey binds the party',
    file: 'src/record/mandate-facts.ts', find: '.length > 0 ? undefined : granted.data;', put: '.length > 1_000 ? undefined : granted.data;',
    tests: [MANDATE],
  },
  {
    name: 'an ended mandate still stands', harm: 'a departed officer binds the party',
    file: 'src/record/mandate-facts.ts', find: 'return grants.filter((grant) => grant.index > ended);', put: 'return ended < 0 ? grants : grants.slice();',
    tests: [MANDATE, RACES],
  },
  {
    name: 'a mandate opens every scope', harm: 'an officer of one body acts in another',
    file: 'src/record/mandate-facts.ts', find: 'data.scopes.includes(scope)', put: '(data.scopes.includes(scope) || scope !== "")',
    tests: [DECIDE, MANDATE],
  },
  {
    name: 'one officer makes the quorum', harm: 'one signature where the charter asks for two',
    file: 'src/record/signers.ts', find: 'return officers.length >= needed ?', put: 'return officers.length >= Math.min(1, needed) ?',
    tests: [MANDATE, STANCES],
  },
  {
    name: 'the quorum is that of the charter in force', harm: 'whoever has seen less of the other side may do more',
    file: 'src/record/signers.ts', find: 'const governing = definition.quorumOf === undefined ?', put: 'const governing = definition.quorumOf !== undefined ?',
    tests: [STANCES],
  },
  {
    name: 'the old root key signs until the new one is seen concluded', harm: 'a stolen root stays usable by not looking',
    file: 'src/record/signers.ts', find: "if (next !== undefined && next.root !== member.root) return refuse('act.root-changing');", put: 'void next;',
    tests: [CHARTER],
  },
  {
    name: 'the node’s keys may always bind the party', harm: 'the party’s policy on signing is a dead letter',
    file: 'src/record/signers.ts', find: '.policy.nodeKeys === true;', put: '.policy !== undefined;',
    tests: [MANDATE],
  },
  {
    name: 'the giver keeps the pen', harm: 'two sides write the same epoch',
    file: 'src/features/texts/facts.ts', find: 'if (given.some((fact) => fact.party === party && fact.data.epoch === epoch)) return false;', put: '',
    tests: [JOINT, DRAFTS, RACES],
  },
  {
    name: 'one side’s mark is enough', harm: 'a text is proposed that the other linguist never read',
    file: 'src/features/texts/propose-rule.ts', find: 'marked.filter((fact) => fact.party === party)', put: 'marked.filter((fact) => fact.party !== "")',
    tests: [PROPOSE],
  },
  {
    name: 'a clause without its sibling passes', harm: 'one authentic version says more than the other',
    file: 'src/features/texts/propose-rule.ts', find: "if (missing !== undefined) return without('text.clause-without-sibling', { clause: missing });", put: '',
    tests: [PROPOSE],
  },
  {
    name: 'words of a joint text can be erased', harm: 'one side takes back what both rest on',
    file: 'src/record/system-acts.ts', find: "if ((yield* factsOf(placed.act.party, PART_KEPT, part)).length > 0) return without('part.kept', { part });", put: '',
    tests: [RACES, DRAFTS],
  },
  {
    name: 'a log opens without its charter', harm: 'acts count in a log that never joined the space',
    file: 'src/record/decide.ts', find: 'if (!opened && act.type !== OPENING_TYPE)', put: 'if (!opened && index > 0)',
    tests: [DECIDE],
  },
];
