/** Enrolment: create a passkey with the link's secret, then prove possession so that it may sign. */
import { useState } from 'react';
import type { Refusal, Result } from '../../../kernel/result.ts';
import { call } from '../../../web/client.ts';
import { askPasskey, createPasskey, rememberCredential } from '../../../web/passkey.ts';
import { beginEnrolment, beginProof, finishEnrolment, proveKey } from '../contract.ts';
import type { Here } from '../views.ts';

/** `granted`: the record knows the key; `waiting`: an administrator has to confirm it. */
export type ProofState = 'granted' | 'waiting';

interface Enrolled {
  readonly credential: string;
  readonly here: Here;
}

export async function enrol(secret: string, label: string): Promise<Result<Enrolled>> {
  const begun = await call(beginEnrolment, { body: { secret } });
  if (!begun.ok) return begun;
  const response = await createPasskey(begun.value.options);
  if (!response.ok) return response;
  const finished = await call(finishEnrolment, { params: { ceremony: begun.value.ceremony }, body: { secret, response: response.value, label } });
  if (finished.ok) rememberCredential(finished.value.credential);
  return finished;
}

/** Without this proof no key enters the record: a key that somebody else holds must not become this office's. */
export async function provePossession(credential: string): Promise<Result<ProofState>> {
  const begun = await call(beginProof, { params: { credential } });
  if (!begun.ok) return begun;
  const response = await askPasskey(begun.value.options);
  if (!response.ok) return response;
  const proven = await call(proveKey, { params: { credential, ceremony: begun.value.ceremony }, body: { response: response.value } });
  return proven.ok ? { ok: true, value: proven.value.state } : proven;
}

interface State {
  readonly working: boolean;
  readonly refusal?: Refusal;
  readonly enrolled?: Enrolled;
  readonly proof?: ProofState;
}

export function useEnrolment(secret: string) {
  const [state, setState] = useState<State>({ working: false });
  async function create(label: string): Promise<void> {
    setState({ working: true });
    const result = await enrol(secret, label);
    setState(result.ok ? { working: false, enrolled: result.value } : { working: false, refusal: result.refusal });
  }
  async function prove(): Promise<void> {
    const { enrolled } = state;
    if (enrolled === undefined) return;
    setState({ working: true, enrolled });
    const result = await provePossession(enrolled.credential);
    setState(result.ok ? { working: false, enrolled, proof: result.value } : { working: false, enrolled, refusal: result.refusal });
  }
  return {
    working: state.working, refusal: state.refusal, proof: state.proof, here: state.enrolled?.here,
    step: state.enrolled === undefined ? 'link' as const : 'enrolled' as const, create, prove,
  };
}
