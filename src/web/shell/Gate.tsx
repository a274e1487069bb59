import type { ReactNode } from 'react';
import { useLocation } from '@tanstack/react-router';
import { Redirect } from '../kit/Redirect.tsx';
import { useStanding } from '../kit/standing.tsx';

/** Lets a screen be seen with a session; otherwise to sign in, and from there back to this address. */
export function Gate({ access, children }: { access: 'public' | 'session'; children: ReactNode }) {
  const { officer } = useStanding();
  const { href } = useLocation();
  if (access === 'session' && officer === undefined) return <Redirect to="/sign-in" search={{ to: href }} />;
  return <>{children}</>;
}
