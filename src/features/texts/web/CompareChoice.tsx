/** What the shown words are compared with, and how much differs. */
import type { Hash } from '../../../kernel/ids.ts';
import type { Language } from '../../../kernel/language.ts';
import { languageNames } from '../../../web/i18n/locale.ts';
import { useSay } from '../../../web/i18n/Language.tsx';
import { usePartyText } from '../../../web/kit/PartyName.tsx';
import { Select } from '../../../web/kit/Select.tsx';
import { useMomentText } from '../../../web/kit/Times.tsx';
import { isUnchanged, type VersionChange } from './changes.ts';
import { useChangeWords } from './change-words.ts';
import type { Revision } from './shown.ts';

/** `previous` draft, what was `read` last, or everything up to one revision. */
export type Base = 'none' | 'previous' | 'read' | Hash;

interface ChoiceProps {
  readonly value: Base;
  onChange(base: Base): void;
  readonly bases: { readonly previous: ReadonlyMap<Language, Revision>; readonly read: ReadonlyMap<Language, Revision> };
  readonly revisions: readonly Revision[];
  readonly changes: ReadonlyMap<Language, VersionChange>;
}

export function CompareChoice({ value, onChange, bases, revisions, changes }: ChoiceProps) {
  const say = useSay();
  const momentOf = useMomentText();
  const nameOf = usePartyText();
  const earlier = revisions.slice(0, -1).toReversed();
  if (earlier.length === 0) return null;
  const options = [
    { id: 'none', text: say('texts.compare.none') },
    ...(bases.read.size > 0 ? [{ id: 'read', text: say('texts.compare.read') }] : []),
    ...(bases.previous.size > 0 ? [{ id: 'previous', text: say('texts.compare.previous') }] : []),
    ...earlier.map((one) => ({ id: one.act, text: say('texts.compare.revision', { lang: one.lang, party: nameOf(one.party), at: momentOf(one.at) }) })),
  ];
  return (
    <div className="compare">
      <Select label={say('texts.compare.label')} options={options} value={value} onChange={onChange} />
      {value === 'none' ? null : <Summary changes={changes} />}
    </div>
  );
}

function Summary({ changes }: { changes: ReadonlyMap<Language, VersionChange> }) {
  const say = useSay();
  const words = useChangeWords();
  if ([...changes.values()].every(isUnchanged)) return <p className="quiet" aria-live="polite">{say('texts.compare.same')}</p>;
  return (
    <ul className="compare-summary" aria-live="polite">
      {[...changes].filter(([, change]) => !isUnchanged(change)).map(([lang, change]) => (
        <li key={lang}><bdi lang={lang}>{languageNames[lang]}</bdi>{': '}{words(change)}</li>
      ))}
    </ul>
  );
}
