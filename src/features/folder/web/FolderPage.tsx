/** The signature folder: what waits for this office, then what it has a part in. Internal to the party. */
import { useAnswer } from '../../../web/client.ts';
import { useSay } from '../../../web/i18n/Language.tsx';
import { Link } from '../../../web/kit/Button.tsx';
import { Label } from '../../../web/kit/Label.tsx';
import { Empty, Loaded, Page, Section } from '../../../web/kit/Page.tsx';
import { DateOn, Moment } from '../../../web/kit/Times.tsx';
import { listFolder, type FolderEntry } from '../contract.ts';
import './folder.css';

export function FolderPage() {
  const say = useSay();
  const folder = useAnswer(listFolder, {});
  return (
    <Page title={say('folder.title')} lead={<><p>{say('folder.lead')}</p><p><Link href="/folder/absences">{say('folder.absences.title')}</Link></p></>}>
      <Loaded query={folder}>
        {({ waiting, others }) => (waiting.length + others.length === 0 ? <Empty>{say('folder.empty')}</Empty> : (
          <>
            <Section id="waiting" title={say('folder.waiting')}>{waiting.length === 0 ? <Empty>{say('folder.none-waiting')}</Empty> : <Entries entries={waiting} />}</Section>
            {others.length === 0 ? null : <Section id="others" title={say('folder.others')}><Entries entries={others} /></Section>}
          </>
        ))}
      </Loaded>
    </Page>
  );
}

function Entries({ entries }: { entries: readonly FolderEntry[] }) {
  const say = useSay();
  return (
    <ul className="entries">
      {entries.map((entry) => (
        <li key={entry.entry}>
          <p><Link href={`/folder/${entry.entry}`}><Label label={entry.title} /></Link></p>
          <p className="entry-facts">
            <span>{say(`folder.state.${entry.state}`)}</span>
            {entry.dueOn === undefined ? null : <span data-late={entry.overdue || undefined}>{say('folder.due')} <DateOn on={entry.dueOn} />{entry.overdue ? <> · {say('folder.overdue')}</> : null}</span>}
          </p>
          <p className="entry-facts beside"><span>{say('folder.opened-by')}: <Label label={entry.openedBy.office} /></span><span><Moment at={entry.openedAt} /></span></p>
        </li>
      ))}
    </ul>
  );
}
