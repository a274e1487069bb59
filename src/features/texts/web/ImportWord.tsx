/** Taking a Word document over into the draft: first a preview, with what found no sibling; nothing is saved before. */
import { useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import type { Language } from '../../../kernel/language.ts';
import type { Refusal } from '../../../kernel/result.ts';
import { call } from '../../../web/client.ts';
import { languageNames } from '../../../web/i18n/locale.ts';
import { useSay } from '../../../web/i18n/Language.tsx';
import { Button } from '../../../web/kit/Button.tsx';
import { Dialog } from '../../../web/kit/Dialog.tsx';
import { RefusalNotice } from '../../../web/kit/Notice.tsx';
import { Select } from '../../../web/kit/Select.tsx';
import { readDocument } from '../files-contract.ts';
import type { TextDetail } from '../views.ts';
import { contentOf, versionOf } from './sheet.ts';
import type { Desk } from './use-desk.ts';
import { takenOver, type WordPreview } from './word-import.ts';
import { WordVersionPreview } from './WordVersionPreview.tsx';

const DOCX = '.docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document';

export function ImportWord({ detail, desk }: { detail: TextDetail; desk: Desk }) {
  const say = useSay();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button weight="quiet" onPress={() => setOpen(true)}>{say('texts.word.verb')}</Button>
      {open ? <ImportDialog detail={detail} desk={desk} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function ImportDialog({ detail, desk, onClose }: { detail: TextDetail; desk: Desk; onClose(): void }) {
  const say = useSay();
  const editable = desk.sheet.versions.filter((version) => version.editable).map((version) => version.lang);
  const [lang, setLang] = useState(editable[0]);
  const [reading, setReading] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const [preview, setPreview] = useState<WordPreview>();
  const [dropped, setDropped] = useState<ReadonlySet<string>>(new Set());
  const ours = preview?.versions.filter((version) => editable.includes(version.lang)) ?? [];
  async function read(files: FileList | null): Promise<void> {
    const file = files?.[0];
    if (file === undefined || lang === undefined) return;
    setReading(true);
    // The node compares with what it has: words still in this window go there first.
    await desk.save();
    const body = new Uint8Array(await file.arrayBuffer());
    const result = await call(readDocument, { params: { doc: detail.doc, lang }, body });
    setReading(false);
    setRefusal(result.ok ? undefined : result.refusal);
    setPreview(result.ok ? result.value : undefined);
  }
  function take(): void {
    for (const version of ours) desk.replace(version.lang, takenOver(contentOf(desk.sheet, version.lang), version, dropped));
    onClose();
  }
  return (
    <Dialog open onClose={onClose} title={say('texts.word.title')} size="page" busy={reading}
      actions={<>
        <Button onPress={onClose}>{say('kit.cancel')}</Button>
        {preview === undefined ? null : <Button weight="primary" isDisabled={ours.length === 0} onPress={take}>{say('texts.word.take')}</Button>}
      </>}>
      <p>{say('texts.word.lead')}</p>
      {editable.length < 2 || lang === undefined ? null : (
        <Select label={say('texts.word.language')} help={say('texts.word.language-help')} value={lang} onChange={(id) => setLang(editable.find((one) => one === id))}
          options={editable.map((one: Language) => ({ id: one, text: languageNames[one], lang: one }))} />
      )}
      <FileTrigger acceptedFileTypes={DOCX.split(',')} onSelect={(files) => void read(files)}>
        <Button isPending={reading}>{say('texts.word.choose')}</Button>
      </FileTrigger>
      {refusal === undefined ? null : <RefusalNotice refusal={refusal} />}
      {preview === undefined ? null : <Ignored preview={preview} others={preview.versions.length - ours.length} />}
      {ours.map((version) => <WordVersionPreview key={version.lang} version={version} before={versionOf(desk.sheet, version.lang)} dropped={dropped} onDropped={setDropped} />)}
    </Dialog>
  );
}

function Ignored({ preview, others }: { preview: WordPreview; others: number }) {
  const say = useSay();
  return (
    <div className="word-ignored">
      {others === 0 ? null : <p>{say('texts.word.not-ours', { count: others })}</p>}
      {preview.ignored.map((one) => <p key={one.code}>{say(`texts.word.ignored.${one.code}`, { count: one.count })}</p>)}
    </div>
  );
}
