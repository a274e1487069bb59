/** The clause's number is the handle of everything that can be done with it. */
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { directionOf, type Language } from '../../../kernel/language.ts';
import { useSay } from '../../../web/i18n/Language.tsx';
import { useAnnounce } from '../../../web/kit/LiveRegion.tsx';
import type { TextDetail } from '../views.ts';
import { numbersOf, type Row } from './alignment.ts';
import type { Columns } from './columns.ts';
import { allowed } from './permission.ts';

interface MenuProps {
  readonly row: Row;
  readonly detail: TextDetail;
  readonly columns: Columns;
  onSuggest(lang: Language): void;
}

export function ClauseMenu({ row, detail, columns, onSuggest }: MenuProps) {
  const say = useSay();
  const announce = useAnnounce();
  const numbers = numbersOf(row, columns.authentic);
  const suggestible = columns.authentic.filter((lang) => row.cells.has(lang) && allowed(detail.may, 'suggest', lang));
  async function copyLink(): Promise<void> {
    const address = new URL(`/texts/${detail.text ?? detail.doc}#clause-${row.id}`, location.href).href;
    await navigator.clipboard.writeText(address);
    announce(say('texts.clause.link-copied'));
  }
  return (
    <MenuTrigger>
      <Button className="clause-number" aria-label={say('texts.clause.menu', { number: numbers.map((one) => one.number).join(' ') || '¶' })}>
        {numbers.length === 0 ? <span aria-hidden="true">¶</span> : numbers.map(({ lang, number }) => <bdi key={number} lang={lang} dir={directionOf(lang)}>{number}</bdi>)}
      </Button>
      <Popover className="popover">
        <Menu className="listbox" onAction={(key) => {
          if (key === 'link') void copyLink();
          else onSuggest(key as Language);
        }}>
          {suggestible.map((lang) => <MenuItem key={lang} id={lang} className="option">{say('texts.suggest.in', { lang })}</MenuItem>)}
          <MenuItem id="link" className="option">{say('texts.clause.copy-link')}</MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
