/**
 * The table of all routes. The router is built from it and from nothing else, so that a test which
 * visits every row has visited every screen.
 */
import { webSlices } from '../features/web-slices.tsx';
import type { Screen } from './screen.ts';

export const routes: readonly Screen[] = webSlices.flat();

/** Rows of the navigation, in order. */
export const navigation: readonly Screen[] = routes
  .filter((screen) => screen.nav !== undefined)
  .sort((a, b) => (a.nav as number) - (b.nav as number));
