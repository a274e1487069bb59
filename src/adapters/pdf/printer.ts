/** Prints joint texts on a worker thread, one after the other; started at the first print, ended by `close`. */
import { Worker } from 'node:worker_threads';
import type { Attachment, PrintedText } from '../../features/texts/printed.ts';

export interface Printer {
  /** PDF/A-3a bytes. Rejects when the setter fails: a bug, not bad input. */
  print(text: PrintedText, attachments: readonly Attachment[]): Promise<Uint8Array>;
  close(): Promise<void>;
}

type Answer = { readonly id: number; readonly pdf: Uint8Array } | { readonly id: number; readonly error: string };

export function createPrinter(): Printer {
  const waiting = new Map<number, { resolve(pdf: Uint8Array): void; reject(error: Error): void }>();
  let worker: Worker | undefined;
  let next = 0;
  const fail = (error: Error): void => {
    for (const job of waiting.values()) job.reject(error);
    waiting.clear();
    worker = undefined;
  };
  const start = (): Worker => {
    const started = new Worker(new URL('./pdf.worker.ts', import.meta.url));
    started.on('message', (answer: Answer) => {
      const job = waiting.get(answer.id);
      waiting.delete(answer.id);
      if ('pdf' in answer) job?.resolve(answer.pdf);
      else job?.reject(new Error(answer.error));
    });
    // A worker that dies takes its jobs with it; the next print starts a new one.
    started.on('error', fail);
    started.unref();
    return started;
  };
  return {
    print(text, attachments) {
      worker ??= start();
      const id = next++;
      const done = new Promise<Uint8Array>((resolve, reject) => waiting.set(id, { resolve, reject }));
      worker.postMessage({ id, text, attachments });
      return done;
    },
    async close() {
      await worker?.terminate();
      fail(new Error('printer closed'));
    },
  };
}
