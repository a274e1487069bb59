/** The last step: the digest that the key will sign, and which key that is. */
import { useState } from 'react';
import { Label as AriaLabel, Radio, RadioGroup } from 'react-aria-components';
import { useSay } from '../../../web/i18n/Language.tsx';
import { Button } from '../../../web/kit/Button.tsx';
import { Dialog } from '../../../web/kit/Dialog.tsx';
import { Digest } from '../../../web/kit/Digest.tsx';
import { useLabelIn } from '../../../web/kit/Label.tsx';
import { RefusalNotice } from '../../../web/kit/Notice.tsx';
import { useStanding } from '../../../web/kit/standing.tsx';
import { useMomentText } from '../../../web/kit/Times.tsx';
import type { PreparedAnswer } from '../../../record/answers.ts';
import type { Signing, SigningKey } from './use-signing.ts';

type Verb = 'sign' | 'refuse' | 'withdraw';

export function KeyDialog({ signing, verb }: { signing: Signing; verb: Verb }) {
  const { step } = signing;
  if (step.at !== 'confirming' && step.at !== 'signing') return null;
  return <Confirming key={step.prepared.prepared} prepared={step.prepared} signing={signing} verb={verb} />;
}

function Confirming({ prepared, signing, verb }: { prepared: PreparedAnswer; signing: Signing; verb: Verb }) {
  const say = useSay();
  const momentOf = useMomentText();
  const [chosen, setChosen] = useState<SigningKey | undefined>(prepared.keys.find((key) => key.kind === 'passkey') ?? prepared.keys[0]);
  const busy = signing.step.at === 'signing';
  return (
    <Dialog open onClose={signing.leave} title={say(`texts.${verb}.confirm`)} busy={busy}
      actions={<>
        <Button isDisabled={busy} onPress={signing.leave}>{say('kit.cancel')}</Button>
        <Button weight="primary" isPending={busy} isDisabled={chosen === undefined} onPress={() => { if (chosen !== undefined) void signing.sign(chosen); }}>
          {say(`texts.${verb}.verb`)}
        </Button>
      </>}>
      <p className="text-digest"><span>{say('texts.sign.act-digest')}</span> <Digest value={prepared.digest} /></p>
      {prepared.quorum > 1 ? <p>{say('texts.sign.quorum', { signed: prepared.signed, quorum: prepared.quorum })}</p> : null}
      <KeyChoice keys={prepared.keys.toSorted((a, b) => Number(b.kind === 'passkey') - Number(a.kind === 'passkey'))} chosen={chosen} onChoose={setChosen} disabled={busy} />
      <p className="quiet">{say('texts.sign.expires', { at: momentOf(prepared.expiresAt) })}</p>
      {busy && chosen?.kind === 'passkey' ? <output>{say('texts.sign.touch')}</output> : null}
      {signing.refusal === undefined ? null : <RefusalNotice refusal={signing.refusal} />}
    </Dialog>
  );
}

interface ChoiceProps {
  readonly keys: readonly SigningKey[];
  readonly chosen: SigningKey | undefined;
  onChoose(key: SigningKey | undefined): void;
  readonly disabled: boolean;
}

/** Says which key signs before it does; with one key there is nothing to choose, but it is still said. */
function KeyChoice({ keys, chosen, onChoose, disabled }: ChoiceProps) {
  const say = useSay();
  const labelIn = useLabelIn();
  const { officer } = useStanding();
  const office = officer === undefined ? '' : labelIn(officer.office).text;
  const words = (key: SigningKey): string => say(`texts.sign.key-${key.kind}`, { label: key.label, office });
  if (keys.length === 0) return <p>{say('texts.sign.no-key')}</p>;
  if (keys.length === 1 && chosen !== undefined) return <p>{words(chosen)}</p>;
  return (
    <RadioGroup className="key-choice" value={chosen?.key ?? ''} onChange={(id) => onChoose(keys.find((key) => key.key === id))} isDisabled={disabled}>
      <AriaLabel className="field-label">{say('texts.sign.which-key')}</AriaLabel>
      {keys.map((key) => <Radio key={key.key} value={key.key} className="radio"><span className="radio-dot" aria-hidden="true" /><span>{words(key)}</span></Radio>)}
    </RadioGroup>
  );
}
