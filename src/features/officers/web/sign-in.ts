/** The ceremonies of coming in. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { Refusal } from '../../../kernel/result.ts';
import { call } from '../../../web/client.ts';
import { askPasskey, knownCredentials, rememberCredential } from '../../../web/passkey.ts';
import { hereKey } from '../../../web/session.ts';
import { beginSignIn, demoSignIn, finishSignIn } from '../contract.ts';
import { secretOf } from '../links.ts';
import type { Here } from '../views.ts';

interface Ceremony {
  readonly working: boolean;
  readonly refusal?: Refusal;
}

/** Puts the answer in place of what was known; when it resolves, every screen stands on the new session. */
export function useArrive(): (here: Here) => Promise<void> {
  const queries = useQueryClient();
  return useCallback((here) => {
    queries.setQueryData(hereKey, here);
    return queries.invalidateQueries();
  }, [queries]);
}

export function useSignIn(): Ceremony & { begin(): Promise<void> } {
  const [state, setState] = useState<Ceremony>({ working: false });
  const arrive = useArrive();
  async function begin(): Promise<void> {
    setState({ working: true });
    const known = knownCredentials();
    const begun = await call(beginSignIn, { body: known.length === 0 ? {} : { known: [...known] } });
    if (!begun.ok) return setState({ working: false, refusal: begun.refusal });
    const response = await askPasskey(begun.value.options);
    if (!response.ok) return setState({ working: false, refusal: response.refusal });
    const finished = await call(finishSignIn, { params: { ceremony: begun.value.ceremony }, body: { response: response.value } });
    if (!finished.ok) return setState({ working: false, refusal: finished.refusal });
    rememberCredential(response.value.id);
    setState({ working: false });
    await arrive(finished.value);
  }
  return { ...state, begin };
}

/** The secret in the fragment of this address, once: it is taken out of the address bar at once. */
export function useSecret(): string | undefined {
  const [secret] = useState(() => secretOf(location.hash));
  useEffect(() => {
    if (secret !== undefined) history.replaceState(history.state, '', location.pathname + location.search);
  }, [secret]);
  return secret;
}

/** A demo link signs in as soon as it is opened. */
export function useDemoLink(): Ceremony {
  const secret = useSecret();
  const arrive = useArrive();
  const [state, setState] = useState<Ceremony>({ working: secret !== undefined });
  const sent = useRef(false);
  useEffect(() => {
    if (secret === undefined || sent.current) return;
    sent.current = true;
    void call(demoSignIn, { body: { secret } }).then((result) => {
      setState(result.ok ? { working: false } : { working: false, refusal: result.refusal });
      if (result.ok) void arrive(result.value);
    });
  }, [secret, arrive]);
  return state;
}
