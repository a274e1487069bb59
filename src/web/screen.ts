/** A screen of the application: what a slice hands to the router. */
import type { ComponentType } from 'react';

export interface Screen {
  /** TanStack Router path, e.g. `/texts/$text`. */
  readonly path: string;
  /** Message key of its name: in the navigation, in lists of screens. */
  readonly title: string;
  /** `public`: shown without a session. Everything else asks to sign in first and comes back. */
  readonly access: 'public' | 'session';
  /** Place in the navigation, ascending; absent: reached from other screens. */
  readonly nav?: number;
  /** The component, loaded when it is first visited. */
  load(): Promise<ComponentType>;
}
