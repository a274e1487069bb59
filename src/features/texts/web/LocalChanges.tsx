/** Words that only this node has: said plainly, with the way to go on writing, to share or to throw them away. */
import { useState } from 'react';
import { useSay } from '../../../web/i18n/Language.tsx';
import { useCommand } from '../../../web/client.ts';
import { Confirm } from '../../../web/kit/Dialog.tsx';
import { useLabelIn } from '../../../web/kit/Label.tsx';
import { Notice, RefusalNotice } from '../../../web/kit/Notice.tsx';
import { useMomentText } from '../../../web/kit/Times.tsx';
import type { Refusal } from '../../../kernel/result.ts';
import { useNavigate } from '@tanstack/react-router';
import { discardDraft } from '../contract.ts';
import type { TextDetail } from '../views.ts';
import { Action } from './Action.tsx';
import { permission } from './permission.ts';

export function LocalChanges({ detail }: { detail: TextDetail }) {
  const say = useSay();
  const momentOf = useMomentText();
  const labelIn = useLabelIn();
  const [asking, setAsking] = useState(false);
  const locals = detail.languages.flatMap((language) => (language.local === undefined ? [] : [language.local]));
  const latest = locals.toSorted((a, b) => (a.savedAt < b.savedAt ? 1 : -1))[0];
  if (latest === undefined && detail.state !== 'local') return null;
  return (
    <>
      <Notice action={<div className="bar-actions">
        <Action permission={permission(detail.may, 'edit')} href={`/texts/${detail.doc}/edit`}>{say('texts.edit.go-on')}</Action>
        <Action permission={permission(detail.may, 'discard')} weight="quiet" onPress={() => setAsking(true)}>{say('texts.discard.verb')}</Action>
      </div>}>
        <p>{say(detail.state === 'local' ? 'texts.local.only-here' : 'texts.local.unshared')}</p>
        {latest === undefined ? null : <p className="quiet">{say('texts.local.saved', { at: momentOf(latest.savedAt), office: labelIn(latest.by).text })}</p>}
      </Notice>
      <Discard detail={detail} open={asking} onClose={() => setAsking(false)} />
    </>
  );
}

function Discard({ detail, open, onClose }: { detail: TextDetail; open: boolean; onClose(): void }) {
  const say = useSay();
  const command = useCommand(discardDraft);
  const navigate = useNavigate();
  const [refusal, setRefusal] = useState<Refusal>();
  async function discard(): Promise<boolean> {
    const result = await command.mutateAsync({ params: { doc: detail.doc } });
    if (!result.ok) { setRefusal(result.refusal); return false; }
    if (!result.value.kept) void navigate({ to: '/texts' });
    return true;
  }
  return (
    <Confirm open={open} onClose={onClose} title={say('texts.discard.title')} verb={say('texts.discard.verb')} onConfirm={discard}>
      <p>{say(detail.state === 'local' ? 'texts.discard.whole' : 'texts.discard.changes')}</p>
      {refusal === undefined ? null : <RefusalNotice refusal={refusal} />}
    </Confirm>
  );
}
