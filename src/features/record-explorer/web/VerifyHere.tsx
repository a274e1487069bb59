import { useState } from 'react';
import { Say, useKnows, useSay } from '../../../web/i18n/Language.tsx';
import { useCommand } from '../../../web/client.ts';
import { Button } from '../../../web/kit/Button.tsx';
import { RefusalNotice } from '../../../web/kit/Notice.tsx';
import { usePartyText } from '../../../web/kit/PartyName.tsx';
import { Moment } from '../../../web/kit/Times.tsx';
import type { Refusal } from '../../../kernel/result.ts';
import { verifyHere } from '../contract.ts';
import type { Verification } from '../views.ts';

/** Checks a log, or one act of it, again from the stored bytes, and lists what was checked and by what means. */
export function VerifyHere({ party, index }: { party: string; index?: number }) {
  const say = useSay();
  const verify = useCommand(verifyHere);
  const [found, setFound] = useState<Verification>();
  const [refusal, setRefusal] = useState<Refusal>();
  async function run(): Promise<void> {
    setRefusal(undefined);
    const result = await verify.mutateAsync({ params: { party }, body: index === undefined ? {} : { index } });
    if (result.ok) setFound(result.value);
    else setRefusal(result.refusal);
  }
  return (
    <div className="verify">
      <Button onPress={() => void run()} isPending={verify.isPending}>{say(index === undefined ? 'record.verify-log' : 'record.verify-act')}</Button>
      {refusal === undefined ? null : <RefusalNotice refusal={refusal} />}
      {found === undefined ? null : <Findings found={found} />}
    </div>
  );
}

function Findings({ found }: { found: Verification }) {
  const say = useSay();
  const knows = useKnows();
  const nameOf = usePartyText();
  const named = (params: Verification['checks'][number]['params']) => (params?.party === undefined ? params : { ...params, party: nameOf(String(params.party)) });
  return (
    <div className="findings" role="status" data-holds={found.holds}>
      <p><strong>{say(found.holds ? 'record.holds' : 'record.fails')}</strong> <Say id="record.verified-at" values={{ at: <Moment at={found.at} /> }} /></p>
      <ul>
        {found.checks.map((check, position) => (
          <li key={position} data-outcome={check.outcome}>
            <span className="finding-outcome">{say(`record.outcome.${check.outcome}`)}</span>
            <span>{knows(`record.check.${check.check}`) ? say(`record.check.${check.check}`, named(check.params)) : <bdi dir="ltr">{check.check}</bdi>}</span>
          </li>
        ))}
      </ul>
      <p className="beside">{say('record.verify-limits')}</p>
    </div>
  );
}
