/** Every screen of every slice: the one file of the web application that knows them all. */
import type { Screen } from '../web/screen.ts';
import { screens as communique } from './communique/web/screens.ts';
import { screens as desk } from './desk/web/screens.ts';
import { screens as folder } from './folder/web/screens.ts';
import { screens as journal } from './journal/web/screens.ts';
import { screens as mechanism } from './mechanism/web/screens.ts';
import { screens as officers } from './officers/web/screens.ts';
import { screens as recordExplorer } from './record-explorer/web/screens.ts';
import { screens as texts } from './texts/web/screens.ts';

export const webSlices: readonly (readonly Screen[])[] = [desk, texts, folder, mechanism, recordExplorer, journal, officers, communique];
