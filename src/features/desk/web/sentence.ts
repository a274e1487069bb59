import { useIntl } from 'react-intl';
import { useSay } from '../../../web/i18n/Language.tsx';
import { useLabelIn } from '../../../web/kit/Label.tsx';
import { usePartyText } from '../../../web/kit/PartyName.tsx';
import { plainDateText } from '../../../web/kit/zones.ts';
import type { DeskRow } from '../views.ts';

/** The row's sentence with its labels in the reader's language, each isolated from the direction around it. */
export function useSentence(): (row: DeskRow) => string {
  const say = useSay();
  const labelIn = useLabelIn();
  const nameOf = usePartyText();
  const { locale } = useIntl();
  return ({ key, params, labels }) => {
    const values: Record<string, string | number> = {};
    for (const [name, value] of Object.entries(params)) {
      values[name] = name === 'party' ? nameOf(String(value)) : name === 'on' ? plainDateText(String(value), locale) : value;
    }
    for (const [name, label] of Object.entries(labels)) values[name] = `\u2068${labelIn(label).text}\u2069`;
    return say(`desk.row.${key}`, values);
  };
}
