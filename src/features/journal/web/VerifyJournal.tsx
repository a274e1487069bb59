import { useState } from 'react';
import type { Refusal } from '../../../kernel/result.ts';
import { useCommand } from '../../../web/client.ts';
import { Say, useSay } from '../../../web/i18n/Language.tsx';
import { Button } from '../../../web/kit/Button.tsx';
import { RefusalNotice } from '../../../web/kit/Notice.tsx';
import { Moment } from '../../../web/kit/Times.tsx';
import { verifyJournal } from '../contract.ts';
import type { JournalVerdictView } from '../views.ts';

/** Reads the whole journal again and says what holds, or where it was changed. */
export function VerifyJournal() {
  const say = useSay();
  const verify = useCommand(verifyJournal);
  const [found, setFound] = useState<JournalVerdictView>();
  const [refusal, setRefusal] = useState<Refusal>();
  async function run(): Promise<void> {
    setRefusal(undefined);
    const result = await verify.mutateAsync({ body: {} });
    if (result.ok) setFound(result.value);
    else setRefusal(result.refusal);
  }
  return (
    <div className="journal-verify">
      <Button onPress={() => void run()} isPending={verify.isPending}>{say('journal.verify')}</Button>
      {refusal === undefined ? null : <RefusalNotice refusal={refusal} />}
      {found === undefined ? null : <Findings found={found} />}
    </div>
  );
}

function Findings({ found }: { found: JournalVerdictView }) {
  const say = useSay();
  return (
    <div className="journal-findings" role="status" data-holds={found.holds}>
      <p><strong>{say(found.holds ? 'journal.holds' : 'journal.fails')}</strong> <Say id="journal.verified-at" values={{ at: <Moment at={found.at} /> }} /></p>
      <ul>
        <li>{say('journal.read', { size: found.size })}</li>
        <li>{say('journal.anchors', { held: found.anchorsHeld, all: found.anchors })}</li>
        {found.faults.map(({ code, ...values }, place) => <li key={place} data-fault={code}>{say(`journal.fault.${code}`, values)}</li>)}
      </ul>
      <p className="beside">{say('journal.limits')}</p>
    </div>
  );
}
