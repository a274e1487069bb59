/** One office-holder: mandate, keys, and what an administrator does when a key is lost or somebody leaves. */
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useAnswer } from '../../../web/client.ts';
import { useSay } from '../../../web/i18n/Language.tsx';
import { Button, Link } from '../../../web/kit/Button.tsx';
import { Digest } from '../../../web/kit/Digest.tsx';
import { useLabelIn } from '../../../web/kit/Label.tsx';
import { RefusalNotice } from '../../../web/kit/Notice.tsx';
import { Empty, Loaded, Page, Section } from '../../../web/kit/Page.tsx';
import { PartyName } from '../../../web/kit/PartyName.tsx';
import { Table, type Column } from '../../../web/kit/Table.tsx';
import { Moment } from '../../../web/kit/Times.tsx';
import { useHasPower, useStanding } from '../../../web/kit/standing.tsx';
import { getOfficer } from '../contract.ts';
import type { KeyView, OfficerRow } from '../views.ts';
import { OfficerAct, type Outcome, type OfficerMatter } from './OfficerAct.tsx';
import { OneTimeLink } from './OneTimeLink.tsx';

export function OfficerPage() {
  const say = useSay();
  const labelIn = useLabelIn();
  const { officer = '' } = useParams({ strict: false }) as { officer?: string };
  const row = useAnswer(getOfficer, { params: { officer } });
  const title = row.data === undefined ? say('settings.officer.title') : labelIn(row.data.office).text;
  return (
    <Page title={title} lead={<p><Link href="/settings/officers">{say('settings.officers.title')}</Link></p>}>
      <Loaded query={row}>{(found) => <Officer row={found} />}</Loaded>
    </Page>
  );
}

function Officer({ row }: { row: OfficerRow }) {
  const say = useSay();
  const { party } = useStanding();
  const administers = useHasPower('administer') && row.party === party;
  const [matter, setMatter] = useState<OfficerMatter>();
  const [outcome, setOutcome] = useState<Outcome>();
  return (
    <>
      {outcome?.refusal === undefined ? null : <RefusalNotice refusal={outcome.refusal} />}
      {outcome?.link === undefined ? null : <OneTimeLink link={outcome.link} />}
      <Facts row={row} />
      <Section id="keys" title={say('officers.keys')}>
        <KeyTable row={row} {...(administers && row.state === 'active' ? { onLost: (credential: string) => setMatter({ what: 'lost', credential }) } : {})} />
      </Section>
      {administers && row.state === 'active' ? (
        <Section id="changes" title={say('officers.changes')}>
          <ul className="entries">
            {(['link', 'hand-over', 'revoke'] as const).map((what) => (
              <li key={what}>
                <Button onPress={() => setMatter({ what })}>{say(`officers.${what}`)}</Button>
                <span className="beside">{say(`officers.${what}-about`)}</span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {matter === undefined ? null : <OfficerAct officer={row.officer} office={row.office} matter={matter} onClose={() => setMatter(undefined)} onOutcome={setOutcome} />}
    </>
  );
}

function Facts({ row }: { row: OfficerRow }) {
  const say = useSay();
  return (
    <dl className="facts">
      <dt>{say('settings.party')}</dt><dd><PartyName party={row.party} full /></dd>
      <dt>{say('officers.state')}</dt><dd>{say(`officers.state.${row.state}`)} <Moment at={row.state === 'ended' ? row.endedAt ?? row.since : row.since} /></dd>
      <dt>{say('settings.powers')}</dt><dd>{row.powers.map((power) => <span key={power} className="listed">{say(`power.${power}`)}</span>)}</dd>
      <dt>{say('settings.clearance')}</dt><dd><bdi dir="ltr">TLP:{row.clearance}</bdi></dd>
      {row.access === undefined ? null : <>
        <dt>{say('officers.way-in')}</dt>
        <dd>
          {say('officers.passkeys-count', { count: row.access.passkeys })}
          {row.access.linkUntil === undefined ? null : <span className="beside">{say('officers.link-open')} <Moment at={row.access.linkUntil} /></span>}
          {row.access.lastSeenAt === undefined ? null : <span className="beside">{say('officers.last-seen')} <Moment at={row.access.lastSeenAt} /></span>}
        </dd>
      </>}
    </dl>
  );
}

function KeyTable({ row, onLost }: { row: OfficerRow; onLost?: (credential: string) => void }) {
  const say = useSay();
  const columns: Column<KeyView>[] = [
    { id: 'kind', heading: say('officers.key-kind'), kind: 'first', cell: (key) => <>{say(`settings.signs-with.${key.kind}`)}{key.label === undefined ? null : <span className="beside"><bdi>{key.label}</bdi></span>}</> },
    { id: 'state', heading: say('officers.state'), cell: (key) => say(`officers.key-state.${key.state}`) },
    { id: 'granted', heading: say('officers.key-granted'), cell: (key) => <><Moment at={key.grantedAt} /> <Link href={`/record/act/${key.grantedBy}`}>{say('officers.its-act')}</Link></> },
    { id: 'revoked', heading: say('officers.key-revoked'), cell: (key) => (key.revokedAt === undefined || key.revokedBy === undefined ? null : <><Moment at={key.revokedAt} /> <Link href={`/record/act/${key.revokedBy}`}>{say('officers.its-act')}</Link></>) },
    { id: 'digest', heading: say('officers.key-digest'), kind: 'digest', cell: (key) => <Digest value={key.key} short /> },
  ];
  if (onLost !== undefined) {
    columns.push({ id: 'actions', heading: say('settings.actions'), cell: (key) => <LostButton credential={key.kind === 'passkey' && key.state === 'active' ? key.credential : undefined} onLost={onLost} /> });
  }
  return <Table caption={say('officers.keys')} columns={columns} rows={row.keys} rowKey={(key) => key.key} empty={<Empty>{say('officers.no-keys')}</Empty>} />;
}

function LostButton({ credential, onLost }: { credential: string | undefined; onLost(credential: string): void }) {
  const say = useSay();
  return credential === undefined ? null : <Button weight="quiet" onPress={() => onLost(credential)}>{say('officers.lost')}</Button>;
}
