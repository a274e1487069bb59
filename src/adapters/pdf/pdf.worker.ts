/** The setter on a thread of its own: setting blocks for some hundred milliseconds. */
import { parentPort } from 'node:worker_threads';
import type { Attachment, PrintedText } from '../../features/texts/printed.ts';
import { createSetter } from './setter.ts';

const setText = createSetter();

parentPort?.on('message', async (job: { id: number; text: PrintedText; attachments: readonly Attachment[] }) => {
  try {
    const pdf = await setText(job.text, job.attachments);
    parentPort?.postMessage({ id: job.id, pdf });
  } catch (error) {
    parentPort?.postMessage({ id: job.id, error: error instanceof Error ? error.message : String(error) });
  }
});
