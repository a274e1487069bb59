/** What the doors and the desks of administration share: where the node stands, and who can come in how. */
import type { KeyStore } from '../../node/ports.ts';
import type { Node } from '../../node/node.ts';
import type { Sessions } from '../sessions.ts';
import type { Accounts } from './accounts.ts';
import type { Ceremonies } from './ceremonies.ts';
import type { SignInLinks } from './links.ts';
import type { Place } from './passkeys.ts';

export interface People {
  readonly node: Node;
  readonly place: Place;
  readonly sessions: Sessions;
  readonly accounts: Accounts;
  readonly links: SignInLinks;
  readonly ceremonies: Ceremonies;
  /** For the keys that the node keeps for offices. Private keys never leave it. */
  readonly keys: Pick<KeyStore, 'create' | 'sign' | 'publicKey'>;
}
