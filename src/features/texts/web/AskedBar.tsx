/** What this page asks of its reader, at the top: one sentence and the step that answers it. */
import { useSay } from '../../../web/i18n/Language.tsx';
import { useHasPower } from '../../../web/kit/standing.tsx';
import type { TextDetail } from '../views.ts';
import { Action } from './Action.tsx';
import { permission } from './permission.ts';

export function AskedBar({ detail }: { detail: TextDetail }) {
  const say = useSay();
  const signs = useHasPower('sign');
  const sign = permission(detail.may, 'sign');
  const refuse = permission(detail.may, 'refuse');
  const id = detail.text ?? detail.doc;
  if (!signs || (!sign.offered && !refuse.offered)) return null;
  return (
    <section className="asked-bar" aria-label={say('texts.asked.label')}>
      <Action weight="primary" permission={sign} href={`/texts/${id}/sign`}>{say('texts.sign.verb')}</Action>
      <Action permission={refuse} href={`/texts/${id}/sign?stance=refuse`}>{say('texts.refuse.verb')}</Action>
    </section>
  );
}
