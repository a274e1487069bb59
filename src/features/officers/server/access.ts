/**
 * What administering officers needs of the people's door: their passkeys, links and sessions (local
 * tables of src/http), and keys that the node keeps for offices. Implemented in src/http/sign-in.
 */
import type { Hash, ObjectId } from '../../../kernel/ids.ts';
import type { Instant } from '../../../kernel/time.ts';
import type { ProvenKey } from '../commands.ts';

export interface KnownPasskey {
  readonly credential: string;
  readonly officer: ObjectId;
  readonly key: Hash;
  readonly label: string;
  readonly createdAt: Instant;
  readonly usedAt?: Instant;
  /** The key with its proof of possession, while it waits to be recorded. */
  readonly waiting?: ProvenKey;
}

export interface Access {
  /** A one-time link: its address with the secret, shown once. */
  link(officer: ObjectId, madeBy: ObjectId): Promise<{ readonly url: string; readonly expiresAt: Instant }>;
  linkUntil(officer: ObjectId): Promise<Instant | undefined>;
  lastSeen(officer: ObjectId): Promise<Instant | undefined>;
  passkeys(officer?: ObjectId): Promise<readonly KnownPasskey[]>;
  /** The waiting key of the passkey is recorded. */
  recorded(credential: string): Promise<void>;
  endPasskey(credential: string): Promise<void>;
  endSessions(officer: ObjectId): Promise<void>;
  /** Ends passkeys, links and sessions of the officer. */
  endAll(officer: ObjectId): Promise<void>;
  /** A fresh key that the node keeps for the office, with its proof of possession. */
  officeKey(officer: ObjectId): Promise<ProvenKey>;
}
