/** What else can be done with the text, and its files. Whatever cannot be done says why. */
import { useState } from 'react';
import { useNavigate } from '@tanstack/react-router';
import type { Refusal } from '../../../kernel/result.ts';
import { useCommand } from '../../../web/client.ts';
import { useSay } from '../../../web/i18n/Language.tsx';
import { Confirm } from '../../../web/kit/Dialog.tsx';
import { RefusalNotice } from '../../../web/kit/Notice.tsx';
import { Section } from '../../../web/kit/Page.tsx';
import { propose } from '../contract.ts';
import type { TextAction, TextDetail } from '../views.ts';
import { Action } from './Action.tsx';
import { permission } from './permission.ts';
import { TextFiles } from './TextFiles.tsx';

/** Actions that begin a new text on the page for new texts, and how they relate it to this one. */
const BEGINNINGS = [['supersede', 'supersedes'], ['amend', 'amends'], ['correct', 'corrects'], ['begin-again', 'based-on']] as const;

export function TextActions({ detail }: { detail: TextDetail }) {
  const say = useSay();
  const offered = (action: TextAction): boolean => permission(detail.may, action).offered;
  const any = offered('propose') || offered('withdraw') || offered('share') || BEGINNINGS.some(([action]) => offered(action));
  return (
    <Section title={say('texts.actions.title')} id="actions">
      {any ? <div className="text-actions">
        <Action permission={permission(detail.may, 'share')} href={`/texts/${detail.doc}/edit#share`}>{say('texts.share.verb')}</Action>
        <Propose detail={detail} />
        <Action permission={permission(detail.may, 'withdraw')} href={`/texts/${detail.text ?? detail.doc}/sign?stance=refuse`}>{say('texts.withdraw.verb')}</Action>
        {BEGINNINGS.map(([action, relation]) => (
          <Action key={action} permission={permission(detail.may, action)} href={`/texts/new?relation=${relation}&text=${detail.text ?? ''}`}>{say(`texts.begin.${action}`)}</Action>
        ))}
      </div> : null}
      <TextFiles detail={detail} />
    </Section>
  );
}

/** Proposing freezes the words; it is not signing, and the question says so. */
function Propose({ detail }: { detail: TextDetail }) {
  const say = useSay();
  const navigate = useNavigate();
  const command = useCommand(propose);
  const [asking, setAsking] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  async function send(): Promise<boolean> {
    const result = await command.mutateAsync({ params: { doc: detail.doc } });
    if (!result.ok) { setRefusal(result.refusal); return false; }
    const text = result.value.acts.find((act) => act.type === 'text.propose')?.act;
    if (text !== undefined) void navigate({ to: `/texts/${text}` });
    return true;
  }
  return (
    <>
      <Action permission={permission(detail.may, 'propose')} weight="primary" onPress={() => setAsking(true)}>{say('texts.propose.verb')}</Action>
      <Confirm open={asking} onClose={() => setAsking(false)} title={say('texts.propose.title')} verb={say('texts.propose.verb')} onConfirm={send}>
        <p>{say('texts.propose.effect')}</p>
        <p>{say('texts.propose.not-signing')}</p>
        {detail.suggestions.some((suggestion) => suggestion.outcome === 'open') ? <p>{say('texts.propose.open-suggestions', { count: detail.suggestions.filter((suggestion) => suggestion.outcome === 'open').length })}</p> : null}
        {refusal === undefined ? null : <RefusalNotice refusal={refusal} />}
      </Confirm>
    </>
  );
}
