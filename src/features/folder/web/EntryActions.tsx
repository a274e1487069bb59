import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { Refusal, Result } from '../../../kernel/result.ts';
import { call } from '../../../web/client.ts';
import { useSay } from '../../../web/i18n/Language.tsx';
import { Button, ButtonLink } from '../../../web/kit/Button.tsx';
import { Dialog } from '../../../web/kit/Dialog.tsx';
import { Field } from '../../../web/kit/Field.tsx';
import { useAnnounce } from '../../../web/kit/LiveRegion.tsx';
import { RefusalNotice } from '../../../web/kit/Notice.tsx';
import { clearStep, remindFolderEntry, resumeFolderEntry, returnStep, withdrawFolderEntry, type FolderEntry } from '../contract.ts';

/** Acts that ask first; `clear` and `return` carry a note, `return` must. */
type Asked = 'clear' | 'return' | 'resume' | 'withdraw';
const asking: readonly Asked[] = ['clear', 'return', 'resume', 'withdraw'];

export function EntryActions({ entry }: { entry: FolderEntry }) {
  const say = useSay();
  const announce = useAnnounce();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<Asked>();
  const [refusal, setRefusal] = useState<Refusal>();
  async function remind(): Promise<void> {
    const result = await call(remindFolderEntry, { params: { entry: entry.entry } });
    setRefusal(result.ok ? undefined : result.refusal);
    if (result.ok) announce(say('folder.reminded'));
    await queries.invalidateQueries();
  }
  if (entry.may.length === 0) return null;
  return (
    <>
      {refusal === undefined ? null : <RefusalNotice refusal={refusal} />}
      <p className="page-actions">
        {entry.may.includes('sign') ? <ButtonLink weight="primary" href={`/texts/${entry.text}/sign`}>{say('folder.sign')}</ButtonLink> : null}
        {asking.filter((action) => entry.may.includes(action)).map((action) => (
          <Button key={action} weight={action === 'clear' ? 'primary' : 'plain'} onPress={() => setAsked(action)}>{say(`folder.${action}`)}</Button>
        ))}
        {entry.may.includes('remind') ? <Button onPress={() => void remind()}>{say('folder.remind')}</Button> : null}
      </p>
      {asked === undefined ? null : <AskDialog entry={entry} asked={asked} onClose={() => setAsked(undefined)} />}
    </>
  );
}

function AskDialog({ entry, asked, onClose }: { entry: FolderEntry; asked: Asked; onClose(): void }) {
  const say = useSay();
  const queries = useQueryClient();
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const incomplete = asked === 'return' && note.trim() === '';
  async function go(): Promise<void> {
    setBusy(true);
    const result = await carryOut(entry.entry, asked, note.trim());
    setBusy(false);
    await queries.invalidateQueries();
    if (result.ok) onClose();
    else setRefusal(result.refusal);
  }
  return (
    <Dialog open onClose={onClose} title={say(`folder.${asked}`)} busy={busy}
      actions={<>
        <Button onPress={onClose} isDisabled={busy}>{say('kit.cancel')}</Button>
        <Button weight="primary" isPending={busy} isDisabled={incomplete} onPress={() => void go()}>{say(`folder.${asked}`)}</Button>
      </>}>
      <p>{say(`folder.${asked}-about`)}</p>
      {asked === 'clear' || asked === 'return'
        ? <Field label={say(asked === 'return' ? 'folder.note' : 'folder.note-optional')} value={note} onChange={setNote} rows={4} maxLength={2000} required={asked === 'return'} />
        : null}
      {refusal === undefined ? null : <RefusalNotice refusal={refusal} />}
    </Dialog>
  );
}

function carryOut(entry: string, asked: Asked, note: string): Promise<Result<unknown>> {
  const params = { entry };
  switch (asked) {
    case 'clear': return call(clearStep, { params, body: note === '' ? {} : { note } });
    case 'return': return call(returnStep, { params, body: { note } });
    case 'resume': return call(resumeFolderEntry, { params, body: {} });
    case 'withdraw': return call(withdrawFolderEntry, { params });
  }
}
