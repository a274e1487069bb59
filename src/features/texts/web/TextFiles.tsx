/** The text as files: each party's original, Word, the proof that can be checked away from here. */
import { useSay } from '../../../web/i18n/Language.tsx';
import { Link } from '../../../web/kit/Button.tsx';
import { PartyName } from '../../../web/kit/PartyName.tsx';
import { usePartiesOwnFirst } from '../../../web/kit/standing.tsx';
import { Say } from '../../../web/i18n/Language.tsx';
import type { TextDetail } from '../views.ts';
import { originalPdf, textBundle, wordFile } from './files.ts';
import { allowed } from './permission.ts';

export function TextFiles({ detail }: { detail: TextDetail }) {
  const say = useSay();
  const parties = usePartiesOwnFirst();
  const { text } = detail;
  return (
    <ul className="text-files" aria-label={say('texts.files.title')}>
      {text === undefined ? null : parties.map((party) => (
        <li key={party.id}><Link href={originalPdf(text, party.id)} download><Say id="texts.files.original" values={{ party: <PartyName party={party.id} /> }} /></Link></li>
      ))}
      <li><Link href={wordFile(text ?? detail.doc)} download>{say('texts.files.docx')}</Link></li>
      {text !== undefined && allowed(detail.may, 'export')
        ? <li><Link href={textBundle(text)} download>{say('texts.files.bundle')}</Link><p className="quiet">{say('texts.files.bundle-help')}</p></li>
        : null}
    </ul>
  );
}
