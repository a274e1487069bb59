/**
 * A process of a node that does nothing but write: `node writer.testkit.ts <data> <officer> <count>`.
 * Prints `ready`, and `ack <index> <act>` for each act once it is acknowledged; tests kill it at will.
 */
import { writeSync } from 'node:fs';
import { openParty } from '../main/open.ts';
import type { ActDraft, Node } from './node.ts';

function corps(node: Node, name: string): ActDraft {
  const part = node.mint.part('text', 'application/vnd.alternat.label+json', new TextEncoder().encode(JSON.stringify({ en: name })));
  return { type: 'corps.declare', v: 1, scope: 'space', body: { corps: node.mint.id(), name: part.ref }, parts: [part] };
}

const [data, officer, count] = process.argv.slice(2) as [string, string, string];
const { node, close } = await openParty({ data, projections: [], peers: [] });
writeSync(1, 'ready\n');
for (let i = 0; i < Number(count); i++) {
  const written = await node.submit([corps(node, `${process.pid} ${i}`)], { officer });
  if (!written.ok) {
    writeSync(1, `refused ${written.refusal.code}\n`);
    process.exit(1);
  }
  for (const { act, index } of written.value.acts) writeSync(1, `ack ${index} ${act}\n`);
}
await close();
