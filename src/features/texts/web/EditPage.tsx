/** The writing desk of one text. What is written is kept on this node; sharing is an act of its own. */
import { useState } from 'react';
import { useParams } from '@tanstack/react-router';
import { useAnswer } from '../../../web/client.ts';
import { useSay } from '../../../web/i18n/Language.tsx';
import { Button, ButtonLink } from '../../../web/kit/Button.tsx';
import { useArriveAtHash } from '../../../web/kit/arrive.ts';
import { useLabelIn } from '../../../web/kit/Label.tsx';
import { Notice } from '../../../web/kit/Notice.tsx';
import { Loaded, Page, Progress } from '../../../web/kit/Page.tsx';
import { getText } from '../contract.ts';
import type { TextDetail } from '../views.ts';
import { CollisionPanel } from './CollisionPanel.tsx';
import { ImportWord } from './ImportWord.tsx';
import { permission } from './permission.ts';
import { SaveLine } from './SaveLine.tsx';
import { SharePanel } from './SharePanel.tsx';
import { SheetGrid } from './SheetGrid.tsx';
import { numberRows } from './sheet.ts';
import { useDesk } from './use-desk.ts';
import { useWhy } from './why.ts';
import './text.css';
import './edit.css';

export function EditPage() {
  const say = useSay();
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const query = useAnswer(getText, { params: { id } });
  const [shared, setShared] = useState(0);
  if (query.data === undefined) return <Page title={say('texts.edit.title')} wide><Loaded query={query}>{() => <Progress />}</Loaded></Page>;
  return <EditText key={`${query.data.doc} ${shared}`} detail={query.data} onShared={() => setShared(shared + 1)} />;
}

function EditText({ detail, onShared }: { detail: TextDetail; onShared(): void }) {
  const say = useSay();
  const labelIn = useLabelIn();
  const why = useWhy();
  const edit = permission(detail.may, 'edit');
  const any = detail.languages.some((language) => { const found = permission(detail.may, 'edit', language.lang); return found.offered && found.refusal === undefined; });
  const label = labelIn(detail.title);
  const name = label.text || say('texts.untitled');
  const title = `${say('texts.edit.title')}: ${name}`;
  const heading = <>{say('texts.edit.title')}: <bdi lang={label.lang}>{name}</bdi></>;
  const back = <ButtonLink href={`/texts/${detail.doc}`}>{say('texts.edit.to-text')}</ButtonLink>;
  if (!any) {
    const refusal = edit.offered && edit.refusal !== undefined ? edit.refusal : 'text.pen-not-held';
    return <Page title={title} heading={heading} actions={back}><Notice><p>{why(refusal)}</p></Notice></Page>;
  }
  return <Page title={title} heading={heading} lead={say('texts.edit.lead')} wide actions={back}><Desk detail={detail} onShared={onShared} /></Page>;
}

function Desk({ detail, onShared }: { detail: TextDetail; onShared(): void }) {
  const say = useSay();
  const desk = useDesk(detail);
  useArriveAtHash(true);
  return (
    <>
      <div className="desk-bar">
        <SaveLine desk={desk} detail={detail} />
        <div className="bar-actions">
          <Button weight="quiet" isDisabled={!desk.canUndo} onPress={desk.undo}>{say('texts.edit.undo')}</Button>
          <Button weight="quiet" onPress={() => desk.change(numberRows(desk.sheet), true)}>{say('texts.edit.number')}</Button>
          <ImportWord detail={detail} desk={desk} />
        </div>
      </div>
      {desk.collision === undefined ? null : <CollisionPanel key={desk.collision.theirsAt} collision={desk.collision} onSettle={desk.settle} />}
      <SheetGrid desk={desk} />
      <SharePanel detail={detail} desk={desk} onShared={onShared} />
    </>
  );
}
