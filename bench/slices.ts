/**
 * Screens that slices want to see measured. A slice adds a file under bench/slices and its name here; it
 * prepares what it needs through the product's own operations and times what its readers wait for.
 */
import { measureTexts } from './slices/texts.ts';
import type { Row } from './row.ts';
import type { Stage } from './stage.ts';

export type SliceBench = (stage: Stage) => Promise<readonly Row[]>;

export const sliceBenches: Readonly<Record<string, SliceBench>> = { texts: measureTexts };
