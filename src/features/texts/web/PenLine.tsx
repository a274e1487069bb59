/** Who holds the pen of a language; asking for it and handing it over. Never taken by force. */
import { useState } from 'react';
import { useCommand } from '../../../web/client.ts';
import { Say, useSay } from '../../../web/i18n/Language.tsx';
import { Confirm } from '../../../web/kit/Dialog.tsx';
import { RefusalNotice } from '../../../web/kit/Notice.tsx';
import { PartyName, usePartyText } from '../../../web/kit/PartyName.tsx';
import { Select } from '../../../web/kit/Select.tsx';
import { useStanding } from '../../../web/kit/standing.tsx';
import type { Refusal } from '../../../kernel/result.ts';
import { askPen, givePen } from '../contract.ts';
import type { TextDetail } from '../views.ts';
import { Action } from './Action.tsx';
import { permission } from './permission.ts';

type DetailLanguage = TextDetail['languages'][number];

export function PenLine({ detail, language }: { detail: TextDetail; language: DetailLanguage }) {
  const say = useSay();
  const [giving, setGiving] = useState(false);
  const ask = useCommand(askPen);
  const [refusal, setRefusal] = useState<Refusal>();
  const { party } = useStanding();
  const { pen, lang } = language;
  const asked = pen.askedBy.filter((one) => one !== pen.party);
  async function askForIt(): Promise<void> {
    const result = await ask.mutateAsync({ params: { doc: detail.doc, lang } });
    setRefusal(result.ok ? undefined : result.refusal);
  }
  return (
    <div className="pen-line">
      <p><Say id="texts.pen.held-by" values={{ party: <PartyName party={pen.party} /> }} /></p>
      {asked.map((one) => <p key={one} className="pen-asked"><Say id="texts.pen.asked-by" values={{ party: <PartyName party={one} /> }} /></p>)}
      <div className="pen-actions">
        <Action weight="quiet" permission={permission(detail.may, 'edit', lang)} href={`/texts/${detail.doc}/edit`}>{say('texts.edit.verb')}</Action>
        <Action weight="quiet" permission={permission(detail.may, 'give-pen', lang)} onPress={() => setGiving(true)}>{say('texts.pen.give')}</Action>
        {asked.includes(party) ? null : <Action weight="quiet" permission={permission(detail.may, 'ask-pen', lang)} pending={ask.isPending} onPress={() => void askForIt()}>{say('texts.pen.ask')}</Action>}
      </div>
      {refusal === undefined ? null : <RefusalNotice refusal={refusal} />}
      {giving ? <GivePen detail={detail} language={language} onClose={() => setGiving(false)} /> : null}
    </div>
  );
}

function GivePen({ detail, language, onClose }: { detail: TextDetail; language: DetailLanguage; onClose(): void }) {
  const say = useSay();
  const nameOf = usePartyText();
  const { parties, party } = useStanding();
  const others = parties.filter((one) => one.id !== party);
  const [to, setTo] = useState(language.pen.askedBy.find((one) => one !== party) ?? others[0]?.id ?? '');
  const [refusal, setRefusal] = useState<Refusal>();
  const give = useCommand(givePen);
  async function hand(): Promise<boolean> {
    const result = await give.mutateAsync({ params: { doc: detail.doc, lang: language.lang }, body: { to } });
    if (!result.ok) setRefusal(result.refusal);
    return result.ok;
  }
  return (
    <Confirm open onClose={onClose} title={say('texts.pen.give-title', { lang: language.lang })} verb={say('texts.pen.give')} onConfirm={hand} disabled={to === ''}>
      <p>{say('texts.pen.give-effect', { party: nameOf(to), lang: language.lang })}</p>
      {language.local === undefined ? null : <p>{say('texts.pen.give-unshared')}</p>}
      {others.length < 2 ? null : <Select label={say('texts.pen.give-to')} value={to} onChange={setTo} options={others.map((one) => ({ id: one.id, text: nameOf(one.id) }))} />}
      {refusal === undefined ? null : <RefusalNotice refusal={refusal} />}
    </Confirm>
  );
}
