import { Say, useSay } from '../../../web/i18n/Language.tsx';
import { Label } from '../../../web/kit/Label.tsx';
import { PartyName } from '../../../web/kit/PartyName.tsx';
import { Empty } from '../../../web/kit/Page.tsx';
import { DateOn } from '../../../web/kit/Times.tsx';
import type { MechanismView } from '../views.ts';
import { Entered } from './Entered.tsx';

export function Centres({ view }: { view: MechanismView }) {
  const say = useSay();
  if (view.centres.length === 0) return <Empty>{say('mechanism.no-centres')}</Empty>;
  return (
    <ul className="entries">
      {view.centres.map((centre) => {
        const instrument = view.instruments.find((one) => one.instrument === centre.instrument?.id);
        return (
          <li key={centre.centre} id={centre.centre}>
            <p><strong><Label label={centre.port} /></strong></p>
            <p className="entry-facts">
              <span><Say id="mechanism.host" values={{ party: <PartyName party={centre.host} /> }} /></span>
              {centre.openedOn === undefined ? null : <span>{say('mechanism.opened-on')} <DateOn on={centre.openedOn} /></span>}
              {centre.locode === undefined ? null : <span><bdi dir="ltr">{centre.locode}</bdi></span>}
            </p>
            {instrument === undefined ? null : <p className="entry-facts"><span>{say('mechanism.rests-on')} <a className="link" href={`#${instrument.instrument}`}><Label label={instrument.title} /></a></span></p>}
            <Entered entry={centre} />
          </li>
        );
      })}
    </ul>
  );
}
