/** Sharing is an act: what changes for the other side is shown before, per language and clause by clause. */
import { useState } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { directionOf, type Language } from '../../../kernel/language.ts';
import type { Refusal } from '../../../kernel/result.ts';
import { useCommand } from '../../../web/client.ts';
import { languageNames } from '../../../web/i18n/locale.ts';
import { useSay } from '../../../web/i18n/Language.tsx';
import { Button } from '../../../web/kit/Button.tsx';
import { Confirm } from '../../../web/kit/Dialog.tsx';
import { Checkbox } from '../../../web/kit/Field.tsx';
import { RefusalNotice } from '../../../web/kit/Notice.tsx';
import { Section } from '../../../web/kit/Page.tsx';
import { shareDraft } from '../contract.ts';
import type { TextDetail } from '../views.ts';
import { changesBetween, isUnchanged, type VersionChange } from './changes.ts';
import { useChangeWords } from './change-words.ts';
import { isStorable } from './desk-state.ts';
import { Pieces } from './Pieces.tsx';
import { contentOf } from './sheet.ts';
import type { Desk } from './use-desk.ts';

interface Shareable {
  readonly lang: Language;
  readonly change: VersionChange;
}

export function SharePanel({ detail, desk, onShared }: { detail: TextDetail; desk: Desk; onShared(): void }) {
  const say = useSay();
  const [asking, setAsking] = useState(false);
  const shareable = desk.sheet.versions.filter((version) => version.editable).flatMap((version): Shareable[] => {
    const content = contentOf(desk.sheet, version.lang);
    const change = changesBetween(detail.languages.find((one) => one.lang === version.lang)?.revision, content);
    return isStorable(content) && !isUnchanged(change) ? [{ lang: version.lang, change }] : [];
  });
  return (
    <Section title={say('texts.share.title')} id="share">
      <p>{say('texts.share.lead')}</p>
      {shareable.length === 0 ? <p className="quiet">{say('texts.share.nothing')}</p> : <ul className="share-list">{shareable.map((one) => <ShareSummary key={one.lang} {...one} />)}</ul>}
      <div className="text-actions">
        <Button weight="primary" isDisabled={shareable.length === 0 || desk.collision !== undefined} onPress={() => setAsking(true)}>{say('texts.share.verb')}</Button>
      </div>
      {asking ? <ShareDialog detail={detail} desk={desk} shareable={shareable} onClose={() => setAsking(false)} onShared={onShared} /> : null}
    </Section>
  );
}

function ShareSummary({ lang, change }: Shareable) {
  const words = useChangeWords();
  return (
    <li>
      <details>
        <summary><bdi lang={lang}>{languageNames[lang]}</bdi>{': '}{words(change)}</summary>
        <div lang={lang} dir={directionOf(lang)} className="share-changes">
          {change.title === undefined ? null : <p><strong><Pieces pieces={change.title} /></strong></p>}
          {change.clauses.map((clause) => <p key={clause.clause}>{clause.number === undefined ? null : <><bdi>{clause.number}</bdi>{' '}</>}<Pieces pieces={clause.text} /></p>)}
        </div>
      </details>
    </li>
  );
}

interface ShareProps {
  readonly detail: TextDetail;
  readonly desk: Desk;
  readonly shareable: readonly Shareable[];
  onClose(): void;
  onShared(): void;
}

function ShareDialog({ detail, desk, shareable, onClose, onShared }: ShareProps) {
  const say = useSay();
  const words = useChangeWords();
  const navigate = useNavigate();
  const command = useCommand(shareDraft);
  const [left, setLeft] = useState<readonly Language[]>([]);
  const [refusal, setRefusal] = useState<Refusal>();
  const chosen = shareable.map((one) => one.lang).filter((lang) => !left.includes(lang));
  async function share(): Promise<boolean> {
    if (!await desk.save()) { onClose(); return false; }
    const result = await command.mutateAsync({ params: { doc: detail.doc }, body: { languages: chosen } });
    if (!result.ok) { setRefusal(result.refusal); return false; }
    onShared();
    void navigate({ to: `/texts/${detail.doc}` });
    return true;
  }
  return (
    <Confirm open onClose={onClose} title={say('texts.share.confirm')} verb={say('texts.share.verb')} onConfirm={share} disabled={chosen.length === 0}>
      <p>{say('texts.share.effect')}</p>
      {shareable.map(({ lang, change }) => (
        <p key={lang}><Checkbox selected={!left.includes(lang)} onChange={(on) => setLeft(on ? left.filter((one) => one !== lang) : [...left, lang])}
          label={<><bdi lang={lang}>{languageNames[lang]}</bdi>{': '}{words(change)}</>} /></p>
      ))}
      {detail.concordance.some((entry) => entry.parties.length > 0) ? <p>{say('texts.share.unmarks')}</p> : null}
      {refusal === undefined ? null : <RefusalNotice refusal={refusal} />}
    </Confirm>
  );
}
