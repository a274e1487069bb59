/** One joint text: the authentic versions side by side, what is said about them, who signed, what happened. */
import { useParams } from '@tanstack/react-router';
import { useAnswer } from '../../../web/client.ts';
import { useSay } from '../../../web/i18n/Language.tsx';
import { Loaded, Page, Progress } from '../../../web/kit/Page.tsx';
import { useLabelIn } from '../../../web/kit/Label.tsx';
import { useArriveAtHash } from '../../../web/kit/arrive.ts';
import { useStanding } from '../../../web/kit/standing.tsx';
import { getText, listRevisions } from '../contract.ts';
import type { TextDetail } from '../views.ts';
import { AskedBar } from './AskedBar.tsx';
import { columnsFor } from './columns.ts';
import { History } from './History.tsx';
import { LocalChanges } from './LocalChanges.tsx';
import { Reading } from './Reading.tsx';
import { Relations } from './Relations.tsx';
import { shownVersions } from './shown.ts';
import { SignatureStrip } from './SignatureStrip.tsx';
import { TextActions } from './TextActions.tsx';
import { TextHeading, TextNumbers } from './TextHeading.tsx';
import './text.css';

export function TextPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const query = useAnswer(getText, { params: { id } });
  const say = useSay();
  if (query.data === undefined) return <Page title={say('texts.text')} wide><Loaded query={query}>{() => <Progress />}</Loaded></Page>;
  return <JointText key={query.data.doc} detail={query.data} />;
}

function JointText({ detail }: { detail: TextDetail }) {
  const say = useSay();
  const labelIn = useLabelIn();
  const { parties, party } = useStanding();
  const columns = columnsFor(detail.languages, parties, party);
  const versions = shownVersions(detail);
  const revisions = useAnswer(listRevisions, { params: { id: detail.doc } }, detail.state !== 'local');
  useArriveAtHash(true);
  const title = labelIn(detail.title).text || say('texts.untitled');
  return (
    <Page title={title} heading={<TextHeading detail={detail} columns={columns} versions={versions} />} wide>
      <TextNumbers detail={detail} />
      <AskedBar detail={detail} />
      <LocalChanges detail={detail} />
      <Reading key={detail.text ?? detail.doc} detail={detail} columns={columns} versions={versions} revisions={revisions.data?.revisions ?? []} />
      <SignatureStrip detail={detail} columns={columns} />
      <TextActions detail={detail} />
      <Relations detail={detail} />
      <History detail={detail} />
    </Page>
  );
}
