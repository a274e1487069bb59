import type { Language } from '../../../kernel/language.ts';
import { languageNames } from '../../../web/i18n/locale.ts';
import { useSay } from '../../../web/i18n/Language.tsx';
import { Select } from '../../../web/kit/Select.tsx';

/** Switches a working translation in below each clause. It helps reading; it is never in place of an authentic version. */
export function WorkingChoice({ languages, value, onChange }: { languages: readonly Language[]; value: Language | undefined; onChange(lang: Language | undefined): void }) {
  const say = useSay();
  if (languages.length === 0) return null;
  return (
    <Select label={say('texts.working.label')} value={value ?? 'none'} onChange={(id) => onChange(languages.find((lang) => lang === id))}
      options={[{ id: 'none', text: say('texts.working.none') }, ...languages.map((lang) => ({ id: lang, text: languageNames[lang], lang }))]} />
  );
}
