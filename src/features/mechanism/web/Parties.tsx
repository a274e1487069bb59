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
  return (
    <section className="party-column" data-accent={accent % 4} id={party.id}>
      <h3>
        <span className="party-own-name">{own === undefined ? <Label label={party.name} /> : <Foreign lang={party.language}>{own}</Foreign>}</span>
        {own === undefined || shown.text === own ? null : <span className="beside"><Label label={party.name} /></span>}
      </h3>
      {party.corps.length === 0 ? null : (
        <>
          <h4>{say('mechanism.corps')}</h4>
          <ul className="offices">{party.corps.map((corps) => <li key={corps.id} id={corps.id}><Label label={corps.name} /></li>)}</ul>
        </>
      )}
      <h4>{say('mechanism.offices')}</h4>
      <Offices party={party} />
      {party.offices.length === 0 ? <Empty>{say('mechanism.no-offices')}</Empty> : null}
    </section>
  );
}

/** Those who sign come first, the office of the node itself last. */
function weight(powers: readonly string[]): number {
  return powers.includes('sign') ? 0 : powers.includes('service') ? 2 : 1;
}

function Offices({ party }: { party: MechanismParty }) {
  const say = useSay();
  return (
    <ul className="offices">
      {party.offices.toSorted((a, b) => weight(a.powers) - weight(b.powers)).map((office) => {
        const corps = party.corps.find((one) => one.id === office.corps);
        return (
          <li key={office.id} id={office.id}>
            <Label label={office.name} />
            <span className="beside">
              {corps === undefined ? null : <><Label label={corps.name} />{' · '}</>}
              {office.powers.map((power) => say(`power.${power}`)).join(say('mechanism.list-comma'))}
              {office.held ? null : <> · {say('mechanism.office-vacant')}</>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
