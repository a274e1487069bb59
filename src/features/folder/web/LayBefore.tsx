/** Laying a text before colleagues: who clears, in which order, who signs, until when and why. */
import { useState } from 'react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { HASH } from '../../../kernel/ids.ts';
import type { Refusal } from '../../../kernel/result.ts';
import { useAnswer, useCommand } from '../../../web/client.ts';
import { Say, useSay } from '../../../web/i18n/Language.tsx';
import { Button, Link } from '../../../web/kit/Button.tsx';
import { Choice } from '../../../web/kit/Choice.tsx';
import { Field } from '../../../web/kit/Field.tsx';
import { Label, useLabelIn } from '../../../web/kit/Label.tsx';
import { Notice, RefusalNotice } from '../../../web/kit/Notice.tsx';
import { Empty, Loaded, Page } from '../../../web/kit/Page.tsx';
import { Select } from '../../../web/kit/Select.tsx';
import { DateOn } from '../../../web/kit/Times.tsx';
import { modes, type Mode } from '../clearance.ts';
import { listFolderOfficers, openFolderEntry } from '../contract.ts';
import type { z } from 'zod';
import './folder.css';

type Colleague = z.infer<typeof listFolderOfficers.answer>['rows'][number];

export function LayBefore() {
  const say = useSay();
  const { text } = useSearch({ strict: false }) as { text?: unknown };
  const known = typeof text === 'string' && HASH.test(text) ? text : undefined;
  return (
    <Page title={say('folder.new.title')} lead={<p>{say('folder.new.lead')}</p>}>
      {known === undefined ? <Notice action={<Link href="/texts">{say('texts.title')}</Link>}><p>{say('folder.new.no-text')}</p></Notice> : <Colleagues text={known} />}
    </Page>
  );
}

function Colleagues({ text }: { text: string }) {
  return <Loaded query={useAnswer(listFolderOfficers, { query: { text } })}>{({ rows }) => <Form text={text} colleagues={rows} />}</Loaded>;
}

function Form({ text, colleagues }: { text: string; colleagues: readonly Colleague[] }) {
  const say = useSay();
  const navigate = useNavigate();
  const signers = colleagues.filter((one) => one.signs);
  const [steps, setSteps] = useState<readonly string[]>([]);
  const [signer, setSigner] = useState<string | null>(signers[0]?.officer ?? null);
  const [mode, setMode] = useState<Mode>('sequence');
  const [dueOn, setDueOn] = useState('');
  const [reason, setReason] = useState('');
  const [refusal, setRefusal] = useState<Refusal>();
  const open = useCommand(openFolderEntry);
  const complete = steps.length > 0 && signer !== null && reason.trim() !== '';
  async function submit(): Promise<void> {
    if (signer === null) return;
    const result = await open.mutateAsync({ body: { text, signer, mode, steps: [...steps], reason: reason.trim(), ...(dueOn === '' ? {} : { dueOn }) } });
    if (result.ok) void navigate({ to: `/folder/${result.value.entry}` });
    else setRefusal(result.refusal);
  }
  return (
    <form className="folder-form" onSubmit={(event) => { event.preventDefault(); void submit(); }}>
      <StepList colleagues={colleagues} steps={steps} onChange={setSteps} ordered={mode === 'sequence'} />
      <Choice label={say('folder.mode')} value={mode} onChange={(id) => setMode(modes.find((one) => one === id) ?? mode)} options={modes.map((id) => ({ id, text: say(`folder.mode.${id}`) }))} />
      <OfficeSelect label={say('folder.signer')} colleagues={signers} value={signer} onChange={setSigner} />
      <Field label={say('folder.new.due')} type="date" value={dueOn} onChange={setDueOn} />
      <Field label={say('folder.reason')} help={say('folder.new.reason-help')} rows={4} maxLength={2000} required value={reason} onChange={setReason} />
      {refusal === undefined ? null : <RefusalNotice refusal={refusal} />}
      <Button type="submit" weight="primary" isPending={open.isPending} isDisabled={!complete}>{say('folder.new.verb')}</Button>
    </form>
  );
}

function OfficeSelect({ label, colleagues, value, onChange }: { label: string; colleagues: readonly Colleague[]; value: string | null; onChange(officer: string): void }) {
  const say = useSay();
  const labelIn = useLabelIn();
  return <Select label={label} placeholder={say('folder.new.choose')} value={value} onChange={onChange} options={colleagues.map((one) => ({ id: one.officer, text: labelIn(one.office).text, lang: labelIn(one.office).lang }))} />;
}

function StepList({ colleagues, steps, onChange, ordered }: { colleagues: readonly Colleague[]; steps: readonly string[]; onChange(steps: readonly string[]): void; ordered: boolean }) {
  const say = useSay();
  const labelIn = useLabelIn();
  const chosen = steps.flatMap((id) => colleagues.filter((one) => one.officer === id));
  const earlier = (index: number): readonly string[] => steps.toSpliced(index - 1, 2, steps[index] as string, steps[index - 1] as string);
  return (
    <fieldset className="field">
      <legend className="field-label">{say('folder.new.steps')}</legend>
      {chosen.length === 0 ? <Empty>{say('folder.new.no-steps')}</Empty> : (
        <ol className="folder-steps" data-ordered={ordered || undefined}>
          {chosen.map((one, index) => {
            const office = `\u2068${labelIn(one.office).text}\u2069`;
            return (
              <li key={one.officer}>
                <p><Label label={one.office} />{one.absentUntil === undefined ? null : <span className="beside"><Say id="folder.absent-until" values={{ on: <DateOn on={one.absentUntil} /> }} /></span>}</p>
                <p className="row-actions">
                  {index === 0 ? null : <Button weight="quiet" onPress={() => onChange(earlier(index))}>{say('folder.new.up', { office })}</Button>}
                  <Button weight="quiet" onPress={() => onChange(steps.toSpliced(index, 1))}>{say('folder.new.remove', { office })}</Button>
                </p>
              </li>
            );
          })}
        </ol>
      )}
      <OfficeSelect label={say('folder.new.add-step')} colleagues={colleagues.filter((one) => !steps.includes(one.officer))} value={null} onChange={(id) => onChange([...steps, id])} />
    </fieldset>
  );
}
