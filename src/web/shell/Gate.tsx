import type { ReactNode } from 'react';
import { Navigate, useLocation } from '@tanstack/react-router';
import { useStanding } from '../kit/standing.tsx';

/** Lets a screen be seen with a session; otherwise to sign in, and from there back to this address. */
export function Gate({ access, children }: { access: 'public' | 'session'; children: ReactNode }) {
  const { officer } = useStanding();
  const { href } = useLocation();
  if (access === 'session' && officer === undefined) return <Navigate to="/sign-in" search={{ to: href } as never} replace />;
  return <>{children}</>;
}
