import { useState } from 'react';
import { useSearch } from '@tanstack/react-router';
import { Button, Link } from '../../../web/kit/Button.tsx';
import { RefusalNotice } from '../../../web/kit/Notice.tsx';
import { Progress, usePageTitle } from '../../../web/kit/Page.tsx';
import { Redirect } from '../../../web/kit/Redirect.tsx';
import { useStanding } from '../../../web/kit/standing.tsx';
import { useSay } from '../../../web/i18n/Language.tsx';
import { TitlePage } from './TitlePage.tsx';
import { useDemoLink, useSignIn } from './sign-in.ts';

/** The title page of the space, and the one button that opens it. */
export function SignIn() {
  const say = useSay();
  const { officer } = useStanding();
  const { to } = useSearch({ strict: false }) as { to?: unknown };
  usePageTitle(say('sign-in.title'));
  const demo = useDemoLink();
  const signIn = useSignIn();
  const [helpOpen, setHelpOpen] = useState(false);
  if (officer !== undefined) return <Redirect to={insideAddress(to)} />;
  const refusal = signIn.refusal ?? demo.refusal;
  return (
    <TitlePage>
      {demo.working ? <Progress label={say('sign-in.opening-link')} /> : (
        <div className="title-actions">
          <Button weight="primary" isPending={signIn.working} onPress={() => void signIn.begin()}>{say('sign-in.with-passkey')}</Button>
          <Button weight="quiet" aria-expanded={helpOpen} onPress={() => setHelpOpen(!helpOpen)}>{say('sign-in.no-passkey')}</Button>
        </div>
      )}
      {refusal === undefined ? null : <RefusalNotice refusal={refusal} />}
      {helpOpen ? <div className="title-help"><p>{say('sign-in.help-link')}</p><p>{say('sign-in.help-lost')}</p></div> : null}
      <p className="title-more"><Link href="/communique">{say('communique.title')}</Link></p>
    </TitlePage>
  );
}

/** Only an address of this application: a link from elsewhere must not choose where a session begins. */
function insideAddress(to: unknown): string {
  return typeof to === 'string' && /^\/(?![/\\])/.test(to) && !to.startsWith('/sign-in') ? to : '/';
}
