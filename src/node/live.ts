/** The running parts of one node's process, and what every commit sets in motion. */
import type { Core } from './core.ts';
import type { EraseRunner } from './erasure.ts';
import type { FollowingRunner } from './project.ts';
import { everyLogOpened, putState, storedState, type Recovery } from './recovery.ts';
import type { Release } from './release.ts';
import type { SettledByParty } from './settle.ts';
import type { Watch } from './watch.ts';

export interface Live {
  readonly core: Core;
  readonly release: Release;
  readonly recovery: Recovery;
  readonly following: FollowingRunner;
  /** Set once, right after the others: it records by the node's own office. */
  erasures?: EraseRunner;
  watch?: Watch;
  /** Resolves when the peers were asked at the start, or took too long. */
  readonly booted: PromiseWithResolvers<void>;
}

/** After a commit: whoever waits for news is told, the checkpoint goes out, following tables catch up. */
export async function committed(live: Live, settled: SettledByParty): Promise<void> {
  const { core, release, recovery, following } = live;
  for (const { party, size, types, keys } of settled.values()) {
    live.watch?.announced(party, size);
    core.events.emit({ kind: 'appended', party, size, types: [...types].sort(), keys: [...keys].sort() });
    if (types.has('part.erase')) live.erasures?.wake();
  }
  if (settled.size === 0) return;
  following.wake();
  if (recovery.state() === 'founding') await openWhenFounded(live);
  if (settled.has(core.party)) release.schedule();
}

async function openWhenFounded({ core, recovery }: Live): Promise<void> {
  const opened = await core.store.write(async (tx) => {
    await tx.lockSpace();
    if ((await storedState(tx)) !== 'founding' || !(await everyLogOpened(core, tx))) return false;
    await putState(tx, 'open');
    return true;
  });
  if (opened) await recovery.refresh();
}
