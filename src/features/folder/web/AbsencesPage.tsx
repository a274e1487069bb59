/** Who is away and who stands in: for clearing in the folder, never for signing jointly. */
import { useState } from 'react';
import type { Refusal } from '../../../kernel/result.ts';
import { useAnswer, useCommand } from '../../../web/client.ts';
import { useSay } from '../../../web/i18n/Language.tsx';
import { Button, Link } from '../../../web/kit/Button.tsx';
import { Dialog } from '../../../web/kit/Dialog.tsx';
import { Field } from '../../../web/kit/Field.tsx';
import { Label } from '../../../web/kit/Label.tsx';
import { RefusalNotice } from '../../../web/kit/Notice.tsx';
import { Empty, Loaded, Page } from '../../../web/kit/Page.tsx';
import { Table, type Column } from '../../../web/kit/Table.tsx';
import { DateOn } from '../../../web/kit/Times.tsx';
import { useHasPower, useStanding } from '../../../web/kit/standing.tsx';
import { OfficerSelect } from '../../officers/web/published.tsx';
import { endAbsence, enterAbsence, listAbsences } from '../contract.ts';
import type { z } from 'zod';

type Absence = z.infer<typeof listAbsences.answer>['rows'][number];

export function AbsencesPage() {
  const say = useSay();
  const administers = useHasPower('administer');
  const absences = useAnswer(listAbsences, {});
  const end = useCommand(endAbsence);
  const [entering, setEntering] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const columns: Column<Absence>[] = [
    { id: 'who', heading: say('folder.absences.who'), kind: 'first', cell: (row) => <><Label label={row.officer.office} />{row.now ? <span className="beside">{say('folder.absences.now')}</span> : null}</> },
    { id: 'substitute', heading: say('folder.absences.substitute'), cell: (row) => <Label label={row.substitute.office} /> },
    { id: 'from', heading: say('folder.absences.from'), cell: (row) => <DateOn on={row.from} /> },
    { id: 'to', heading: say('folder.absences.to'), cell: (row) => <DateOn on={row.to} /> },
    { id: 'actions', heading: say('settings.actions'), cell: (row) => (row.mine || administers
      ? <Button weight="quiet" onPress={() => void end.mutateAsync({ params: { absence: row.absence } }).then((result) => setRefusal(result.ok ? undefined : result.refusal))}>{say('folder.absences.end')}</Button> : null) },
  ];
  return (
    <Page title={say('folder.absences.title')} lead={<><p>{say('folder.absences.lead')}</p><p><Link href="/folder">{say('folder.title')}</Link></p></>}
      actions={<Button weight="primary" onPress={() => setEntering(true)}>{say('folder.absences.enter')}</Button>}>
      {refusal === undefined ? null : <RefusalNotice refusal={refusal} />}
      {entering ? <EnterDialog onClose={() => setEntering(false)} /> : null}
      <Loaded query={absences}>
        {({ rows }) => <Table caption={say('folder.absences.title')} columns={columns} rows={rows} rowKey={(row) => row.absence} empty={<Empty>{say('folder.absences.none')}</Empty>} />}
      </Loaded>
    </Page>
  );
}

function EnterDialog({ onClose }: { onClose(): void }) {
  const say = useSay();
  const { officer } = useStanding();
  const administers = useHasPower('administer');
  const [who, setWho] = useState<string | null>(officer?.id ?? null);
  const [substitute, setSubstitute] = useState<string | null>(null);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [refusal, setRefusal] = useState<Refusal>();
  const enter = useCommand(enterAbsence);
  async function submit(): Promise<void> {
    if (substitute === null || who === null) return;
    const result = await enter.mutateAsync({ body: { ...(who === officer?.id ? {} : { officer: who }), substitute, from, to } });
    if (result.ok) onClose();
    else setRefusal(result.refusal);
  }
  return (
    <Dialog open onClose={onClose} title={say('folder.absences.enter')} busy={enter.isPending}
      actions={<>
        <Button onPress={onClose} isDisabled={enter.isPending}>{say('kit.cancel')}</Button>
        <Button weight="primary" isPending={enter.isPending} isDisabled={substitute === null || from === '' || to === ''} onPress={() => void submit()}>{say('kit.save')}</Button>
      </>}>
      {administers ? <OfficerSelect label={say('folder.absences.who')} value={who} onChange={setWho} /> : null}
      <OfficerSelect label={say('folder.absences.substitute')} value={substitute} onChange={setSubstitute} except={who} />
      <Field label={say('folder.absences.from')} type="date" value={from} onChange={setFrom} required />
      <Field label={say('folder.absences.to')} type="date" value={to} onChange={setTo} required />
      {refusal === undefined ? null : <RefusalNotice refusal={refusal} />}
    </Dialog>
  );
}
