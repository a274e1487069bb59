/** A one-time link for an officer, made at the machine of the node: the way in when nobody else is in. */
import { serverProjections } from '../features/server-slices.ts';
import { enrolmentAddress } from '../features/officers/links.ts';
import { loadReader } from '../features/officers/server/published.ts';
import { SignInLinks } from '../http/sign-in/links.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.ts';
import { openParty } from './open.ts';

/** Refuses `officer.unknown` where no mandate stands. The address is the first passkey origin of the profile. */
export async function enrolmentLink(data: string, officer: string): Promise<Result<{ url: string; expiresAt: Instant }>> {
  const party = await openParty({ data, projections: serverProjections, peers: [] });
  try {
    const { node, config } = party;
    if ((await loadReader(node, officer)) === undefined) return refuse('officer.unknown');
    const { secret, expiresAt } = await new SignInLinks(node.store, () => node.mint.now(), false).enrolment(officer, 'operator');
    return ok({ url: enrolmentAddress(config.profile.passkeys.origins[0] ?? '', secret), expiresAt });
  } finally {
    await party.close();
  }
}
