/**
 * Addresses that carry a secret. It stands in the fragment, which no browser sends: it is in no log of
 * a server or proxy and in no referrer. The page reads it, clears it from the address bar and posts it.
 */
export const ENROL_PATH = '/enrol';
export const SIGN_IN_PATH = '/sign-in';

export function enrolmentAddress(origin: string, secret: string): string {
  return `${origin}${ENROL_PATH}#${secret}`;
}

export function demoAddress(origin: string, secret: string): string {
  return `${origin}${SIGN_IN_PATH}#${secret}`;
}

/** The secret of an address's fragment (`#…`), or undefined when it cannot be one. */
export function secretOf(fragment: string): string | undefined {
  return /^#([A-Za-z0-9_-]{43})$/.exec(fragment)?.[1];
}
