import { useSay } from '../../../web/i18n/Language.tsx';
import { Empty } from '../../../web/kit/Page.tsx';
import { Foreign, Label, useLabel } from '../../../web/kit/Label.tsx';
import { ownFirst, useAccent } from '../../../web/kit/standing.tsx';
import type { MechanismParty, MechanismView } from '../views.ts';

/** The parties side by side, own first, of one width; each with its corps and offices. Offices, never names. */
export function Parties({ view }: { view: MechanismView }) {
  return <div className="party-columns">{ownFirst(view.parties, view.own).map((party) => <PartyColumn key={party.id} party={party} />)}</div>;
}

function PartyColumn({ party }: { party: MechanismParty }) {
  const say = useSay();
  const accent = useAccent(party.id);
  const own = party.name[party.language];
  const shown = useLabel(party.name);
  const unplaced = party.offices.filter((office) => office.corps === undefined || !party.corps.some((corps) => corps.id === office.corps));
  return (
    <section className="party-column" data-accent={accent % 4} id={party.id}>
      <h3>
        <span className="party-own-name">{own === undefined ? <Label label={party.name} /> : <Foreign lang={party.language}>{own}</Foreign>}</span>
        {own === undefined || shown.text === own ? null : <span className="beside"><Label label={party.name} /></span>}
      </h3>
      {party.corps.map((corps) => (
        <div key={corps.id} id={corps.id}>
          <h4><Label label={corps.name} /></h4>
          <Offices offices={party.offices.filter((office) => office.corps === corps.id)} />
        </div>
      ))}
      {unplaced.length === 0 ? null : <div>{party.corps.length === 0 ? null : <h4>{say('mechanism.other-offices')}</h4>}<Offices offices={unplaced} /></div>}
      {party.offices.length === 0 ? <Empty>{say('mechanism.no-offices')}</Empty> : null}
    </section>
  );
}

function Offices({ offices }: { offices: MechanismParty['offices'] }) {
  const say = useSay();
  return (
    <ul className="offices">
      {offices.map((office) => (
        <li key={office.id} id={office.id}>
          <Label label={office.name} />
          <span className="beside">
            {office.powers.map((power) => say(`power.${power}`)).join(say('mechanism.list-comma'))}
            {office.held ? null : <> · {say('mechanism.office-vacant')}</>}
          </span>
        </li>
      ))}
    </ul>
  );
}
