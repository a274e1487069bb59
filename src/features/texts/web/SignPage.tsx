/** Signing or refusing: first the whole text in every authentic language, then the reason, then the key. */
import { useParams, useSearch } from '@tanstack/react-router';
import { useAnswer } from '../../../web/client.ts';
import { useSay } from '../../../web/i18n/Language.tsx';
import { ButtonLink } from '../../../web/kit/Button.tsx';
import { Digest } from '../../../web/kit/Digest.tsx';
import { useLabelIn } from '../../../web/kit/Label.tsx';
import { Notice } from '../../../web/kit/Notice.tsx';
import { Loaded, Page, Progress } from '../../../web/kit/Page.tsx';
import { useStanding } from '../../../web/kit/standing.tsx';
import { getText } from '../contract.ts';
import type { TextDetail } from '../views.ts';
import { columnsFor } from './columns.ts';
import { FullText } from './FullText.tsx';
import { shownVersions } from './shown.ts';
import { SigningOutcome } from './SigningOutcome.tsx';
import { StanceForm } from './StanceForm.tsx';
import { TextHeading, TextNumbers } from './TextHeading.tsx';
import { useReachedEnd } from './use-reached-end.ts';
import { useSigning } from './use-signing.ts';
import './text.css';

export function SignPage() {
  const say = useSay();
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const query = useAnswer(getText, { params: { id } });
  const refusing = search.stance === 'refuse';
  if (query.data === undefined) return <Page title={say('texts.sign.title')} wide><Loaded query={query}>{() => <Progress />}</Loaded></Page>;
  const { text } = query.data;
  if (text === undefined) {
    return (
      <Page title={say('texts.sign.title')}>
        <Notice action={<ButtonLink href={`/texts/${query.data.doc}`}>{say('texts.sign.to-text')}</ButtonLink>}><p>{say('texts.sign.not-proposed')}</p></Notice>
      </Page>
    );
  }
  return <SignText key={text} detail={query.data} text={text} refusing={refusing} />;
}

function SignText({ detail, text, refusing }: { detail: TextDetail; text: string; refusing: boolean }) {
  const say = useSay();
  const labelIn = useLabelIn();
  const { parties, party } = useStanding();
  const columns = columnsFor(detail.languages, parties, party);
  const versions = shownVersions(detail);
  const signing = useSigning(text);
  const { end, reached } = useReachedEnd();
  const own = detail.parties.find((stance) => stance.party === party);
  const taken = own !== undefined && own.stance !== 'none';
  return (
    <Page title={`${say(refusing ? 'texts.refuse.title' : 'texts.sign.title')}: ${labelIn(detail.title).text}`} wide
      heading={<TextHeading detail={detail} columns={columns} versions={versions} />}>
      <TextNumbers detail={detail} />
      <p className="sign-lead">{say(refusing ? 'texts.refuse.lead' : 'texts.sign.lead', { count: columns.authentic.length })}</p>
      <p className="text-digest"><span>{say('texts.digest')}</span> <Digest value={text} /></p>
      <FullText columns={columns} versions={versions} />
      <div ref={end} className="text-end">{say('texts.sign.end')}</div>
      {taken || signing.step.at === 'done'
        ? <SigningOutcome detail={detail} step={signing.step} />
        : <StanceForm detail={detail} signing={signing} refusing={refusing} reached={reached} />}
    </Page>
  );
}
