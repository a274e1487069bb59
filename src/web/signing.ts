/**
 * Signing a prepared act: the officer's passkey answers the digest, or, where the party's policy allows
 * it, the node signs with the key that it keeps for the office. The page shows which before and after.
 */
import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import type { z } from 'zod';
import { completeSigning } from '../features/officers/contract.ts';
import type { completed, PreparedAnswer } from '../record/answers.ts';
import { refuse, type Result } from '../kernel/result.ts';
import { call } from './client.ts';
import { askPasskey, signingOptions } from './passkey.ts';

export type CompletedAnswer = z.infer<typeof completed>;
export type SigningKey = PreparedAnswer['keys'][number];

/** The key to offer first: the officer's own before the node's. */
export function firstKey(prepared: PreparedAnswer): SigningKey | undefined {
  return prepared.keys.find((key) => key.kind === 'passkey') ?? prepared.keys[0];
}

/** Signs with `key`. With a passkey this opens the browser's own dialog. */
export async function sign(prepared: PreparedAnswer, key: SigningKey): Promise<Result<CompletedAnswer>> {
  const params = { prepared: prepared.prepared };
  if (key.kind === 'node') return call(completeSigning, { params, body: { kind: 'node', key: key.key } });
  if (key.credential === undefined) return refuse('mandate.no-key');
  const response = await askPasskey(signingOptions(prepared.digest, prepared.rpId, [key.credential]));
  if (!response.ok) return response;
  return call(completeSigning, { params, body: { kind: 'passkey', key: key.key, response: response.value } });
}

/** `sign` as a command: whatever the outcome, what is shown is read again. */
export function useSign(): UseMutationResult<Result<CompletedAnswer>, Error, { prepared: PreparedAnswer; key: SigningKey }> {
  const queries = useQueryClient();
  return useMutation<Result<CompletedAnswer>, Error, { prepared: PreparedAnswer; key: SigningKey }>({
    mutationFn: ({ prepared, key }) => sign(prepared, key),
    onSettled: () => queries.invalidateQueries(),
  });
}
