import { useSay } from '../../../web/i18n/Language.tsx';
import { Label } from '../../../web/kit/Label.tsx';
import { Empty } from '../../../web/kit/Page.tsx';
import { Table, type Column } from '../../../web/kit/Table.tsx';
import { DateOn } from '../../../web/kit/Times.tsx';
import type { MechanismView } from '../views.ts';
import { Entered } from './Entered.tsx';

type Instrument = MechanismView['instruments'][number];

export function Instruments({ view }: { view: MechanismView }) {
  const say = useSay();
  const columns: Column<Instrument>[] = [
    { id: 'title', heading: say('mechanism.instrument.title'), kind: 'first', cell: (row) => <span id={row.instrument}><Label label={row.title} /><Entered entry={row} /></span> },
    { id: 'kind', heading: say('mechanism.instrument.kind'), cell: (row) => <>{say(`mechanism.kind.${row.kind}`)}<span className="beside">{say(`mechanism.level.${row.level}`)}</span></> },
    { id: 'signed', heading: say('mechanism.instrument.signed'), cell: (row) => <><DateOn on={row.signedOn} />{row.place === undefined ? null : <span className="beside"><Label label={row.place} /></span>}</> },
    { id: 'force', heading: say('mechanism.instrument.in-force'), cell: (row) => (row.inForceOn === undefined ? say('mechanism.not-stated') : <DateOn on={row.inForceOn} />) },
    { id: 'gazette', heading: say('mechanism.instrument.gazette'), cell: (row) => <Gazettes row={row} /> },
  ];
  return <Table caption={say('mechanism.instruments')} columns={columns} rows={[...view.instruments].sort((a, b) => (a.signedOn < b.signedOn ? -1 : 1))} rowKey={(row) => row.instrument} empty={<Empty>{say('mechanism.no-instruments')}</Empty>} />;
}

function Gazettes({ row }: { row: Instrument }) {
  const say = useSay();
  if (row.gazettes.length === 0) return <>{say('mechanism.not-stated')}</>;
  return <>{row.gazettes.map((gazette) => <span key={`${gazette.country}${gazette.series}${gazette.number}`} className="listed"><bdi dir="ltr">{gazette.series} {gazette.number}</bdi>{' '}<DateOn on={gazette.on} /></span>)}</>;
}
