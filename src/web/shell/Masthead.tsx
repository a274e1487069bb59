import { Link as RouterLink, useLocation } from '@tanstack/react-router';
import { useSay } from '../i18n/Language.tsx';
import { Button } from '../kit/Button.tsx';
import { Label } from '../kit/Label.tsx';
import { PartyName } from '../kit/PartyName.tsx';
import { Star } from '../kit/Star.tsx';
import { usePartiesOwnFirst, useStanding } from '../kit/standing.tsx';
import { useSignOut } from '../session.ts';
import { LanguageSwitch } from './LanguageSwitch.tsx';

/** The running head: the space with its parties (own first, all of one weight), languages, the office. */
export function Masthead() {
  const say = useSay();
  const { name, officer, parties } = useStanding();
  const ordered = usePartiesOwnFirst();
  // The title page (signing in, enrolling) names the parties itself, in large.
  const onTitlePage = ['/sign-in', '/enrol'].includes(useLocation().pathname);
  // The space itself is a joint text that every party has signed: its star is whole.
  const founded = parties.map(({ id }) => ({ party: id, stance: 'signed' as const, delivered: true }));
  return (
    <header className="masthead">
      {onTitlePage ? null : <RouterLink to="/" className="masthead-space">
        <Star stances={founded} size="mark" told />
        <span>
          <span className="masthead-parties">{ordered.map((party) => <PartyName key={party.id} party={party.id} />)}</span>
          <span className="masthead-name"><Label label={name} /></span>
          <span className="visually-hidden">{say('shell.to-desk')}</span>
        </span>
      </RouterLink>}
      <div className="masthead-end">
        <LanguageSwitch />
        {officer === undefined ? null : <Account />}
      </div>
    </header>
  );
}

function Account() {
  const say = useSay();
  const { officer, party } = useStanding();
  const signOut = useSignOut();
  if (officer === undefined) return null;
  return (
    <div className="account">
      <span><Label label={officer.office} />{' · '}<PartyName party={party} /></span>
      <Button weight="quiet" isPending={signOut.isPending} onPress={() => signOut.mutate()}>{say('shell.sign-out')}</Button>
    </div>
  );
}
