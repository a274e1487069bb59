/**
 * The server side of every slice: read tables, routes, sources of the desk, words for the search. Like
 * domain-slices.ts and web-slices.tsx one of the three files that know every slice.
 */
import type { Route } from '../http/handler.ts';
import type { Node } from '../node/node.ts';
import type { KeyStore } from '../node/ports.ts';
import type { Projection } from '../node/projection.ts';
import type { Engine } from '../record/engine.ts';
import { instrumentEntry, searchInstruments } from './agreements/published.ts';
import { agreementsRoutes } from './agreements/server/routes.ts';
import { centreEntry, searchCentres } from './centres/published.ts';
import { centresRoutes } from './centres/server/routes.ts';
import { bodyEntry, searchBodies } from './committee/published.ts';
import { committeeRoutes } from './committee/server/routes.ts';
import { communiqueRoutes } from './communique/server/routes.ts';
import { deskRoutes } from './desk/server/routes.ts';
import { requireCleared } from './folder/server/published.ts';
import { folderDesk } from './folder/server/desk.ts';
import { folderRoutes } from './folder/server/routes.ts';
import { domainRegistry } from './domain-slices.ts';
import { startJournalAnchors } from './journal/server/anchors.ts';
import { journalRoutes } from './journal/server/routes.ts';
import { mechanismRoutes } from './mechanism/server/routes.ts';
import { officersDesk } from './officers/server/desk.ts';
import { startMandateEnds } from './officers/server/ends.ts';
import { officersProjection } from './officers/server/project.ts';
import { recordRoutes } from './record-explorer/server/routes.ts';
import { registersProjection } from './registers/server/project.ts';
import { searchProjection } from './search/server/project.ts';
import { searchRoutes } from './search/server/routes.ts';
import { editionEntry, searchSymposia, seriesEntry } from './symposia/published.ts';
import { symposiaRoutes } from './symposia/server/routes.ts';
import type { Attachment, PrintedText } from './texts/printed.ts';
import type { RegisterPattern } from './texts/register-number.ts';
import { searchTexts } from './texts/search-texts.ts';
import { textsDesk } from './texts/server/desk.ts';
import { startTextOffice } from './texts/server/office.ts';
import { textsProjection } from './texts/server/project.ts';
import { textRoutes } from './texts/server/routes.ts';

/** Order matters for nothing: a projection reads no other's tables. */
export const serverProjections: readonly Projection[] = [
  officersProjection,
  textsProjection,
  registersProjection([instrumentEntry, bodyEntry, seriesEntry, editionEntry, centreEntry]),
  searchProjection([searchTexts, searchInstruments, searchBodies, searchSymposia, searchCentres]),
];

/** What routes and jobs are made over. */
export interface ServerMeans {
  readonly node: Node;
  readonly engine: Engine;
  readonly keys: KeyStore;
  readonly printer: { print(text: PrintedText, attachments: readonly Attachment[]): Promise<Uint8Array> };
}

/** What people ask the node, but for the door itself (http/sign-in). */
export function serverRoutes({ engine }: ServerMeans): readonly Route[] {
  return [
    ...deskRoutes([textsDesk, folderDesk, officersDesk]),
    ...textRoutes({ requireCleared }),
    ...folderRoutes,
    ...mechanismRoutes,
    ...agreementsRoutes,
    ...committeeRoutes,
    ...symposiaRoutes,
    ...centresRoutes,
    ...recordRoutes(domainRegistry),
    ...journalRoutes(engine),
    ...communiqueRoutes,
    ...searchRoutes,
  ];
}

export interface JobMeans {
  readonly node: Node;
  readonly engine: Engine;
  /** How register numbers are written; default: as the party's language has it. */
  readonly register?: RegisterPattern | undefined;
  readonly onFault: (error: unknown) => void;
}

/** What the node's own office does by itself, from now until `close`. */
export function serverJobs({ node, engine, register, onFault }: JobMeans): { close(): Promise<void> } {
  const office = startTextOffice(node, { report: (code) => onFault(new Error(code)), ...(register === undefined ? {} : { pattern: register }) });
  const ends = startMandateEnds(node, onFault);
  const anchors = startJournalAnchors(node, engine, onFault);
  return {
    async close() {
      await office.stop();
      await ends.close();
      await anchors.close();
    },
  };
}
