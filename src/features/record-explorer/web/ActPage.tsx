/** One act: what it says, whether it has effect, who signed it with which key, where it stands in the log. */
import { useParams } from '@tanstack/react-router';
import { Say, useSay } from '../../../web/i18n/Language.tsx';
import { useAnswer } from '../../../web/client.ts';
import { Link } from '../../../web/kit/Button.tsx';
import { Digest } from '../../../web/kit/Digest.tsx';
import { Label } from '../../../web/kit/Label.tsx';
import { Empty, Loaded, Page, Section } from '../../../web/kit/Page.tsx';
import { PartyName, usePartyText } from '../../../web/kit/PartyName.tsx';
import { Table } from '../../../web/kit/Table.tsx';
import { Moment } from '../../../web/kit/Times.tsx';
import { getAct } from '../contract.ts';
import type { ActView } from '../views.ts';
import { useScopeText, useTypeText, useVerdictText } from './act-words.ts';
import { VerifyHere } from './VerifyHere.tsx';
import './record.css';

type Readable = Extract<ActView, { readable: true }>;

export function ActPage() {
  const say = useSay();
  const { party = '', index = '' } = useParams({ strict: false }) as { party?: string; index?: string };
  const act = useAnswer(getAct, { params: { party, index: Number(index) } });
  const typeText = useTypeText();
  const place = say('record.act.title-of', { index, party: usePartyText()(party) });
  const title = act.data?.readable === true ? typeText(act.data.type) : place;
  return (
    <Page title={title} lead={<p>{title === place ? null : <>{place} · </>}<Link href={`/record/${party}`}>{say('record.whole-log')}</Link></p>}>
      <Loaded query={act}>
        {(view) => (
          <>
            {view.readable ? <Told view={view} /> : <Empty>{say('record.not-readable-lead')}</Empty>}
            <Place view={view} />
            <VerifyHere party={view.party} index={view.index} />
            {view.readable ? <Bytes view={view} /> : null}
            <Neighbours view={view} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Told({ view }: { view: Readable }) {
  const say = useSay();
  const verdictText = useVerdictText();
  const scopeText = useScopeText();
  return (
    <>
      <dl className="facts">
        <dt>{say('record.column.effect')}</dt><dd>{verdictText(view.verdict)}</dd>
        <dt>{say('record.party')}</dt><dd><PartyName party={view.party} full /></dd>
        <dt>{say('record.claimed-time')}</dt><dd><Moment at={view.at} /></dd>
        <dt>{say('record.who-may-read')}</dt><dd>{scopeText(view.scope)}</dd>
      </dl>
      <Section id="signatures" title={say('record.signatures')}>
        <ul className="entries">
          {view.signatures.map((signature) => (
            <li key={signature.key}>
              <Say id={`record.signed-with.${signature.kind}`} values={{ office: signature.office === undefined ? <span>{say('record.unknown-office')}</span> : <strong><Label label={signature.office} /></strong> }} />
              <span className="beside">{say('record.key')} <Digest value={signature.key} short /></span>
            </li>
          ))}
        </ul>
      </Section>
      {view.parts.length === 0 ? null : <Parts view={view} />}
    </>
  );
}

function Parts({ view }: { view: Readable }) {
  const say = useSay();
  return (
    <Section id="parts" title={say('record.parts')}>
      <Table caption={say('record.parts')} rows={view.parts} rowKey={(part) => part.part} empty={null}
        columns={[
          { id: 'class', heading: say('record.part.class'), kind: 'first', cell: (part) => say(`record.part.class.${part.class}`) },
          { id: 'state', heading: say('record.part.state'), cell: (part) => say(`record.part.state.${part.state}`) },
          { id: 'size', heading: say('record.part.size'), kind: 'number', cell: (part) => say('record.bytes', { count: part.size }) },
          { id: 'digest', heading: say('record.part.commitment'), kind: 'digest', cell: (part) => <Digest value={part.part} short /> },
        ]} />
    </Section>
  );
}

function Place({ view }: { view: ActView }) {
  const say = useSay();
  return (
    <Section id="place" title={say('record.place')}>
      <p>{say('record.place-told', { index: view.index, size: view.proof.size })}</p>
      <dl className="facts">
        <dt>{say('record.act-digest')}</dt><dd><Digest value={view.act} /></dd>
        <dt>{say('record.leaf')}</dt><dd><Digest value={view.proof.leaf} /></dd>
        <dt>{say('record.root')}</dt><dd><Digest value={view.proof.root} /></dd>
      </dl>
      <details className="detail">
        <summary>{say('record.path', { count: view.proof.path.length })}</summary>
        <ol className="path">{view.proof.path.map((hash) => <li key={hash}><Digest value={hash} /></li>)}</ol>
      </details>
    </Section>
  );
}

function Bytes({ view }: { view: Readable }) {
  const say = useSay();
  return (
    <Section id="bytes" title={say('record.what-was-signed')}>
      <details className="detail"><summary>{say('record.pretty')}</summary><pre className="raw" dir="ltr" tabIndex={0}>{view.pretty}</pre></details>
      <details className="detail"><summary>{say('record.exact')}</summary><pre className="raw" dir="ltr" tabIndex={0}>{view.bytes}</pre></details>
      <details className="detail"><summary>{say('record.envelope')}</summary><pre className="raw" dir="ltr" tabIndex={0}>{view.envelope}</pre></details>
    </Section>
  );
}

function Neighbours({ view }: { view: ActView }) {
  const say = useSay();
  return (
    <nav className="pager" aria-label={say('record.neighbours')}>
      {view.index === 0 ? null : <Link href={`/record/${view.party}/${view.index - 1}`}>{say('record.previous')}</Link>}
      {view.index + 1 >= view.size ? null : <Link href={`/record/${view.party}/${view.index + 1}`}>{say('record.next')}</Link>}
    </nav>
  );
}
