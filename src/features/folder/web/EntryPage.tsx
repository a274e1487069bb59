/** One entry: the text, why the office should sign, who has looked at it, and what the reader may do. */
import { useParams } from '@tanstack/react-router';
import { useAnswer } from '../../../web/client.ts';
import { Say, useSay } from '../../../web/i18n/Language.tsx';
import { Link } from '../../../web/kit/Button.tsx';
import { Label, useLabelIn } from '../../../web/kit/Label.tsx';
import { Loaded, Page, Section } from '../../../web/kit/Page.tsx';
import { DateOn, Moment } from '../../../web/kit/Times.tsx';
import { getFolderEntry, type FolderEntry } from '../contract.ts';
import { EntryActions } from './EntryActions.tsx';
import './folder.css';

type Step = FolderEntry['steps'][number];

export function EntryPage() {
  const say = useSay();
  const labelIn = useLabelIn();
  const { entry = '' } = useParams({ strict: false }) as { entry?: string };
  const found = useAnswer(getFolderEntry, { params: { entry } });
  const title = found.data === undefined ? say('folder.title') : labelIn(found.data.title).text;
  return (
    <Page title={title} lead={<p><Link href="/folder">{say('folder.title')}</Link></p>}>
      <Loaded query={found}>
        {(one) => (
          <>
            <Facts entry={one} />
            <EntryActions entry={one} />
            <Section id="steps" title={say('folder.steps')}><Steps steps={one.steps} ordered={one.mode === 'sequence'} /></Section>
            {one.earlier.length === 0 ? null : <Earlier entry={one} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Facts({ entry }: { entry: FolderEntry }) {
  const say = useSay();
  return (
    <dl className="facts">
      <dt>{say('folder.text')}</dt><dd><Link href={`/texts/${entry.text}`}>{say('folder.open-text')}</Link></dd>
      <dt>{say('folder.state')}</dt><dd>{say(`folder.state.${entry.state}`)}</dd>
      <dt>{say('folder.reason')}</dt><dd className="folder-words">{entry.reason}</dd>
      <dt>{say('folder.signer')}</dt>
      <dd>
        <Label label={entry.signer.office} />
        {entry.signerSubstitute === undefined ? null : <span className="beside"><Say id="folder.step.substitute" values={{ office: <Label label={entry.signerSubstitute.office} /> }} /></span>}
      </dd>
      {entry.dueOn === undefined ? null : <><dt>{say('folder.due')}</dt><dd data-late={entry.overdue || undefined}><DateOn on={entry.dueOn} />{entry.overdue ? <> · {say('folder.overdue')}</> : null}</dd></>}
      <dt>{say('folder.opened-by')}</dt><dd><Label label={entry.openedBy.office} /><span className="beside"><Moment at={entry.openedAt} /></span></dd>
      <dt>{say('folder.mode')}</dt><dd>{say(`folder.mode.${entry.mode}`)}</dd>
    </dl>
  );
}

function Steps({ steps, ordered }: { steps: readonly Step[]; ordered: boolean }) {
  const say = useSay();
  const List = ordered ? 'ol' : 'ul';
  return (
    <List className="folder-steps" data-ordered={ordered || undefined}>
      {steps.map((step) => (
        <li key={step.n} data-turn={step.turn || undefined}>
          <p><strong><Label label={step.office} /></strong> · {say(`folder.step.${step.turn ? 'turn' : step.outcome}`)}</p>
          <p className="beside">
            {step.at === undefined ? null : <Moment at={step.at} />}
            {step.by === undefined ? null : <> <Say id="folder.step.by" values={{ office: <Label label={step.by.office} /> }} /></>}
            {step.substitute === undefined ? null : <> <Say id="folder.step.substitute" values={{ office: <Label label={step.substitute.office} /> }} /></>}
            {step.remindedAt === undefined ? null : <> {say('folder.step.reminded')} <Moment at={step.remindedAt} /></>}
          </p>
          {step.note === undefined ? null : <p className="folder-words">{step.note}</p>}
        </li>
      ))}
    </List>
  );
}

function Earlier({ entry }: { entry: FolderEntry }) {
  const say = useSay();
  return (
    <Section id="earlier" title={say('folder.earlier')}>
      {entry.earlier.map((round) => (
        <div key={round.round}><h3>{say('folder.round', { round: round.round })}</h3><Steps steps={round.steps} ordered={entry.mode === 'sequence'} /></div>
      ))}
    </Section>
  );
}
