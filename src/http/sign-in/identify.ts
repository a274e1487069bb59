/**
 * The port at the door: a way to find out which officer is here. Passkeys and demo links implement it;
 * single sign-on (OIDC) would be a third, whose proof is the authorization code (docs/adr/0020). What
 * comes out is an officer of the record, never a person: the mandates decide what they may do.
 */
import type { AssertionResponse } from '../../features/officers/webauthn.ts';
import type { ObjectId } from '../../kernel/ids.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { Accounts } from './accounts.ts';
import type { Ceremonies } from './ceremonies.ts';
import type { SignInLinks } from './links.ts';
import { verifyAnswer, type Place } from './passkeys.ts';

export interface Identified {
  readonly officer: ObjectId;
}

export interface Identify<Proof> {
  /** How a session says that its officer came in; shown in the list of sessions. */
  readonly by: string;
  identify(proof: Proof): Promise<Result<Identified>>;
}

export interface PasskeyProof {
  readonly ceremony: string;
  readonly response: AssertionResponse;
}

/** One refusal for an unknown credential, a wrong signature and an ended passkey: the door tells nobody which. */
export function passkeyIdentify(place: Place, accounts: Accounts, ceremonies: Ceremonies): Identify<PasskeyProof> {
  return {
    by: 'passkey',
    async identify({ ceremony, response }) {
      const begun = await ceremonies.take('sign-in', ceremony);
      if (begun === undefined) return refuse('sign-in.ceremony-over');
      const passkey = await accounts.passkey(response.id);
      if (passkey === undefined) return refuse('sign-in.refused');
      const counter = await verifyAnswer(place, begun.challenge, passkey, response);
      if (!counter.ok) return refuse('sign-in.refused');
      await accounts.used(passkey.credential, counter.value);
      return ok({ officer: passkey.officer });
    },
  };
}

/** Works as often as it is pressed, and only where demo links exist at all (links.ts). */
export function demoIdentify(links: SignInLinks): Identify<string> {
  return {
    by: 'demo-link',
    async identify(secret) {
      const link = await links.find('demo', secret);
      return link.ok ? ok({ officer: link.value.officer }) : link;
    },
  };
}
