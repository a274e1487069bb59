import { useSay } from '../i18n/Language.tsx';
import { Link } from '../kit/Button.tsx';
import { Page } from '../kit/Page.tsx';

export function NotFound() {
  const say = useSay();
  return (
    <Page title={say('not-found.title')} lead={<p>{say('not-found.lead')}</p>}>
      <p><Link href="/">{say('not-found.to-desk')}</Link></p>
    </Page>
  );
}
