/** Every route of the people's door and of officers, over one node. */
import { officerRoutes } from '../../features/officers/server/routes.ts';
import type { Route } from '../handler.ts';
import { accessOf } from './access.ts';
import { doorRoutes } from './door-routes.ts';
import { passkeyRoutes } from './passkey-routes.ts';
import type { People } from './people.ts';
import { signingRoutes } from './signing-routes.ts';

export function peopleRoutes(people: People): readonly Route[] {
  return [...doorRoutes(people), ...passkeyRoutes(people), ...officerRoutes(accessOf(people)), ...signingRoutes(people)];
}
