/** Own settings: the office, keys, sessions, how the screens look; and the way to what concerns the node. */
import { useState } from 'react';
import { useLanguage, useSay } from '../../../web/i18n/Language.tsx';
import { isLanguage, languageNames } from '../../../web/i18n/locale.ts';
import { languages } from '../../../kernel/language.ts';
import { Choice } from '../../../web/kit/Choice.tsx';
import { Link } from '../../../web/kit/Button.tsx';
import { Label } from '../../../web/kit/Label.tsx';
import { Page, Section } from '../../../web/kit/Page.tsx';
import { PartyName } from '../../../web/kit/PartyName.tsx';
import { useStanding } from '../../../web/kit/standing.tsx';
import { chooseTheme, currentTheme, themes } from '../../../web/theme/theme-choice.ts';
import { Passkeys } from './Passkeys.tsx';
import { Sessions } from './Sessions.tsx';

export function Settings() {
  const say = useSay();
  return (
    <Page title={say('settings.title')}>
      <Section id="office" title={say('settings.office')}><OwnOffice /></Section>
      <Section id="passkeys" title={say('settings.passkeys')}><Passkeys /></Section>
      <Section id="sessions" title={say('settings.sessions')}><Sessions /></Section>
      <Section id="look" title={say('settings.look')}><Look /></Section>
      <Section id="node" title={say('settings.node')}>
        <ul className="entries">
          <li><Link href="/settings/officers">{say('settings.officers.title')}</Link><span className="beside">{say('settings.officers.about')}</span></li>
          <li><Link href="/settings/links">{say('settings.links.title')}</Link><span className="beside">{say('settings.links.about')}</span></li>
          <li><Link href="/settings/backups">{say('backup.title')}</Link><span className="beside">{say('settings.backup.about')}</span></li>
        </ul>
      </Section>
    </Page>
  );
}

function OwnOffice() {
  const say = useSay();
  const { officer, party } = useStanding();
  if (officer === undefined) return null;
  return (
    <dl className="facts">
      <dt>{say('settings.office-name')}</dt><dd><Label label={officer.office} /></dd>
      <dt>{say('settings.party')}</dt><dd><PartyName party={party} full /></dd>
      <dt>{say('settings.powers')}</dt><dd>{officer.powers.map((power) => <span key={power} className="listed">{say(`power.${power}`)}</span>)}</dd>
      <dt>{say('settings.clearance')}</dt><dd><bdi dir="ltr">TLP:{officer.clearance}</bdi></dd>
      <dt>{say('settings.signs-with')}</dt><dd>{officer.keys.length === 0 ? say('settings.signs-with.nothing') : officer.keys.map((kind) => <span key={kind} className="listed">{say(`settings.signs-with.${kind}`)}</span>)}</dd>
    </dl>
  );
}

function Look() {
  const say = useSay();
  const { language, setLanguage } = useLanguage();
  const [theme, setTheme] = useState(currentTheme);
  return (
    <div className="look">
      <Choice label={say('shell.language')} value={language} onChange={(id) => { if (isLanguage(id)) void setLanguage(id); }}
        options={languages.map((id) => ({ id, text: languageNames[id], lang: id }))} />
      <Choice label={say('settings.theme')} value={theme} options={themes.map((id) => ({ id, text: say(`settings.theme.${id}`) }))}
        onChange={(id) => {
          const chosen = themes.find((one) => one === id) ?? 'device';
          chooseTheme(chosen);
          setTheme(chosen);
        }} />
    </div>
  );
}
