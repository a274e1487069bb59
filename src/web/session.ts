/** Who is here: `here.get` as the standing of every screen, and the end of a session. */
import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { getDesk } from '../features/desk/contract.ts';
import type { DeskView } from '../features/desk/views.ts';
import { getHere, signOut } from '../features/officers/contract.ts';
import type { Here } from '../features/officers/views.ts';
import { call, Refused, useAnswer } from './client.ts';
import type { Standing } from './kit/standing.tsx';

/** The query under which `here` is kept. */
export const hereKey = [getHere.id, {}] as const;

/** Reads `here`; throws `Refused`. */
export async function readHere(signal?: AbortSignal): Promise<Here> {
  const result = await call(getHere, {}, signal);
  if (!result.ok) throw new Refused(result.refusal);
  return result.value;
}

/** The charter's order of parties is by id: squares and accents follow it on every node. */
export function standingOf(here: Here): Standing {
  return {
    space: here.space,
    name: here.name,
    exercise: here.exercise,
    state: here.state,
    party: here.party,
    parties: [...here.parties].sort((a, b) => (a.id < b.id ? -1 : 1)),
    authentic: here.authentic,
    ...(here.officer === undefined ? {} : {
      officer: {
        id: here.officer.officer,
        office: here.officer.office,
        powers: here.officer.powers,
        scopes: here.officer.scopes,
        clearance: here.officer.clearance,
        session: here.officer.session.id,
        passkeys: here.officer.passkeys,
        keys: here.officer.keys,
      },
    }),
  };
}

/** Ends the session. Whatever the node answers, nothing of what was read stays on the screen. */
export function useSignOut(): UseMutationResult<void, Error, void> {
  const queries = useQueryClient();
  return useMutation<void, Error, void>({
    mutationFn: async () => {
      await call(signOut, {});
      const here = await readHere();
      queries.removeQueries({ predicate: (query) => query.queryKey[0] !== getHere.id });
      queries.setQueryData(hereKey, here);
    },
  });
}

/** The links to the other parties, as the desk shows them. */
export function useLinks(): DeskView['links'] | undefined {
  return useAnswer(getDesk, {}).data?.links;
}

