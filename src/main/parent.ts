/**
 * A demo must not outlive the terminal that started it: SIGTERM to npm alone leaves its children
 * running. Watches the process that started this one, and the one that started that (npm, then a
 * shell), and reports once when one of them is gone. Costs one file read a second.
 */
import { readFileSync } from 'node:fs';

/** Parent of a process by its id; undefined where the system has no /proc. */
function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}

/** The chain of processes above this one, at most four, without init. */
export function ancestors(from: number = process.ppid): number[] {
  const chain: number[] = [];
  let pid: number | undefined = from;
  while (pid !== undefined && pid > 1 && chain.length < 4) {
    chain.push(pid);
    pid = parentOf(pid);
  }
  return chain;
}

/** Calls `gone` once when the chain above has changed. Returns how to stop watching. */
export function watchParents(gone: () => void, depth = 3): () => void {
  const before = ancestors().slice(0, depth);
  const timer = setInterval(() => {
    const now = ancestors().slice(0, depth);
    if (before.every((pid, i) => now[i] === pid)) return;
    clearInterval(timer);
    gone();
  }, 1000);
  timer.unref();
  return () => clearInterval(timer);
}
