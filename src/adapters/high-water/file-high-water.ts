/**
 * The high-water mark of the own log, outside the database and its backups: an empty file whose name
 * is `<size>-<root>` in a folder of its own. The largest name is the mark.
 *
 * Several processes of one node write here. A name is created exclusively and made durable (fsync of
 * the folder) before smaller names are removed, and nobody removes a larger one: so the mark only
 * grows, without any lock, and dying on any line leaves the old or the new mark. The calls run in the
 * thread pool: an append need not wait while the mark of the one before goes to disk.
 */
import { mkdirSync } from 'node:fs';
import { open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { IntegrityFault } from '../../kernel/fault.ts';
import type { Hash } from '../../kernel/ids.ts';
import type { HighWater } from '../../node/ports.ts';

export interface Mark {
  readonly size: number;
  readonly root: Hash;
}

const NAME = /^(\d{16})-([0-9a-f]{64})$/;

export class FileHighWater implements HighWater {
  readonly #folder: string;
  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  async read(): Promise<Mark | undefined> {
    const marks = await this.#marks();
    const last = marks.at(-1);
    const other = marks.at(-2);
    if (last !== undefined && other?.size === last.size) {
      // Two roots for one size were both about to be served: this node has forked its own log.
      throw new IntegrityFault({ code: 'node.high-water-forked', params: { size: last.size } }, { size: last.size, one: other.root, other: last.root });
    }
    return last;
  }

  async write(mark: Mark): Promise<void> {
    const file = await open(this.#path(mark), 'a', 0o600);
    await file.close();
    await syncFolder(this.#folder);
    // From here on the mark survives; what follows only tidies.
    for (const other of await this.#marks()) if (other.size < mark.size) await rm(this.#path(other), { force: true });
  }

  async reset(mark: Mark): Promise<void> {
    await this.write(mark);
    for (const other of await this.#marks()) if (other.size !== mark.size || other.root !== mark.root) await rm(this.#path(other), { force: true });
    await syncFolder(this.#folder);
  }

  #path({ size, root }: Mark): string {
    return join(this.#folder, `${String(size).padStart(16, '0')}-${root}`);
  }

  async #marks(): Promise<Mark[]> {
    return (await readdir(this.#folder)).sort().flatMap((name) => {
      const found = NAME.exec(name);
      return found === null ? [] : [{ size: Number(found[1]), root: found[2] as Hash }];
    });
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows has no fsync of a folder; there NTFS journals the creation itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
