/** Durable appends of signed acts against signing and writing the same bytes durably on the same disk. */
import { diskLimit } from './limits.ts';
import { ratioRow, type Row } from './row.ts';
import { lastLeaves, type Stage } from './stage.ts';

const ROUNDS = 5;

/** An act of ordinary size, one a commit: what an officer waits for. */
const ONE = { name: 'append, one act a commit', group: 1, groups: 200 } as const;
const HUNDRED = { name: 'append, 100 acts a commit', group: 100, groups: 12 } as const;

export async function measureAppends(stage: Stage): Promise<readonly Row[]> {
  const aims = stage.input.engine === 'sqlite' ? { one: 0.5, hundred: 0.35 } : { one: 0.25, hundred: 0.35 };
  const leaves = await lastLeaves(stage);
  const disk = diskLimit(stage.input.folder);
  try {
    const rows: Row[] = [];
    for (const { name, group, groups, aim } of [{ ...ONE, aim: aims.one }, { ...HUNDRED, aim: aims.hundred }]) {
      const rounds: [number, number][] = [];
      for (let round = 0; round < ROUNDS; round++) {
        stage.say(`${name}: round ${round + 1} of ${ROUNDS}`);
        const before = disk.run(leaves, group, groups);
        const rate = await appendRate(stage, group, groups);
        const after = disk.run(leaves, group, groups);
        rounds.push([rate, (before + after) / 2]);
      }
      rows.push(ratioRow({ name, unit: 'acts/s', aim }, rounds));
    }
    rows.push(await appendsWithText(stage, () => disk.run(leaves, 1, 100)));
    return rows;
  } finally {
    disk.close();
  }
}

async function appendRate(stage: Stage, group: number, groups: number): Promise<number> {
  const drafts = Array.from({ length: groups }, () => stage.drafts(group));
  const started = performance.now();
  for (const list of drafts) await stage.submit(list);
  return (groups * group * 1000) / (performance.now() - started);
}

/** With a sealed text each: its key is made durable first, in a file of its own, so there are two waits for the disk. */
async function appendsWithText(stage: Stage, limit: () => number): Promise<Row> {
  const rounds: [number, number][] = [];
  for (let round = 0; round < 3; round++) {
    const before = limit();
    const drafts = stage.withText(60);
    const started = performance.now();
    for (const draft of drafts) await stage.submit([draft]);
    rounds.push([(drafts.length * 1000) / (performance.now() - started), (before + limit()) / 2]);
  }
  return ratioRow({ name: 'append, one act with a sealed text', unit: 'acts/s', note: 'two waits for the disk, the limit has one' }, rounds);
}
