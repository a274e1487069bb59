import { useParams } from '@tanstack/react-router';
import { useSay } from '../../../web/i18n/Language.tsx';
import { useAnswer } from '../../../web/client.ts';
import { Link } from '../../../web/kit/Button.tsx';
import { Digest } from '../../../web/kit/Digest.tsx';
import { Loaded, Page } from '../../../web/kit/Page.tsx';
import { Redirect } from '../../../web/kit/Redirect.tsx';
import { findAct } from '../contract.ts';

/** From a digest to the place where the act stands: the address under which everything cites an act. */
export function FindPage() {
  const say = useSay();
  const { act = '' } = useParams({ strict: false }) as { act?: string };
  const found = useAnswer(findAct, { params: { act } });
  return (
    <Page title={say('record.find.title')} lead={<p><Digest value={act} /></p>}>
      <Loaded query={found}>{({ party, index }) => <Redirect to={`/record/${party}/${index}`} />}</Loaded>
      <p><Link href="/record">{say('record.all-logs')}</Link></p>
    </Page>
  );
}
