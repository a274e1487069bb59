/** Officers and mandates: who acts for which office, by what keys. Both sides are shown; only the own side can be changed. */
import { useState } from 'react';
import type { Refusal } from '../../../kernel/result.ts';
import { useAnswer, useCommand } from '../../../web/client.ts';
import { useSay } from '../../../web/i18n/Language.tsx';
import { Button, Link } from '../../../web/kit/Button.tsx';
import { Label } from '../../../web/kit/Label.tsx';
import { RefusalNotice } from '../../../web/kit/Notice.tsx';
import { Empty, Loaded, Page, Section } from '../../../web/kit/Page.tsx';
import { PartyName } from '../../../web/kit/PartyName.tsx';
import { Table, type Column } from '../../../web/kit/Table.tsx';
import { Moment } from '../../../web/kit/Times.tsx';
import { useHasPower, usePartiesOwnFirst } from '../../../web/kit/standing.tsx';
import { confirmKey, listOfficers, listWaitingKeys } from '../contract.ts';
import type { OfficerRow } from '../views.ts';
import { GrantDialog } from './GrantDialog.tsx';

export function OfficersPage() {
  const say = useSay();
  const parties = usePartiesOwnFirst();
  const officers = useAnswer(listOfficers, {});
  const administers = useHasPower('administer');
  const [granting, setGranting] = useState(false);
  return (
    <Page title={say('settings.officers.title')} wide lead={<p>{say('officers.lead')}</p>}
      {...(administers ? { actions: <Button weight="primary" onPress={() => setGranting(true)}>{say('officers.grant')}</Button> } : {})}>
      {granting ? <GrantDialog onClose={() => setGranting(false)} /> : null}
      {administers ? <WaitingKeys /> : null}
      <Loaded query={officers}>
        {({ rows }) => (
          <>
            {parties.map((party) => (
              <section key={party.id} className="section" aria-labelledby={`officers-${party.id}`}>
                <div className="section-head"><h2 id={`officers-${party.id}`}><PartyName party={party.id} full /></h2></div>
                <OfficerTable rows={rows.filter((row) => row.party === party.id)} caption={say('settings.officers.title')} />
              </section>
            ))}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function OfficerTable({ rows, caption }: { rows: readonly OfficerRow[]; caption: string }) {
  const say = useSay();
  const columns: Column<OfficerRow>[] = [
    { id: 'office', heading: say('settings.office-name'), kind: 'first', cell: (row) => <Link href={`/settings/officers/${row.officer}`}><Label label={row.office} /></Link> },
    { id: 'state', heading: say('officers.state'), cell: (row) => <>{say(`officers.state.${row.state}`)}<span className="beside"><Moment at={row.state === 'ended' ? row.endedAt ?? row.since : row.since} /></span></> },
    { id: 'powers', heading: say('settings.powers'), cell: (row) => row.powers.map((power) => <span key={power} className="listed">{say(`power.${power}`)}</span>) },
    { id: 'keys', heading: say('officers.keys'), cell: (row) => <Keys row={row} /> },
  ];
  return <Table caption={caption} columns={columns} rows={rows} rowKey={(row) => row.officer} empty={<Empty>{say('officers.none')}</Empty>} />;
}

function Keys({ row }: { row: OfficerRow }) {
  const say = useSay();
  const active = row.keys.filter((key) => key.state === 'active');
  if (active.length === 0) return <>{say('officers.no-keys')}</>;
  return <>{active.map((key) => <span key={key.key} className="listed">{say(`settings.signs-with.${key.kind}`)}</span>)}</>;
}

/** Passkeys whose holders have proven possession: confirming one lets it sign. */
function WaitingKeys() {
  const say = useSay();
  const waiting = useAnswer(listWaitingKeys, {});
  const confirm = useCommand(confirmKey);
  const [refusal, setRefusal] = useState<Refusal>();
  const rows = waiting.data?.rows ?? [];
  if (rows.length === 0 && refusal === undefined) return null;
  return (
    <Section id="waiting-keys" title={say('officers.waiting-keys')}>
      {refusal === undefined ? null : <RefusalNotice refusal={refusal} />}
      <ul className="entries">
        {rows.map((row) => (
          <li key={row.credential}>
            <Label label={row.office} as="strong" /> · <bdi>{row.label}</bdi>
            <span className="beside"><Moment at={row.createdAt} /></span>
            <Button isPending={confirm.isPending} onPress={() => void confirm.mutateAsync({ params: { credential: row.credential } }).then((result) => setRefusal(result.ok ? undefined : result.refusal))}>{say('officers.confirm-key')}</Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
