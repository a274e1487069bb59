/** The facts of the communiqué and the objects that embody them: found in the record by what they are. */
import { handle, handlePublic, type HandlerContext, type Route } from '../../../http/handler.ts';
import type { Label } from '../../../kernel/language.ts';
import { ok } from '../../../kernel/result.ts';
import type { InstrumentRegister } from '../../agreements/published.ts';
import type { CentreRegister } from '../../centres/published.ts';
import type { BodyCreate } from '../../committee/published.ts';
import { officeTitles } from '../../officers/server/published.ts';
import { registerEntries, type Entry } from '../../registers/server/published.ts';
import type { EditionRegister, SeriesCreate } from '../../symposia/published.ts';
import { listTexts } from '../../texts/server/published.ts';
import { listFactObjects, listFacts, type FactObject } from '../contract.ts';
import { facts, type FactId } from '../facts.ts';

/** The day of the announcement: what was signed later embodies none of its facts. */
const ANNOUNCED_ON = '2014-03-05';

type Found = Readonly<Partial<Record<FactId, readonly FactObject[]>>>;

async function objects(context: HandlerContext): Promise<Found> {
  const { node, reader } = context;
  const { charter } = await node.charter();
  const entries = await registerEntries<unknown>(node, reader, ['instrument', 'committee', 'series', 'edition', 'centre']);
  const of = <B>(kind: string): Entry<B>[] => entries.filter((entry) => entry.kind === kind) as Entry<B>[];
  const space: FactObject = { kind: 'space', id: node.space, label: charter.name, href: '/mechanism' };
  const editions = of<EditionRegister>('edition');
  const numbered = (number: number): FactObject[] => editions.filter(({ body }) => body.number === number).map((entry) => objectOf(entry, entry.label(entry.body.title)));
  const instruments = of<InstrumentRegister>('instrument').filter(({ body }) => body.signed.on <= ANNOUNCED_ON);
  const between = (level: InstrumentRegister['level']): FactObject[] => instruments.filter(({ body }) => body.level === level && body.kind !== 'declaration')
    .map((entry) => objectOf(entry, entry.label(entry.body.title)));
  const committees = of<BodyCreate>('committee').filter(({ body }) => body.kind === 'committee').map((entry) => objectOf(entry, entry.label(entry.body.name)));
  const offices = [...(await officeTitles(node)).values()].map((office): FactObject => ({ kind: 'office', id: office.id, label: office.title, href: `/mechanism#${office.id}` }));
  return {
    F1: [space],
    F2: numbered(2), F3: numbered(2), F4: numbered(2), F5: numbered(2),
    F6: offices,
    F10: committees, F11: committees,
    F12: numbered(1),
    F14: of<SeriesCreate>('series').map((entry) => objectOf(entry, entry.label(entry.body.title))),
    F15: between('institutions'),
    F16: of<CentreRegister>('centre').map((entry) => objectOf(entry, entry.label(entry.body.port))),
    F17: between('countries'),
  };
}

function objectOf(entry: Entry<unknown>, label: Label): FactObject {
  return { kind: entry.kind, id: entry.id, label, href: `/mechanism#${entry.id}`, act: { act: entry.revision, party: entry.party, index: entry.index } };
}

export const communiqueRoutes: readonly Route[] = [
  handlePublic(listFacts, async ({ node }) => ok({ exercise: (await node.charter()).charter.exercise, facts: [...facts] })),
  handle(listFactObjects, async (context) => {
    const found = await objects(context);
    return ok({
      facts: facts.map((fact) => ({ ...fact, objects: [...(found[fact.id] ?? [])] })),
      texts: await listTexts(context.node, context.reader, { kind: 'communique' }),
    });
  }),
];
