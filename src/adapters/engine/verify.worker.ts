/** Runs in a worker thread: gets checks as plain data, answers their verdicts in order. */
import { parentPort, type MessagePort } from 'node:worker_threads';
import { verifySignature, type SignatureCheck } from '../../record/signing.ts';
import { nodeEngine } from './node-engine.ts';

const engine = nodeEngine();
const port = parentPort as MessagePort;
port.on('message', (batch: readonly SignatureCheck[]) => port.postMessage(batch.map((check) => verifySignature(engine, check))));
