/** Backup state: what the other parties could give back, what they could not, and how old the own copies are. */
import { Say, useSay } from '../../../web/i18n/Language.tsx';
import { useAnswer } from '../../../web/client.ts';
import { Link } from '../../../web/kit/Button.tsx';
import { Code } from '../../../web/kit/Label.tsx';
import { Empty, Loaded, Page, Section } from '../../../web/kit/Page.tsx';
import { PartyName } from '../../../web/kit/PartyName.tsx';
import { Moment } from '../../../web/kit/Times.tsx';
import { getBackupState } from '../contract.ts';
import type { BackupView } from '../views.ts';
import './record.css';

export function BackupPage() {
  const say = useSay();
  const state = useAnswer(getBackupState, {});
  return (
    <Page title={say('backup.title')} lead={<><p>{say('backup.lead')}</p><p><Link href="/settings">{say('settings.title')}</Link></p></>}>
      <Loaded query={state}>
        {(view) => (
          <>
            <Section id="held" title={say('backup.held')}><Held view={view} /></Section>
            <Section id="copies" title={say('backup.copies')}><Copies view={view} /></Section>
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Held({ view }: { view: BackupView }) {
  const say = useSay();
  if (view.heldBy.length === 0) return <Empty>{say('backup.nobody')}</Empty>;
  return (
    <ul className="entries">
      {view.heldBy.map(({ party, size }) => (
        <li key={party}><Say id={size >= view.size ? 'backup.all-held' : 'backup.part-held'} values={{ party: <PartyName party={party} />, size: String(size), of: String(view.size) }} /></li>
      ))}
    </ul>
  );
}

function Copies({ view }: { view: BackupView }) {
  const say = useSay();
  if (view.engine === 'postgres') return <p>{say('backup.postgres')}</p>;
  return (
    <>
      <dl className="facts">
        <dt>{say('backup.database')}</dt>
        <dd>{view.database === undefined ? say('backup.never') : <><Moment at={view.database.madeAt} /><span className="beside">{say('backup.since', { count: Math.max(0, view.size - view.database.size) })}</span></>}</dd>
        <dt>{say('backup.keys')}</dt>
        <dd>{view.keys === undefined ? say('backup.never') : <Moment at={view.keys.madeAt} />}</dd>
      </dl>
      <p>{say('backup.how')}</p>
      <p><Code>alternat backup FOLDER --data DIR</Code></p>
      <p className="beside">{say('backup.keys-apart')}</p>
    </>
  );
}
