import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { Refusal } from '../../../kernel/result.ts';
import { call } from '../../../web/client.ts';
import { useSay } from '../../../web/i18n/Language.tsx';
import { Choice } from '../../../web/kit/Choice.tsx';
import { Confirm } from '../../../web/kit/Dialog.tsx';
import { useLabelIn } from '../../../web/kit/Label.tsx';
import type { LabelText } from '../../../web/kit/standing.tsx';
import { handOver, losePasskey, makeLink, revokeMandate } from '../contract.ts';

export type OfficerMatter = { readonly what: 'link' | 'hand-over' | 'revoke' } | { readonly what: 'lost'; readonly credential: string };

/** What came of it: a refusal, or a link to hand over. */
export interface Outcome {
  readonly refusal?: Refusal;
  readonly link?: { readonly url: string; readonly expiresAt: string };
}

/** Reasons that an act asks for, the milder one first. */
const reasons = { lost: ['lost', 'stolen'], revoke: ['ended', 'departed'] } as const;
type Reason = (typeof reasons)[keyof typeof reasons][number];

interface OfficerActProps {
  readonly officer: string;
  readonly office: LabelText;
  readonly matter: OfficerMatter;
  onClose(): void;
  onOutcome(outcome: Outcome): void;
}

/** Asks before each of the four acts, and says what will be so afterwards. */
export function OfficerAct({ officer, office, matter, onClose, onOutcome }: OfficerActProps) {
  const say = useSay();
  const labelIn = useLabelIn();
  const queries = useQueryClient();
  const offered: readonly Reason[] = matter.what === 'lost' || matter.what === 'revoke' ? reasons[matter.what] : [];
  const [reason, setReason] = useState<Reason>(offered[0] ?? 'ended');
  async function run(): Promise<boolean> {
    onOutcome(await actOn(officer, matter, reason));
    await queries.invalidateQueries();
    return true;
  }
  return (
    <Confirm open onClose={onClose} title={say(`officers.${matter.what}-title`, { office: `\u2068${labelIn(office).text}\u2069` })} verb={say(`officers.${matter.what}-verb`)} onConfirm={run}>
      <p>{say(`officers.${matter.what}-confirm`)}</p>
      {offered.length === 0 ? null : (
        <Choice label={say('officers.reason')} value={reason} options={offered.map((id) => ({ id, text: say(`officers.reason.${id}`) }))}
          onChange={(id) => setReason(offered.find((one) => one === id) ?? reason)} />
      )}
    </Confirm>
  );
}

async function actOn(officer: string, matter: OfficerMatter, reason: Reason): Promise<Outcome> {
  const params = { officer };
  switch (matter.what) {
    case 'revoke': {
      const result = await call(revokeMandate, { params, body: { reason: reason === 'departed' ? 'departed' : 'ended' } });
      return result.ok ? {} : { refusal: result.refusal };
    }
    case 'link': {
      const result = await call(makeLink, { params });
      return result.ok ? { link: result.value } : { refusal: result.refusal };
    }
    case 'hand-over': {
      const result = await call(handOver, { params });
      return result.ok ? { link: result.value.link } : { refusal: result.refusal };
    }
    case 'lost': {
      const result = await call(losePasskey, { params: { ...params, credential: matter.credential }, body: { reason: reason === 'stolen' ? 'stolen' : 'lost' } });
      return result.ok ? { link: result.value.link } : { refusal: result.refusal };
    }
  }
}
