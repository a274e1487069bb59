/** What the HTTP layer is handed: the node, who may come in, and where it stands. */
import type { Reader } from '../features/officers/reading.ts';
import type { ObjectId } from '../kernel/ids.ts';
import type { Language } from '../kernel/language.ts';
import type { Node } from '../node/node.ts';
import type { Catalogue } from './catalogue.ts';
import type { Limits } from './limits.ts';
import type { LocalBus } from './local-bus.ts';
import type { Sessions } from './sessions.ts';

/** What the officer may do and read now; undefined when no mandate is left. Asked for every request. */
export type ReaderOf = (officer: ObjectId) => Promise<Reader | undefined>;

export interface Door {
  readonly node: Node;
  readonly sessions: Sessions;
  readonly limits: Limits;
  readonly catalogue: Catalogue;
  readonly readerOf: ReaderOf;
  readonly local: LocalBus;
  /** Where people reach this node, e.g. `http://localhost:4700`: the only origin that may write. */
  readonly origin: string;
  /** Carries party and space, because cookies ignore ports. */
  readonly cookie: string;
  /** The party's own language: the answer where the browser names none. */
  readonly language: Language;
  /** Receives what nobody expected; nothing of it goes to the client but the incident number. */
  readonly report: (incident: string, error: unknown) => void;
}

/** `__Host-` binds the cookie to this host over TLS; on plain loopback no browser would take it. */
export function cookieName(origin: string, party: string, space: string): string {
  return `${origin.startsWith('https:') ? '__Host-' : ''}alternat-${party}-${space.slice(0, 8)}`;
}
