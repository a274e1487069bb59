import { useEffect, useRef } from 'react';
import { useNavigate } from '@tanstack/react-router';

/**
 * Goes to another address, once. (The router's own component goes again on every render; while the other
 * screen loads that renders this one, and the two never come to an end.)
 */
export function Redirect({ to, search }: { to: string; search?: Readonly<Record<string, string>> }) {
  const navigate = useNavigate();
  const gone = useRef(false);
  useEffect(() => {
    if (gone.current) return;
    gone.current = true;
    void navigate({ ...(search === undefined ? { href: to } : { to, search }), replace: true } as never);
  });
  return null;
}
