import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { Refusal, Result } from '../../../kernel/result.ts';
import { call, useAnswer, useCommand } from '../../../web/client.ts';
import { useSay } from '../../../web/i18n/Language.tsx';
import { Button } from '../../../web/kit/Button.tsx';
import { Confirm, Dialog } from '../../../web/kit/Dialog.tsx';
import { Field } from '../../../web/kit/Field.tsx';
import { RefusalNotice } from '../../../web/kit/Notice.tsx';
import { Empty, Loaded } from '../../../web/kit/Page.tsx';
import { Table, type Column } from '../../../web/kit/Table.tsx';
import { Moment } from '../../../web/kit/Times.tsx';
import { createPasskey, rememberCredential } from '../../../web/passkey.ts';
import { beginPasskey, endPasskey, finishPasskey, listPasskeys, renamePasskey } from '../contract.ts';
import type { PasskeyRow } from '../views.ts';
import { provePossession } from './enrolment.ts';

type Asked = { readonly what: 'add' } | { readonly what: 'rename' | 'end'; readonly row: PasskeyRow };

/** Own passkeys: what each may do, and adding, naming, ending one. */
export function Passkeys() {
  const say = useSay();
  const passkeys = useAnswer(listPasskeys, {});
  const [asked, setAsked] = useState<Asked>();
  const [refusal, setRefusal] = useState<Refusal>();
  const queries = useQueryClient();
  async function prove(row: PasskeyRow): Promise<void> {
    const result = await provePossession(row.credential);
    setRefusal(result.ok ? undefined : result.refusal);
    await queries.invalidateQueries();
  }
  return (
    <>
      {refusal === undefined ? null : <RefusalNotice refusal={refusal} />}
      <Loaded query={passkeys}>
        {({ rows }) => <PasskeyTable rows={rows} ask={setAsked} prove={(row) => void prove(row)} />}
      </Loaded>
      <Button onPress={() => setAsked({ what: 'add' })}>{say('passkey.add')}</Button>
      {asked?.what === 'add' ? <NameDialog title={say('passkey.add')} verb={say('enrol.create')} initial="" run={addPasskey} onClose={() => setAsked(undefined)} /> : null}
      {asked?.what === 'rename' ? <NameDialog title={say('passkey.rename')} verb={say('kit.save')} initial={asked.row.label} run={(label) => call(renamePasskey, { params: { credential: asked.row.credential }, body: { label } })} onClose={() => setAsked(undefined)} /> : null}
      {asked?.what === 'end' ? <EndPasskey row={asked.row} onClose={() => setAsked(undefined)} onRefused={setRefusal} /> : null}
    </>
  );
}

async function addPasskey(label: string): Promise<Result<unknown>> {
  const begun = await call(beginPasskey, {});
  if (!begun.ok) return begun;
  const response = await createPasskey(begun.value.options);
  if (!response.ok) return response;
  const finished = await call(finishPasskey, { params: { ceremony: begun.value.ceremony }, body: { response: response.value, label } });
  if (!finished.ok) return finished;
  rememberCredential(finished.value.credential);
  return provePossession(finished.value.credential);
}

function PasskeyTable({ rows, ask, prove }: { rows: readonly PasskeyRow[]; ask(asked: Asked): void; prove(row: PasskeyRow): void }) {
  const say = useSay();
  const columns: Column<PasskeyRow>[] = [
    { id: 'label', heading: say('enrol.name'), kind: 'first', cell: (row) => <bdi>{row.label}</bdi> },
    { id: 'state', heading: say('passkey.state'), cell: (row) => say(`passkey.state.${row.state}`) },
    { id: 'created', heading: say('passkey.created'), cell: (row) => <Moment at={row.createdAt} /> },
    { id: 'used', heading: say('passkey.used'), cell: (row) => (row.usedAt === undefined ? say('passkey.never') : <Moment at={row.usedAt} />) },
    { id: 'actions', heading: say('settings.actions'), cell: (row) => (row.state === 'ended' ? null : (
      <span className="row-actions">
        {row.state === 'sign-in' ? <Button weight="quiet" onPress={() => prove(row)}>{say('enrol.prove')}</Button> : null}
        <Button weight="quiet" onPress={() => ask({ what: 'rename', row })}>{say('passkey.rename')}</Button>
        <Button weight="quiet" onPress={() => ask({ what: 'end', row })}>{say('passkey.end')}</Button>
      </span>
    )) },
  ];
  return <Table caption={say('settings.passkeys')} columns={columns} rows={rows} rowKey={(row) => row.credential} empty={<Empty>{say('passkey.none')}</Empty>} />;
}

function NameDialog({ title, verb, initial, run, onClose }: { title: string; verb: string; initial: string; run(label: string): Promise<Result<unknown>>; onClose(): void }) {
  const say = useSay();
  const queries = useQueryClient();
  const [name, setName] = useState(initial === '' ? say('enrol.name-suggested') : initial);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  async function go(): Promise<void> {
    setBusy(true);
    const result = await run(name.trim());
    setBusy(false);
    await queries.invalidateQueries();
    if (result.ok) onClose();
    else setRefusal(result.refusal);
  }
  return (
    <Dialog open onClose={onClose} title={title} busy={busy}
      actions={<>
        <Button onPress={onClose} isDisabled={busy}>{say('kit.cancel')}</Button>
        <Button weight="primary" isPending={busy} isDisabled={name.trim() === ''} onPress={() => void go()}>{verb}</Button>
      </>}>
      <Field label={say('enrol.name')} help={say('enrol.name-help')} value={name} onChange={setName} maxLength={80} required autoFocus />
      {refusal === undefined ? null : <RefusalNotice refusal={refusal} />}
    </Dialog>
  );
}

function EndPasskey({ row, onClose, onRefused }: { row: PasskeyRow; onClose(): void; onRefused(refusal: Refusal | undefined): void }) {
  const say = useSay();
  const end = useCommand(endPasskey);
  return (
    <Confirm open onClose={onClose} title={say('passkey.end-title', { label: `\u2068${row.label}\u2069` })} verb={say('passkey.end')}
      onConfirm={async () => {
        const result = await end.mutateAsync({ params: { credential: row.credential } });
        onRefused(result.ok ? undefined : result.refusal);
        return true;
      }}>
      <p>{say(row.state === 'signing' ? 'passkey.end-signing' : 'passkey.end-plain')}</p>
    </Confirm>
  );
}
