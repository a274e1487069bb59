/** The record explorer: the logs of all parties, what each has signed and who holds a copy, in words first. */
import { useState } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { HASH } from '../../../kernel/ids.ts';
import { Say, useSay } from '../../../web/i18n/Language.tsx';
import { useAnswer } from '../../../web/client.ts';
import { Button, Link } from '../../../web/kit/Button.tsx';
import { Digest } from '../../../web/kit/Digest.tsx';
import { Field } from '../../../web/kit/Field.tsx';
import { Code } from '../../../web/kit/Label.tsx';
import { Notice, useRefusalText } from '../../../web/kit/Notice.tsx';
import { Empty, Loaded, Page, Section } from '../../../web/kit/Page.tsx';
import { PartyName } from '../../../web/kit/PartyName.tsx';
import { useHasPower } from '../../../web/kit/standing.tsx';
import { Moment } from '../../../web/kit/Times.tsx';
import { listLogs } from '../contract.ts';
import type { LogView } from '../views.ts';
import { VerifyHere } from './VerifyHere.tsx';
import './record.css';

export function RecordPage() {
  const say = useSay();
  const record = useAnswer(listLogs, {});
  const audits = useHasPower('audit');
  return (
    <Page title={say('record.title')} lead={<><p>{say('record.lead')}</p>{audits ? <p><Link href="/journal">{say('journal.title')}</Link></p> : null}</>}>
      <FindAct />
      <Loaded query={record}>
        {({ logs, own, evidence }) => (
          <>
            {logs.length === 0 ? <Empty>{say('record.no-logs')}</Empty> : [...logs].sort((a, b) => Number(b.party === own) - Number(a.party === own)).map((log) => <Log key={log.party} log={log} />)}
            {evidence.length === 0 ? null : <Evidence evidence={evidence} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Log({ log }: { log: LogView }) {
  const say = useSay();
  return (
    <section className="section log" aria-labelledby={`log-${log.party}`}>
      <div className="section-head">
        <h2 id={`log-${log.party}`}><PartyName party={log.party} full /></h2>
        <Link href={`/record/${log.party}`}>{say('record.acts', { count: log.size })}</Link>
      </div>
      <p className="log-kind">{say(log.own ? 'record.log-own' : 'record.log-mirror')}</p>
      {log.frozenAt === undefined ? null : <Notice tone="hand"><p>{say('record.frozen', { size: log.frozenAt })}</p></Notice>}
      {log.decided < log.size ? <Notice><p>{say('record.undecided', { count: log.size - log.decided })}</p></Notice> : null}
      <ul className="stored">{log.stored.map((copy) => <Copy key={copy.party} log={log} copy={copy} />)}</ul>
      <VerifyHere party={log.party} />
      <details className="detail">
        <summary>{say('record.detail')}</summary>
        <dl className="facts">
          <dt>{say('record.root')}</dt><dd><Digest value={log.root} /></dd>
          <dt>{say('record.origin')}</dt><dd><Code>{log.origin}</Code></dd>
          <dt>{say('record.epoch')}</dt><dd>{log.epoch}</dd>
          <dt>{say('record.checkpoint')}</dt><dd>{log.note === undefined ? say('record.no-checkpoint') : <pre className="raw" dir="ltr" tabIndex={0}>{log.note}</pre>}</dd>
        </dl>
      </details>
    </section>
  );
}

/** "Madrid has stored the first 39 of 41 and signed for it." */
function Copy({ log, copy }: { log: LogView; copy: LogView['stored'][number] }) {
  const whole = copy.size >= log.size;
  return (
    <li>
      <Say id={whole ? 'record.stored-all' : 'record.stored-part'} values={{ party: <PartyName party={copy.party} />, size: String(copy.size), of: String(log.size) }} />
      {copy.at === undefined ? null : <span className="beside"><Moment at={copy.at} /></span>}
    </li>
  );
}

function FindAct() {
  const say = useSay();
  const navigate = useNavigate();
  const [value, setValue] = useState('');
  const [error, setError] = useState<string>();
  function find(): void {
    // A digest may be pasted as it is read aloud: in groups.
    const digest = value.replaceAll(/\s/g, '').toLowerCase();
    if (!HASH.test(digest)) return setError(say('record.find.not-a-digest'));
    void navigate({ to: `/record/act/${digest}` });
  }
  return (
    <form className="find" role="search" onSubmit={(event) => { event.preventDefault(); find(); }}>
      <Field label={say('record.find.label')} help={say('record.find.help')} value={value} onChange={(text) => { setValue(text); setError(undefined); }} error={error} lang="en" />
      <Button type="submit">{say('record.find.verb')}</Button>
    </form>
  );
}

function Evidence({ evidence }: { evidence: readonly { id: string; party: string; at: string; code: string }[] }) {
  const say = useSay();
  const sentence = useRefusalText();
  return (
    <Section id="evidence" title={say('record.evidence')}>
      {evidence.map((one) => (
        <Notice key={one.id} tone="hand">
          <p><PartyName party={one.party} />: {sentence({ code: one.code, params: { party: one.party } })}</p>
          <p className="notice-code"><Moment at={one.at} /> · <Code>{one.code}</Code></p>
        </Notice>
      ))}
    </Section>
  );
}
