import { useSay } from '../../../web/i18n/Language.tsx';
import { Label } from '../../../web/kit/Label.tsx';
import { Empty } from '../../../web/kit/Page.tsx';
import { DateOn } from '../../../web/kit/Times.tsx';
import type { MechanismView } from '../views.ts';
import { Entered } from './Entered.tsx';

type Body = MechanismView['bodies'][number];

/** Bodies under their parents: who chairs, how often they meet, on what instrument they rest. */
export function Bodies({ view }: { view: MechanismView }) {
  const say = useSay();
  if (view.bodies.length === 0) return <Empty>{say('mechanism.no-bodies')}</Empty>;
  const known = new Set(view.bodies.map((body) => body.body));
  return <Level view={view} bodies={view.bodies.filter((body) => body.parent === undefined || !known.has(body.parent))} />;
}

function Level({ view, bodies }: { view: MechanismView; bodies: readonly Body[] }) {
  return <ul className="entries">{bodies.map((body) => <BodyEntry key={body.body} view={view} body={body} />)}</ul>;
}

function BodyEntry({ view, body }: { view: MechanismView; body: Body }) {
  const say = useSay();
  const below = view.bodies.filter((other) => other.parent === body.body);
  const instrument = view.instruments.find((one) => one.instrument === body.instrument?.id);
  return (
    <li id={body.body}>
      <p><strong><Label label={body.name} /></strong></p>
      <p className="entry-facts">
        <span>{say(`mechanism.body.${body.kind}`)}</span>
        <span>{say(`mechanism.chairing.${body.chairing}`)}</span>
        {body.yearly ? <span>{say('mechanism.yearly')}</span> : null}
        {body.createdOn === undefined ? null : <span>{say('mechanism.created-on')} <DateOn on={body.createdOn} /></span>}
      </p>
      {instrument === undefined ? null : <p className="entry-facts"><span>{say('mechanism.rests-on')} <a className="link" href={`#${instrument.instrument}`}><Label label={instrument.title} /></a></span></p>}
      <Entered entry={body} />
      {below.length === 0 ? null : <Level view={view} bodies={below} />}
    </li>
  );
}
