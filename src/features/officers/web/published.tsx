/** What other slices' screens use of the officers' ones. */
import { useAnswer } from '../../../web/client.ts';
import { useSay } from '../../../web/i18n/Language.tsx';
import { useLabelIn } from '../../../web/kit/Label.tsx';
import { Select } from '../../../web/kit/Select.tsx';
import { useStanding } from '../../../web/kit/standing.tsx';
import { listOfficers } from '../contract.ts';

/** Officers of the own party with a standing mandate. */
export function OfficerSelect({ label, value, onChange, except }: { label: string; value: string | null; onChange(officer: string): void; except?: string | null }) {
  const say = useSay();
  const labelIn = useLabelIn();
  const { party } = useStanding();
  const rows = useAnswer(listOfficers, {}).data?.rows ?? [];
  const options = rows.filter((row) => row.party === party && row.state === 'active' && row.officer !== except)
    .map((row) => ({ id: row.officer, text: labelIn(row.office).text, lang: labelIn(row.office).lang }));
  return <Select label={label} placeholder={say('officers.choose')} options={options} value={value} onChange={onChange} />;
}
