import { useState } from 'react';
import type { Language } from '../../../kernel/language.ts';
import { marks } from '../../../record/mandate.ts';
import type { Power } from '../../../record/rule.ts';
import type { Refusal } from '../../../kernel/result.ts';
import { useCommand } from '../../../web/client.ts';
import { Say, useSay } from '../../../web/i18n/Language.tsx';
import { languageNames } from '../../../web/i18n/locale.ts';
import { Button } from '../../../web/kit/Button.tsx';
import { Dialog } from '../../../web/kit/Dialog.tsx';
import { Checkbox, Field } from '../../../web/kit/Field.tsx';
import { RefusalNotice } from '../../../web/kit/Notice.tsx';
import { Select } from '../../../web/kit/Select.tsx';
import { languagesOwnFirst, useStanding } from '../../../web/kit/standing.tsx';
import { grantMandate } from '../contract.ts';
import type { Mark } from '../reading.ts';
import { OneTimeLink } from './OneTimeLink.tsx';

const POWERS: readonly Power[] = ['draft', 'sign', 'report', 'centre', 'audit', 'administer'];

/** A new office-holder: the office in the authentic languages, its powers, how far it may read; then the link, once. */
export function GrantDialog({ onClose }: { onClose(): void }) {
  const say = useSay();
  const { parties, party, authentic } = useStanding();
  const written = languagesOwnFirst(authentic, parties, party);
  const [office, setOffice] = useState<Partial<Record<Language, string>>>({});
  const [powers, setPowers] = useState<readonly Power[]>(['draft']);
  const [clearance, setClearance] = useState<Mark>('AMBER');
  const [until, setUntil] = useState('');
  const [refusal, setRefusal] = useState<Refusal>();
  const [link, setLink] = useState<{ url: string; expiresAt: string }>();
  const grant = useCommand(grantMandate);
  const complete = powers.length > 0 && written.every((language) => (office[language] ?? '').trim() !== '');
  async function submit(): Promise<void> {
    const named = Object.fromEntries(written.map((language) => [language, (office[language] ?? '').trim()]));
    const result = await grant.mutateAsync({ body: { office: named, powers: [...powers], scopes: ['space'], clearance, ...(until === '' ? {} : { until }) } });
    if (result.ok) setLink(result.value.link);
    setRefusal(result.ok ? undefined : result.refusal);
  }
  if (link !== undefined) return <Dialog open onClose={onClose} title={say('officers.granted')}><OneTimeLink link={link} /></Dialog>;
  return (
    <Dialog open onClose={onClose} title={say('officers.grant')} busy={grant.isPending}
      actions={<>
        <Button onPress={onClose} isDisabled={grant.isPending}>{say('kit.cancel')}</Button>
        <Button weight="primary" isPending={grant.isPending} isDisabled={!complete} onPress={() => void submit()}>{say('officers.grant-verb')}</Button>
      </>}>
      <p className="field-help">{say('officers.grant-about')}</p>
      {written.map((language) => (
        <Field key={language} label={say('officers.office-in', { language: languageNames[language] })} lang={language} maxLength={300} required
          value={office[language] ?? ''} onChange={(text) => setOffice({ ...office, [language]: text })} />
      ))}
      <fieldset className="field">
        <legend className="field-label">{say('settings.powers')}</legend>
        {POWERS.map((power) => (
          <Checkbox key={power} label={<Say id={`power.${power}`} />} selected={powers.includes(power)}
            onChange={(selected) => setPowers(selected ? POWERS.filter((one) => one === power || powers.includes(one)) : powers.filter((one) => one !== power))} />
        ))}
      </fieldset>
      <Select label={say('settings.clearance')} help={say('officers.clearance-about')} value={clearance} options={marks.map((mark) => ({ id: mark, text: `TLP:${mark}` }))}
        onChange={(id) => setClearance(marks.find((mark) => mark === id) ?? 'CLEAR')} />
      <Field label={say('officers.until')} help={say('officers.until-about')} type="date" value={until} onChange={setUntil} />
      {refusal === undefined ? null : <RefusalNotice refusal={refusal} />}
    </Dialog>
  );
}
