/** The router, built from routes.ts. Screens load when first visited; unknown addresses have a page too. */
import type { ComponentType } from 'react';
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, type AnyRoute } from '@tanstack/react-router';
import { routes } from './routes.ts';
import type { Screen } from './screen.ts';
import { Gate } from './shell/Gate.tsx';
import { NotFound } from './shell/NotFound.tsx';
import { ScreenFault } from './shell/ScreenFault.tsx';
import { Shell } from './shell/Shell.tsx';
import { Progress } from './kit/Page.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

function routeOf(screen: Screen): AnyRoute {
  const Content = lazyRouteComponent(async () => ({ default: await screen.load() })) as ComponentType;
  function Gated() {
    return <Gate access={screen.access}><Content /></Gate>;
  }
  return createRoute({ getParentRoute: () => root, path: screen.path, component: Gated, errorComponent: ScreenFault, pendingComponent: Progress }) as unknown as AnyRoute;
}

export const router = createRouter({
  routeTree: root.addChildren(routes.map(routeOf)),
  defaultErrorComponent: ScreenFault,
  scrollRestoration: true,
});
