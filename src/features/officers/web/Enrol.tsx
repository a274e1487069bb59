import { useState } from 'react';
import { useNavigate } from '@tanstack/react-router';
import type { Refusal } from '../../../kernel/result.ts';
import { Say, useSay } from '../../../web/i18n/Language.tsx';
import { useQuery } from '@tanstack/react-query';
import { call, Refused } from '../../../web/client.ts';
import { Button, Link } from '../../../web/kit/Button.tsx';
import { Field } from '../../../web/kit/Field.tsx';
import { Label } from '../../../web/kit/Label.tsx';
import { Notice, RefusalNotice } from '../../../web/kit/Notice.tsx';
import { Loaded, usePageTitle } from '../../../web/kit/Page.tsx';
import { Moment } from '../../../web/kit/Times.tsx';
import { lookAtLink } from '../contract.ts';
import { useEnrolment } from './enrolment.ts';
import { useArrive, useSecret } from './sign-in.ts';
import { TitlePage } from './TitlePage.tsx';

/** From a one-time link to a passkey that opens the door and signs: two steps, each confirmed by the device. */
export function Enrol() {
  const say = useSay();
  usePageTitle(say('enrol.title'));
  const secret = useSecret();
  return (
    <TitlePage heading={say('enrol.title')}>
      {secret === undefined
        ? <Notice action={<Link href="/sign-in">{say('sign-in.title')}</Link>}><p>{say('enrol.no-secret')}</p></Notice>
        : <LinkedEnrolment secret={secret} />}
    </TitlePage>
  );
}

function LinkedEnrolment({ secret }: { secret: string }) {
  const say = useSay();
  const enrolment = useEnrolment(secret);
  const [name, setName] = useState(say('enrol.name-suggested'));
  // Under a key without the secret: nothing that remembers queries may remember it.
  const link = useQuery({
    queryKey: [lookAtLink.id], gcTime: 0, staleTime: Infinity,
    queryFn: async ({ signal }) => {
      const result = await call(lookAtLink, { body: { secret } }, signal);
      if (!result.ok) throw new Refused(result.refusal);
      return result.value;
    },
  });
  if (enrolment.step === 'enrolled') return <Proof enrolment={enrolment} />;
  return (
    <Loaded query={link}>
      {({ office, expiresAt }) => (
        <div className="title-form">
          <p><Say id="enrol.for-office" values={{ office: <strong><Label label={office} /></strong> }} /></p>
          <p><Say id="enrol.until" values={{ until: <Moment at={expiresAt} /> }} /></p>
          <p>{say('enrol.explain')}</p>
          <Field label={say('enrol.name')} help={say('enrol.name-help')} value={name} onChange={setName} maxLength={80} required />
          <Button weight="primary" isPending={enrolment.working} isDisabled={name.trim() === ''} onPress={() => void enrolment.create(name.trim())}>{say('enrol.create')}</Button>
          <Problem refusal={enrolment.refusal} />
        </div>
      )}
    </Loaded>
  );
}

function Proof({ enrolment }: { enrolment: ReturnType<typeof useEnrolment> }) {
  const say = useSay();
  const navigate = useNavigate();
  const arrive = useArrive();
  async function enter(): Promise<void> {
    if (enrolment.here !== undefined) await arrive(enrolment.here);
    await navigate({ to: '/' });
  }
  return (
    <div className="title-form">
      {enrolment.proof === undefined ? (
        <>
          <p>{say('enrol.created')}</p>
          <p>{say('enrol.prove-explain')}</p>
          <div className="title-actions">
            <Button weight="primary" isPending={enrolment.working} onPress={() => void enrolment.prove()}>{say('enrol.prove')}</Button>
            <Button weight="quiet" onPress={() => void enter()}>{say('enrol.later')}</Button>
          </div>
          <Problem refusal={enrolment.refusal} />
        </>
      ) : (
        <>
          <Notice><p>{say(`enrol.proof.${enrolment.proof}`)}</p></Notice>
          <Button weight="primary" onPress={() => void enter()}>{say('enrol.to-desk')}</Button>
        </>
      )}
    </div>
  );
}

function Problem({ refusal }: { refusal: Refusal | undefined }) {
  return refusal === undefined ? null : <RefusalNotice refusal={refusal} />;
}
