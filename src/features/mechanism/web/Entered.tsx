import { Say, useSay } from '../../../web/i18n/Language.tsx';
import { Link } from '../../../web/kit/Button.tsx';
import { Label } from '../../../web/kit/Label.tsx';
import { PartyName } from '../../../web/kit/PartyName.tsx';
import type { LabelText } from '../../../web/kit/standing.tsx';

interface Entry {
  readonly party: string;
  readonly revision: string;
  readonly recordedAfterwards: boolean;
  readonly source?: LabelText | undefined;
}

/** Who entered it, from what source, and the act behind it. */
export function Entered({ entry }: { entry: Entry }) {
  const say = useSay();
  return (
    <span className="beside">
      <Say id={entry.recordedAfterwards ? 'mechanism.entered-afterwards' : 'mechanism.entered'} values={{ party: <PartyName party={entry.party} /> }} />
      {entry.source === undefined ? null : <> <Say id="mechanism.source" values={{ source: <Label label={entry.source} /> }} /></>}
      {' '}<Link href={`/record/act/${entry.revision}`}>{say('mechanism.in-record')}</Link>
    </span>
  );
}
