/**
 * Changing what the party's profile says: addresses, passkey origins, policy, certificate. It is signed by
 * the party root and is no joint act. A certificate is replaced in two steps, so that no link is cut: the
 * profile names the old and the new pin; when the others have that profile, the node changes over and the
 * old pin is withdrawn.
 */
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { createTlsIdentity, pinOfPem } from '../adapters/peer/certificate.ts';
import { nodeEngine } from '../adapters/engine/node-engine.ts';
import { openRootKey } from '../adapters/keys/root-key.ts';
import { utf8 } from '../kernel/bytes.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import type { Projection } from '../node/projection.ts';
import { StoreFault } from '../node/store-fault.ts';
import type { Receipt } from '../record/answers.ts';
import { writeFileDurably, type DataDirectory } from './config.ts';
import { profileOf } from './found.ts';
import { openParty, type OpenParty } from './open.ts';

export interface ProfileOptions {
  readonly data: string;
  /** Where the root key lies now; default: in the data directory. */
  readonly rootKey?: string;
  readonly passphrase?: string;
  readonly projections: readonly Projection[];
}

/** Records the profile as alternat.json and the keys have it now. The node may be running. */
export async function publishProfile(options: ProfileOptions): Promise<Result<Receipt>> {
  return withParty(options, async (party) => record(options, party, pins(party.data)));
}

/**
 * Makes the next certificate beside the one in use and records a profile with both pins. Refuses
 * `profile.certificate-pending` when one is waiting already.
 */
export async function prepareCertificate(options: ProfileOptions): Promise<Result<Receipt>> {
  return withParty(options, async (party) => {
    const next = nextCertificate(party.data);
    if (existsSync(next)) return refuse('profile.certificate-pending');
    const identity = await createTlsIdentity(party.config.party.id);
    await party.keys.putSecret(NEXT_KEY, utf8(identity.key));
    writeFileDurably(next, identity.certificate, 0o644);
    return record(options, party, pins(party.data));
  });
}

/**
 * Takes the next certificate into use and withdraws the old pin; the node must be started again. Refuses
 * `profile.no-certificate-pending`, and `profile.not-delivered` while some party's node has not stored the
 * profile with both pins: it would no longer know this node.
 */
export async function switchCertificate(options: ProfileOptions): Promise<Result<Receipt>> {
  return withParty(options, async (party) => {
    const next = nextCertificate(party.data);
    const key = await party.keys.secret(NEXT_KEY);
    if (!existsSync(next) || key === undefined) return refuse('profile.no-certificate-pending');
    const behind = (await party.node.links()).find((link) => link.theyHaveOurs < link.ourSize);
    if (behind !== undefined) return refuse('profile.not-delivered', { party: behind.party });
    // The key first: a certificate without its key would keep the node from starting.
    await party.keys.putSecret('tls-key', key);
    renameSync(next, party.data.certificate);
    return record(options, party, pins(party.data));
  });
}

const NEXT_KEY = 'tls-key-next';

function nextCertificate(data: DataDirectory): string {
  return `${data.certificate}.next`;
}

function pins(data: DataDirectory): readonly string[] {
  return [data.certificate, nextCertificate(data)].filter((path) => existsSync(path)).map((path) => pinOfPem(readFileSync(path, 'utf8')));
}

async function record(options: ProfileOptions, party: OpenParty, tls: readonly string[]): Promise<Result<Receipt>> {
  const root = openRootKey(options.rootKey ?? party.data.rootKey, options.passphrase ?? process.env['ALTERNAT_PASSPHRASE']);
  const body = { ...(await profileOf(party, nodeEngine(), party.node.space)), tls };
  return party.node.submitByRoot([{ type: 'party.profile', v: 1, scope: 'space', body, parts: [] }], (message) => root.sign(message));
}

async function withParty(options: ProfileOptions, work: (party: OpenParty) => Promise<Result<Receipt>>): Promise<Result<Receipt>> {
  let party: OpenParty | undefined;
  try {
    party = await openParty({ data: options.data, projections: options.projections, ...(options.passphrase === undefined ? {} : { passphrase: options.passphrase }) });
    const done = await work(party);
    // Released before the process ends, so that a running node serves it at the next ask.
    if (done.ok) await party.node.checkpoint(party.node.party);
    return done.ok ? ok(done.value) : done;
  } catch (error) {
    if (error instanceof StoreFault) return { ok: false, refusal: error.refusal };
    throw error;
  } finally {
    await party?.close();
  }
}
