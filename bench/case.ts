/** One engine at one size, in a process of its own so that memory is its own. Started by run.ts. */
import { loadavg } from 'node:os';
import { measureAppends } from './appends.ts';
import { measureIngest, measureVerification } from './checking.ts';
import { measureDisk, measureReplay, measureStart, memory, memoryRows } from './living.ts';
import type { CaseInput, CaseOutput, Row } from './row.ts';
import { sliceBenches } from './slices.ts';
import { openStage, type Stage } from './stage.ts';

/** Enough that every path has been compiled before memory is read for the first time. */
const WARM = 4000;

const measures: Readonly<Record<string, (stage: Stage) => Promise<readonly Row[]>>> = {
  appends: measureAppends,
  ingest: measureIngest,
  verification: measureVerification,
  ...sliceBenches,
  disk: measureDisk,
  replay: measureReplay,
  start: measureStart,
};

async function run(input: CaseInput): Promise<CaseOutput> {
  const say = (what: string): void => void process.stderr.write(`  ${input.engine} ${input.size}: ${what}\n`);
  const begin = loadavg()[0] as number;
  const stage = await openStage(input, say);
  await stage.fill(Math.min(WARM, input.size / 2));
  const before = memory(await stage.size());
  await stage.fill(input.size);
  const rows: Row[] = [...memoryRows(before, memory(await stage.size()))];
  for (const [name, measure] of Object.entries(measures)) {
    if (input.only.length === 0 || input.only.includes(name)) rows.push(...(await measure(stage)));
  }
  return { engine: input.engine, size: input.size, rows, load: [begin, loadavg()[0] as number] };
}

// The parent is gone: nobody reads the result, and it cannot tidy up after us.
process.once('disconnect', () => process.exit(1));
process.once('message', (input: CaseInput) => {
  run(input).then(
    (output) => process.send?.(output, () => process.exit(0)),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      process.exit(1);
    },
  );
});
