/** What surrounds every screen: exercise band, running head, navigation, the line about the link. */
import { useEffect, useRef } from 'react';
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { RouterProvider } from 'react-aria-components';
import { useSay } from '../i18n/Language.tsx';
import { Link } from '../kit/Button.tsx';
import { LiveRegion } from '../kit/LiveRegion.tsx';
import { NodeStateNotice } from '../kit/NodeStateNotice.tsx';
import { useStanding } from '../kit/standing.tsx';
import { useLive } from '../live.ts';
import { navigation } from '../routes.ts';
import { ExerciseBand } from './ExerciseBand.tsx';
import { LinkLine } from './LinkLine.tsx';
import { Masthead } from './Masthead.tsx';

export function Shell() {
  const say = useSay();
  const navigate = useNavigate();
  const { officer, state, exercise } = useStanding();
  const live = useLive(officer !== undefined);
  const main = useFocusOnArrival();
  return (
    <RouterProvider navigate={(to) => void navigate({ href: to } as never)}>
      <LiveRegion>
        <div className="shell" data-exercise={exercise || undefined}>
          <a className="skip link" href="#main" onClick={(event) => { event.preventDefault(); main.current?.focus(); }}>{say('shell.skip')}</a>
          <ExerciseBand />
          <Masthead />
          {officer === undefined ? null : <Navigation />}
          <main className="main" id="main" tabIndex={-1} ref={main}>
            {officer === undefined ? null : <NodeStateNotice state={state} />}
            <Outlet />
          </main>
          {officer === undefined ? null : <LinkLine live={live} />}
        </div>
      </LiveRegion>
    </RouterProvider>
  );
}

/** After a change of page the heading has the focus, so that keyboard and screen reader go on from there. */
function useFocusOnArrival() {
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const arrived = useRef(pathname);
  useEffect(() => {
    if (arrived.current === pathname) return;
    arrived.current = pathname;
    (main.current?.querySelector<HTMLElement>('h1') ?? main.current)?.focus();
  }, [pathname]);
  return main;
}

function Navigation() {
  const say = useSay();
  const { pathname } = useLocation();
  return (
    <nav className="nav" aria-label={say('shell.navigation')}>
      <ul>
        {navigation.map((screen) => (
          <li key={screen.path}>
            <Link href={screen.path} {...(isWithin(pathname, screen.path) ? { 'aria-current': 'page' as const } : {})}>{say(screen.title)}</Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function isWithin(pathname: string, path: string): boolean {
  return pathname === path || (path !== '/' && pathname.startsWith(`${path}/`));
}
