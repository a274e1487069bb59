/**
 * The cryptographic engine that `record/` is handed: node:crypto on a node, @noble in the offline
 * page. Verdicts of engines differ on malformed input, so nobody calls these directly: `signature.ts`
 * first applies the pinned strict rule, behind which all engines agree.
 */
export interface Engine {
  /** SHA-256 (FIPS 180-4): 32 bytes. */
  sha256(bytes: Uint8Array): Uint8Array<ArrayBuffer>;
  /** Cofactorless Ed25519 (RFC 8032): 32-byte key, 64-byte signature. False, never throws. */
  ed25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
  /** ECDSA P-256 with SHA-256: 65-byte uncompressed point, DER signature. False, never throws. */
  p256(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
  /** CRC-32 as in zip, where the runtime has a fast one; otherwise crc32.ts. */
  crc32?(bytes: Uint8Array): number;
}
