import { useSay } from '../../../web/i18n/Language.tsx';
import { Notice } from '../../../web/kit/Notice.tsx';
import type { CleaningNote } from './hygiene.ts';

/** Says which characters were taken out, so that nobody wonders where they went. */
export function CleaningNotice({ notes }: { notes: readonly CleaningNote[] }) {
  const say = useSay();
  if (notes.length === 0) return null;
  return (
    <Notice>
      {notes.map((note) => <p key={note.kind}>{say(`texts.cleaned.${note.kind}`, { count: note.count })}</p>)}
    </Notice>
  );
}
