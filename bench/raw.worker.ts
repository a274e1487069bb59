/** One core of the limit: bare verifications when told to go. */
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { verifyTimes, type Signed } from './limits.ts';

const { signed, times } = workerData as { signed: readonly Signed[]; times: number };
const port = parentPort as MessagePort;
port.once('message', () => {
  verifyTimes(signed, times);
  port.postMessage('done');
});
port.postMessage('ready');
