/**
 * The worked examples of docs/spec, computed: spec.test.ts holds the documents against them, so that
 * no byte printed there is made up. Keys are derived from names; nothing here is random.
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { nodeEngine } from '../adapters/engine/node-engine.ts';
import { conformLine } from '../main/conform.ts';
import { concatBytes, fromHex, fromUtf8, toBase64, toHex, utf8, type Bytes } from '../kernel/bytes.ts';
import { expectOk } from '../kernel/result.ts';
import { ACT_TYPE } from './act.ts';
import { encodeManifest, encodeManifestSignature, manifestMessage } from './bundle.ts';
import { cosignerKey, formatCheckpoint, logKey, originOf } from './checkpoint.ts';
import { cosignedMessage, joinCosignature } from './cosignature.ts';
import { actId, encodeEnvelope } from './envelope.ts';
import { canonicalBytes, jcs } from './json.ts';
import { formatNote, formatVkey } from './note.ts';
import { pae } from './pae.ts';
import { commitment, encodeOpening } from './part.ts';
import { ruleExamples } from './rules-examples.testkit.ts';
import { keyId } from './signature.ts';
import { encodeEntries, tilePath } from './tile.ts';
import { consistencyProof, EMPTY_RANGE, extendRange, inclusionProof, leafHash, nodeHash, rootOf, type HashReader } from './tree.ts';
import { encodeAssertion } from './webauthn.ts';
import { encodeZip } from './zip.ts';

const engine = nodeEngine();
const text = (bytes: Uint8Array): string => fromUtf8(bytes) as string;

export function secretOf(name: string): Bytes {
  return engine.sha256(utf8(`alternat example ${name}`));
}

const officer = { secret: secretOf('officer'), publicKey: ed25519.getPublicKey(secretOf('officer')) as Bytes };
const passkey = { secret: secretOf('passkey'), publicKey: p256.getPublicKey(secretOf('passkey'), false) as Bytes };
const log = { secret: secretOf('log'), publicKey: ed25519.getPublicKey(secretOf('log')) as Bytes };
const cosigner = { secret: secretOf('cosigner'), publicKey: ed25519.getPublicKey(secretOf('cosigner')) as Bytes };
const space = toHex(engine.sha256(utf8('alternat example space')));
const sign = (secret: Bytes, message: Uint8Array): Bytes => ed25519.sign(message, secret) as Bytes;

export function examples(): Readonly<Record<string, string>> {
  return { ...jsonExamples(), ...envelopeExamples(), ...passkeyExamples(), ...logExamples(), ...partExamples(), ...bundleExamples(), ...conformExamples(), ...ruleExamples() };
}

function jsonExamples(): Record<string, string> {
  const input = '{ "título": "Acta \\u0031", "n": [1e1, 0.50, -0], "a": { "b": null } }';
  const act = { v: 1, officers: ['dgp.0123456789abcdefghjk'], at: '2026-11-23T10:42:00.000Z', body: { text: 'ختم' } };
  return {
    'jcs-input': input,
    'jcs-output': text(expectOk(jcs(utf8(input)))),
    'canonical-text': text(canonicalBytes(act)),
    'canonical-hex': toHex(canonicalBytes(act)),
  };
}

function actPayload(): Bytes {
  return canonicalBytes({
    v: 1, space, party: 'dgp', type: 'text.sign', officers: ['dgp.0123456789abcdefghjk'], at: '2026-11-23T10:42:00.000Z', scope: 'space',
    seen: { dgsn: { size: 41, root: toHex(engine.sha256(utf8('root'))) } }, after: 39, body: { text: toHex(engine.sha256(utf8('text'))) },
  });
}

function envelopeExamples(): Record<string, string> {
  const payload = actPayload();
  const signed = pae(ACT_TYPE, payload);
  const signature = { keyid: keyId(engine, 'ed25519', officer.publicKey), sig: sign(officer.secret, signed) };
  return {
    'act-payload': text(payload),
    'act-pae': text(signed),
    'act-id': actId(engine, ACT_TYPE, payload),
    'officer-public': toHex(officer.publicKey),
    'officer-keyid': signature.keyid,
    'officer-signature': toHex(signature.sig),
    'envelope': text(expectOk(encodeEnvelope({ payloadType: ACT_TYPE, payload, signatures: [signature] }))),
    'pae-short': text(pae('http://example.com/HelloWorld', utf8('hello world'))),
  };
}

function passkeyExamples(): Record<string, string> {
  const challenge = fromHex(actId(engine, ACT_TYPE, actPayload())) as Bytes;
  const clientDataJSON = utf8(JSON.stringify({ type: 'webauthn.get', challenge: challenge.toBase64({ alphabet: 'base64url', omitPadding: true }), origin: 'https://alternat.example', crossOrigin: false }));
  const authenticatorData = concatBytes(engine.sha256(utf8('alternat.example')), Uint8Array.of(0x05, 0, 0, 0, 1));
  const signature = p256.sign(concatBytes(authenticatorData, engine.sha256(clientDataJSON)), passkey.secret, { format: 'der', lowS: false }) as Bytes;
  return {
    'passkey-public': toHex(passkey.publicKey),
    'passkey-keyid': keyId(engine, 'passkey-es256', passkey.publicKey),
    'passkey-client': text(clientDataJSON),
    'passkey-authenticator': toHex(authenticatorData),
    'passkey-der': toHex(signature),
    'passkey-sig': text(encodeAssertion({ authenticatorData, clientDataJSON, signature })),
  };
}

function logExamples(): Record<string, string> {
  const entries = ['one', 'two', 'three'].map(utf8);
  const leaves = entries.map((entry) => leafHash(engine, entry));
  const read: HashReader = (level, index) => (level === 0 ? (leaves[index] as Bytes) : nodeHash(engine, read(level - 1, 2 * index), read(level - 1, 2 * index + 1)));
  const root = rootOf(engine, extendRange(engine, EMPTY_RANGE, leaves));
  const own = logKey(engine, originOf(space, 'dgp', 1), log.publicKey);
  const peer = cosignerKey(engine, space, 'dgsn', cosigner.publicKey);
  const checkpoint = formatCheckpoint({ origin: own.name, size: 3n, root, extensions: [] });
  const time = 1_795_430_520n;
  const signatures = [
    { name: own.name, keyId: own.keyId, signature: sign(log.secret, utf8(checkpoint)) },
    { name: peer.name, keyId: peer.keyId, signature: joinCosignature({ time, signature: sign(cosigner.secret, cosignedMessage(checkpoint, time)) }) },
  ];
  return {
    'tree-leaves': leaves.map((leaf, i) => `${i}  ${text(entries[i] as Bytes).padEnd(5)}  ${toHex(leaf)}`).join('\n'),
    'tree-node': toHex(read(1, 0)),
    'tree-root': toHex(root),
    'tree-inclusion': inclusionProof(engine, 2, 3, read).map(toHex).join('\n'),
    'tree-consistency': consistencyProof(engine, 2, 3, read).map(toHex).join('\n'),
    'checkpoint': formatNote({ text: checkpoint, signatures }).trimEnd(),
    'log-vkey': formatVkey(own),
    'cosigner-vkey': formatVkey(peer),
    'cosigned-message': text(cosignedMessage(checkpoint, time)).trimEnd(),
    'entry-bundle': toHex(encodeEntries(entries)),
    'tile-paths': [tilePath({ level: 'entries', index: 0, width: 3 }), tilePath({ level: 0, index: 0, width: 3 }), tilePath({ level: 0, index: 1_234_067, width: 256 }), tilePath({ level: 1, index: 4, width: 17 })].join('\n'),
  };
}

function partExamples(): Record<string, string> {
  const salt = engine.sha256(utf8('alternat example salt'));
  const plaintext = utf8('الفصل الأول');
  return {
    'part-salt': toHex(salt),
    'part-bytes': toHex(plaintext),
    'part-hashed': toHex(concatBytes(utf8('alternat/part/1\0'), salt, plaintext)),
    'part-commitment': commitment(engine, salt, plaintext),
    'part-opening': toHex(encodeOpening({ salt, plaintext })),
  };
}

function bundleExamples(): Record<string, string> {
  const files = [{ name: 'logs/dgp/checkpoint', bytes: utf8('(a signed note)\n') }, { name: `parts/${'0'.repeat(64)}`, bytes: utf8('(salt and bytes)') }];
  const about = { bundle: 'text' as const, space, text: toHex(engine.sha256(utf8('text'))), exercise: true, exporter: 'dgp', at: '2026-11-23T10:42:00.000Z', personal: false, logs: [{ party: 'dgp', size: 3, root: toHex(engine.sha256(utf8('root'))) }] };
  const manifest = encodeManifest(engine, about, files);
  const zip = encodeZip([{ name: 'a', bytes: utf8('hello') }]);
  return {
    'manifest': text(manifest),
    'manifest-sig': text(encodeManifestSignature(engine, log.publicKey, sign(log.secret, manifestMessage(manifest)))),
    'manifest-signed': `${text(manifestMessage(manifest)).slice(0, 96)}…`,
    'zip': [zip.subarray(0, 36), zip.subarray(36, 83), zip.subarray(83)].map(toHex).join('\n'),
  };
}

function conformExamples(): Record<string, string> {
  const requests = [
    { op: 'jcs', input: toBase64(utf8('{"b":1e1,"a":-0}')) },
    { op: 'pae', type: 'http://example.com/HelloWorld', body: toBase64(utf8('hello world')) },
    { op: 'ed25519', publicKey: toBase64(officer.publicKey), message: toBase64(utf8('m')), signature: toBase64(sign(officer.secret, utf8('m'))) },
    { op: 'ed25519', publicKey: toBase64(officer.publicKey), message: toBase64(utf8('n')), signature: toBase64(sign(officer.secret, utf8('m'))) },
    { op: 'inclusion', index: '0', size: '1', leaf: toBase64(leafHash(engine, utf8('one'))), proof: [], root: toBase64(leafHash(engine, utf8('one'))) },
    { op: 'checkpoint', text: 'example.com/log\n007\nAAAA\n' },
    { op: 'dance' },
  ].map((request) => JSON.stringify(request));
  return { conform: requests.map((line) => `> ${line}\n< ${conformLine(line)}`).join('\n') };
}
