import { directionOf, languages } from '../../kernel/language.ts';
import { useLanguage, useSay } from '../i18n/Language.tsx';
import { languageNames } from '../i18n/locale.ts';
import { Button } from '../kit/Button.tsx';

/** Four words instead of a menu: each language by its own name, one press away on every screen. */
export function LanguageSwitch() {
  const say = useSay();
  const { language, setLanguage } = useLanguage();
  return (
    <div className="languages" role="group" aria-label={say('shell.language')}>
      {languages.map((one) => (
        <Button key={one} weight="quiet" aria-pressed={one === language} onPress={() => void setLanguage(one)}>
          <span lang={one} dir={directionOf(one)}>{languageNames[one]}</span>
        </Button>
      ))}
    </div>
  );
}
