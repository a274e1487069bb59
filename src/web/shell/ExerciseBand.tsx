import { directionOf, languages } from '../../kernel/language.ts';
import { useLanguage } from '../i18n/Language.tsx';
import { useStanding } from '../kit/standing.tsx';
import { exerciseWords } from '../../kernel/exercise.ts';

/** On every screen and printed page of an exercise, in four languages at once, the reader's first. */
export function ExerciseBand() {
  const { exercise } = useStanding();
  const { language } = useLanguage();
  if (!exercise) return null;
  const ordered = [language, ...languages.filter((other) => other !== language)];
  return (
    <aside className="exercise" aria-label={exerciseWords[language]}>
      {ordered.map((one) => <span key={one} lang={one} dir={directionOf(one)}>{exerciseWords[one]}</span>)}
    </aside>
  );
}
