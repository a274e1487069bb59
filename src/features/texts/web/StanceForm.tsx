/** After the text: the reason, and the press that prepares the act. Signing and refusing stand side by side. */
import { useState } from 'react';
import { useLanguage, useSay } from '../../../web/i18n/Language.tsx';
import { ButtonLink } from '../../../web/kit/Button.tsx';
import { Field } from '../../../web/kit/Field.tsx';
import { Notice, RefusalNotice } from '../../../web/kit/Notice.tsx';
import { useStanding } from '../../../web/kit/standing.tsx';
import type { TextDetail } from '../views.ts';
import { Action } from './Action.tsx';
import { KeyDialog } from './KeyDialog.tsx';
import { permission, type Permission } from './permission.ts';
import type { Signing } from './use-signing.ts';

interface FormProps {
  readonly detail: TextDetail;
  readonly signing: Signing;
  readonly refusing: boolean;
  readonly reached: boolean;
}

const REASON_MAX = 2_000;

export function StanceForm({ detail, signing, refusing, reached }: FormProps) {
  const say = useSay();
  const { language } = useLanguage();
  const { officer } = useStanding();
  const [reason, setReason] = useState('');
  const noKey = officer?.keys.length === 0 || signing.refusal?.code === 'mandate.no-key';
  const withdraw = permission(detail.may, 'withdraw');
  const stance = refusing ? 'refuse' : 'sign';
  const granted = permission(detail.may, stance);
  const base = granted.offered || !refusing ? granted : withdraw;
  const verb = refusing && withdraw.offered && withdraw.refusal === undefined ? 'withdraw' : stance;
  const busy = signing.step.at === 'preparing';
  return (
    <section className="stance-form" aria-labelledby="stance-title">
      <h2 id="stance-title">{say(`texts.${verb}.title`)}</h2>
      <p>{say(`texts.${verb}.effect`)}</p>
      {noKey ? <NoKey /> : null}
      {base.offered ? null : <Notice><p>{say('texts.sign.not-offered')}</p></Notice>}
      <Field label={say(refusing ? 'texts.reason.required' : 'texts.reason.optional')} help={say('texts.reason.help')} value={reason} onChange={setReason}
        rows={3} maxLength={REASON_MAX} lang={language} required={refusing} />
      <div className="text-actions">
        <Action weight="primary" permission={whenReady(base, reached && !(refusing && reason.trim() === ''), refusing ? 'text.reason-missing' : 'text.not-read')} pending={busy}
          onPress={() => void signing.prepare(stance, reason)}>{say(`texts.${verb}.verb`)}</Action>
        <OtherStance detail={detail} refusing={refusing} />
      </div>
      {signing.refusal === undefined || signing.step.at === 'confirming' ? null : <RefusalNotice refusal={signing.refusal} />}
      <KeyDialog signing={signing} verb={verb} />
    </section>
  );
}

/** Adds this page's own condition to what the node permits. */
function whenReady(found: Permission, ready: boolean, code: string): Permission {
  return found.offered && found.refusal === undefined && !ready ? { offered: true, refusal: code } : found;
}

function OtherStance({ detail, refusing }: { detail: TextDetail; refusing: boolean }) {
  const say = useSay();
  const other = permission(detail.may, refusing ? 'sign' : 'refuse');
  const id = detail.text ?? detail.doc;
  return <Action weight="quiet" permission={other} href={refusing ? `/texts/${id}/sign` : `/texts/${id}/sign?stance=refuse`}>{say(refusing ? 'texts.sign.instead' : 'texts.refuse.instead')}</Action>;
}

/** Without a key nothing can be signed: where to get one, from here. */
function NoKey() {
  const say = useSay();
  return (
    <Notice tone="hand" action={<ButtonLink href="/settings#passkeys">{say('texts.sign.add-passkey')}</ButtonLink>}>
      <p>{say('texts.sign.no-key')}</p>
    </Notice>
  );
}
