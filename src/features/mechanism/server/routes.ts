import { handle, type HandlerContext, type Route } from '../../../http/handler.ts';
import type { ObjectId, PartyId } from '../../../kernel/ids.ts';
import { ok } from '../../../kernel/result.ts';
import type { Charter, CharterParty } from '../../../record/charter.ts';
import type { InstrumentRegister } from '../../agreements/published.ts';
import { instrumentRowOf } from '../../agreements/server/published.ts';
import type { CentreRegister } from '../../centres/published.ts';
import { centreRowOf } from '../../centres/server/published.ts';
import type { BodyCreate } from '../../committee/published.ts';
import { bodyRowOf } from '../../committee/server/published.ts';
import { corpsNames, officeTitles } from '../../officers/server/published.ts';
import { readable } from '../../officers/server/reading.ts';
import { registerEntries, type Entry } from '../../registers/server/published.ts';
import type { EditionRegister, SeriesCreate } from '../../symposia/published.ts';
import { editionRowOf, seriesRowOf } from '../../symposia/server/published.ts';
import { getMechanism } from '../contract.ts';
import { nextHosts } from '../next-host.ts';
import type { MechanismParty, MechanismView } from '../views.ts';

const KINDS = ['instrument', 'committee', 'series', 'edition', 'centre'] as const;

async function mechanism(context: HandlerContext): Promise<MechanismView> {
  const { node, reader } = context;
  const { charter, id } = await node.charter();
  const entries = Map.groupBy(await registerEntries<unknown>(node, reader, KINDS), (entry) => entry.kind);
  const of = <B>(kind: (typeof KINDS)[number]): readonly Entry<B>[] => (entries.get(kind) ?? []) as readonly Entry<B>[];
  const editions = of<EditionRegister>('edition').map(editionRowOf).sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.number - b.number));
  return {
    space: node.space,
    name: charter.name,
    exercise: charter.exercise,
    own: node.party,
    charter: { id, rules: charter.rules, highestMark: charter.highestMark },
    authentic: charter.authentic,
    parties: await parties(context, charter),
    bodies: of<BodyCreate>('committee').map(bodyRowOf),
    series: of<SeriesCreate>('series').map(seriesRowOf),
    editions,
    nextHosts: nextHosts(charter.parties.map((party) => party.id), editions),
    instruments: of<InstrumentRegister>('instrument').map(instrumentRowOf).sort((a, b) => (a.signedOn < b.signedOn ? -1 : a.signedOn > b.signedOn ? 1 : 0)),
    centres: of<CentreRegister>('centre').map(centreRowOf),
  };
}

/** This node's own party first, then the others as the charter orders them. */
async function parties({ node, reader }: HandlerContext, charter: Charter): Promise<MechanismParty[]> {
  const offices = [...(await officeTitles(node)).values()];
  const corps = await corpsNames(node);
  const mandates = await node.store.read((tx) => tx.db.selectFrom('officers_mandate').select(['office', 'powers']).where('ended_by', 'is', null)
    .where(readable(reader, { scope: 'officers_mandate.scope' })).execute());
  const powers = Map.groupBy(mandates, (mandate) => mandate.office);
  const powersOf = (office: ObjectId): string[] => [...new Set((powers.get(office) ?? []).flatMap((mandate) => JSON.parse(mandate.powers) as string[]))].sort();
  const order = (party: CharterParty): number => (party.id === node.party ? 0 : 1);
  const of = (party: PartyId) => (one: { readonly party: PartyId }): boolean => one.party === party;
  return charter.parties.toSorted((a, b) => order(a) - order(b)).map((party) => ({
    id: party.id, name: party.name, short: party.short, country: party.country, language: party.language, zone: party.zone, quorum: party.quorum,
    corps: corps.filter(of(party.id)).map(({ id, name }) => ({ id, name })),
    offices: offices.filter(of(party.id)).map((office) => ({
      id: office.id, name: office.title, powers: powersOf(office.id), held: powers.has(office.id), ...(office.corps === undefined ? {} : { corps: office.corps }),
    })),
  }));
}

export const mechanismRoutes: readonly Route[] = [handle(getMechanism, async (context) => ok(await mechanism(context)))];
