/** A text from nothing, or one that succeeds another: kind, titles, languages. It stays on this node until it is shared. */
import { useState } from 'react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { languages, type Language } from '../../../kernel/language.ts';
import type { Refusal } from '../../../kernel/result.ts';
import { HASH } from '../../../kernel/ids.ts';
import { useAnswer, useCommand } from '../../../web/client.ts';
import { languageNames } from '../../../web/i18n/locale.ts';
import { useSay } from '../../../web/i18n/Language.tsx';
import { Button } from '../../../web/kit/Button.tsx';
import { Checkbox, Field } from '../../../web/kit/Field.tsx';
import { RefusalNotice } from '../../../web/kit/Notice.tsx';
import { Loaded, Page } from '../../../web/kit/Page.tsx';
import { Select } from '../../../web/kit/Select.tsx';
import { languagesOwnFirst, useHasPower, useStanding } from '../../../web/kit/standing.tsx';
import { beginText, getText } from '../contract.ts';
import type { TextDetail } from '../views.ts';
import { beginningOf, titlesOf, type Beginning } from './beginning.ts';
import { textKinds } from './kinds.ts';
import { TextLink } from './Relations.tsx';
import './text.css';

const TITLE_MAX = 300;

export function NewTextPage() {
  const say = useSay();
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const beginning = beginningOf(typeof search.relation === 'string' ? search.relation : undefined, typeof search.text === 'string' && HASH.test(search.text) ? search.text : undefined);
  const mayDraft = useHasPower('draft');
  return (
    <Page title={say('texts.new.title')} lead={say('texts.new.lead')}>
      {beginning === undefined ? null : <p>{say(`texts.new.${beginning.how}`)} <TextLink text={beginning.text} /></p>}
      {mayDraft ? <FromBase beginning={beginning} /> : <RefusalNotice refusal={{ code: 'mandate.power-missing', params: { power: 'draft' } }} />}
    </Page>
  );
}

/** A draft from the words of another text starts with its titles; a successor has its own. */
function FromBase({ beginning }: { beginning: Beginning | undefined }) {
  const fromWords = beginning?.how === 'based-on';
  const base = useAnswer(getText, { params: { id: beginning?.text ?? '' } }, fromWords);
  if (!fromWords) return <NewTextForm beginning={beginning} kind="declaration" titles={{}} />;
  return <Loaded query={base}>{(detail) => <NewTextForm beginning={beginning} kind={detail.kind} titles={detail.title} />}</Loaded>;
}

interface FormProps {
  readonly beginning: Beginning | undefined;
  readonly kind: string;
  readonly titles: TextDetail['title'];
}

function NewTextForm({ beginning, kind: firstKind, titles: firstTitles }: FormProps) {
  const say = useSay();
  const navigate = useNavigate();
  const { authentic, parties, party } = useStanding();
  const order = languagesOwnFirst(authentic, parties, party);
  const offered = languages.filter((lang) => !order.includes(lang));
  const [kind, setKind] = useState(firstKind);
  const [titles, setTitles] = useState<TextDetail['title']>(firstTitles);
  const [working, setWorking] = useState<readonly Language[]>([]);
  const [refusal, setRefusal] = useState<Refusal>();
  const [asked, setAsked] = useState(false);
  const command = useCommand(beginText);
  const title = titlesOf(titles, [...order, ...working]);
  const missing = Object.keys(title).length === 0;
  async function begin(): Promise<void> {
    setAsked(true);
    if (missing) return;
    const result = await command.mutateAsync({
      body: {
        kind, title,
        languages: [...order.map((lang) => ({ lang, authority: 'authentic' as const })), ...working.map((lang) => ({ lang, authority: 'working' as const }))],
        ...beginning?.body,
      },
    });
    if (result.ok) void navigate({ to: `/texts/${result.value.doc}/edit` });
    else setRefusal(result.refusal);
  }
  return (
    <form onSubmit={(event) => { event.preventDefault(); void begin(); }}>
      <Select label={say('texts.filter.kind')} value={kind} onChange={setKind} options={[...textKinds, ...(textKinds.includes(kind) ? [] : [kind])].map((id) => ({ id, text: say(`texts.kind.${id}`) }))} />
      {[...order, ...working].map((lang, at) => (
        <Field key={lang} label={say(order.includes(lang) ? 'texts.new.title-in' : 'texts.new.title-in-working', { lang })} lang={lang}
          value={titles[lang] ?? ''} onChange={(text) => setTitles({ ...titles, [lang]: text })} maxLength={TITLE_MAX}
          error={asked && missing && at === 0 ? say('texts.new.title-needed') : undefined} />
      ))}
      {offered.length === 0 ? null : (
        <fieldset className="working-languages">
          <legend className="field-label">{say('texts.new.working')}</legend>
          <p className="field-help">{say('texts.new.working-help')}</p>
          {offered.map((lang) => (
            <Checkbox key={lang} label={<bdi lang={lang}>{languageNames[lang]}</bdi>} selected={working.includes(lang)}
              onChange={(on) => setWorking(languages.filter((one) => (one === lang ? on : working.includes(one))))} />
          ))}
        </fieldset>
      )}
      {refusal === undefined ? null : <RefusalNotice refusal={refusal} />}
      <div className="text-actions"><Button type="submit" weight="primary" isPending={command.isPending}>{say('texts.new.verb-begin')}</Button></div>
    </form>
  );
}
