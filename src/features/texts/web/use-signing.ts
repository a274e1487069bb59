/** The steps of a stance: prepared, then signed by a key of the officer. One at a time; every failure is a refusal. */
import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Hash } from '../../../kernel/ids.ts';
import type { Refusal, Result } from '../../../kernel/result.ts';
import type { completed, PreparedAnswer } from '../../../record/answers.ts';
import { call } from '../../../web/client.ts';
import { askPasskey, signingOptions } from '../../../web/passkey.ts';
import { cancelSigning, completeSigning } from '../../officers/published.ts';
import { prepareStance } from '../contract.ts';

export type SigningKey = PreparedAnswer['keys'][number];
type Completed = z.infer<typeof completed>;

export type Step =
  | { readonly at: 'reading' }
  | { readonly at: 'preparing' }
  | { readonly at: 'confirming'; readonly prepared: PreparedAnswer }
  | { readonly at: 'signing'; readonly prepared: PreparedAnswer; readonly key: SigningKey }
  | { readonly at: 'done'; readonly outcome: Completed };

export interface Signing {
  readonly step: Step;
  readonly refusal: Refusal | undefined;
  prepare(stance: 'sign' | 'refuse', reason: string): Promise<void>;
  sign(key: SigningKey): Promise<void>;
  leave(): void;
}

/** `text`: what is signed; it is also what the page has shown, in full. */
export function useSigning(text: Hash): Signing {
  const queries = useQueryClient();
  const [step, setStep] = useState<Step>({ at: 'reading' });
  const [refusal, setRefusal] = useState<Refusal>();

  async function prepare(stance: 'sign' | 'refuse', reason: string): Promise<void> {
    setRefusal(undefined);
    setStep({ at: 'preparing' });
    const words = reason.trim();
    const result = await call(prepareStance, { params: { text }, body: { stance, read: text, ...(words === '' ? {} : { reason: words }) } });
    if (result.ok) return setStep({ at: 'confirming', prepared: result.value });
    setRefusal(result.refusal);
    setStep({ at: 'reading' });
  }

  async function sign(key: SigningKey): Promise<void> {
    if (step.at !== 'confirming') return;
    const { prepared } = step;
    setRefusal(undefined);
    setStep({ at: 'signing', prepared, key });
    const result = await complete(prepared, key);
    if (result.ok) setStep({ at: 'done', outcome: result.value });
    else {
      setRefusal(result.refusal);
      setStep(isOver(result.refusal) ? { at: 'reading' } : { at: 'confirming', prepared });
    }
    await queries.invalidateQueries();
  }

  function leave(): void {
    // A colleague's signature may already be in it: only an act that nobody signed is taken back.
    if (step.at === 'confirming' && step.prepared.signed === 0) void call(cancelSigning, { params: { prepared: step.prepared.prepared } });
    setRefusal(undefined);
    setStep({ at: 'reading' });
  }

  return { step, refusal, prepare, sign, leave };
}

async function complete(prepared: PreparedAnswer, key: SigningKey): Promise<Result<Completed>> {
  const params = { prepared: prepared.prepared };
  if (key.kind === 'node') return call(completeSigning, { params, body: { kind: 'node', key: key.key } });
  const assertion = await askPasskey(signingOptions(prepared.digest, prepared.rpId, key.credential === undefined ? [] : [key.credential]));
  return assertion.ok ? call(completeSigning, { params, body: { kind: 'passkey', key: key.key, response: assertion.value } }) : assertion;
}

/** Refusals after which the prepared act cannot be signed any more. */
function isOver(refusal: Refusal): boolean {
  return ['prepared.unknown', 'prepared.expired', 'act.changed-since-prepared'].includes(refusal.code);
}
