import { useMemo, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { StandingProvider } from './kit/standing.tsx';
import { hereKey, readHere, standingOf } from './session.ts';

/** Hands every screen where it stands; the first answer is there before anything is drawn. */
export function Here({ children }: { children: ReactNode }) {
  const { data } = useQuery({ queryKey: hereKey, queryFn: ({ signal }) => readHere(signal) });
  const standing = useMemo(() => (data === undefined ? undefined : standingOf(data)), [data]);
  return standing === undefined ? null : <StandingProvider standing={standing}>{children}</StandingProvider>;
}
