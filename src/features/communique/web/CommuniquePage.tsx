/** What the communiqué describes: seventeen facts in its order, each with the object of the record that embodies it. */
import type { z } from 'zod';
import { useSay } from '../../../web/i18n/Language.tsx';
import { useAnswer } from '../../../web/client.ts';
import { useArriveAtHash } from '../../../web/kit/arrive.ts';
import { Link } from '../../../web/kit/Button.tsx';
import { Label } from '../../../web/kit/Label.tsx';
import { Empty, Loaded, Page, Section } from '../../../web/kit/Page.tsx';
import { Star } from '../../../web/kit/Star.tsx';
import { useStanding } from '../../../web/kit/standing.tsx';
import { listFactObjects, listFacts, type FactObject } from '../contract.ts';
import type { FactId } from '../facts.ts';
import './communique.css';

type TextRow = z.infer<typeof listFactObjects.answer>['texts'][number];

interface FactEntry {
  readonly id: FactId;
  readonly live: boolean;
  readonly objects?: readonly FactObject[];
}

export function CommuniquePage() {
  const say = useSay();
  const { officer } = useStanding();
  const facts = useAnswer(listFacts, {}, officer === undefined);
  const recorded = useAnswer(listFactObjects, {}, officer !== undefined);
  useArriveAtHash(facts.data !== undefined || recorded.data !== undefined);
  return (
    <Page title={say('communique.title')} lead={<><p>{say('communique.lead')}</p>{officer === undefined ? <p><Link href="/sign-in?to=/communique">{say('communique.sign-in-to-see')}</Link></p> : null}</>}>
      {officer === undefined ? <PublicFacts /> : <RecordedFacts />}
    </Page>
  );
}

function PublicFacts() {
  return <Loaded query={useAnswer(listFacts, {})}>{({ facts }) => <Facts facts={facts} />}</Loaded>;
}

function RecordedFacts() {
  const say = useSay();
  return (
    <Loaded query={useAnswer(listFactObjects, {})}>
      {({ facts, texts }) => (
        <>
          <Section id="text" title={say('communique.as-text')}>
            {texts.length === 0 ? <Empty>{say('communique.no-text')}</Empty> : <ul className="entries">{texts.map((row) => <TextEntry key={row.text ?? row.doc} row={row} />)}</ul>}
          </Section>
          <Section id="facts" title={say('communique.facts')}><Facts facts={facts} /></Section>
        </>
      )}
    </Loaded>
  );
}

function TextEntry({ row }: { row: TextRow }) {
  return (
    <li className="text-line">
      <Star stances={row.parties} state={row.state} size="mark" />
      <span>
        <Link href={`/texts/${row.text ?? row.doc}`}><Label label={row.title} /></Link>
        {row.jointReference === undefined ? null : <span className="beside"><bdi dir="ltr">{row.jointReference}</bdi></span>}
      </span>
    </li>
  );
}

function Facts({ facts }: { facts: readonly FactEntry[] }) {
  return <ol className="facts-list">{facts.map((fact) => <Fact key={fact.id} fact={fact} />)}</ol>;
}

function Fact({ fact }: { fact: FactEntry }) {
  const say = useSay();
  return (
    <li id={fact.id} data-live={fact.live}>
      <span className="fact-number"><bdi dir="ltr">{fact.id}</bdi></span>
      <div>
        <p>{say(`communique.fact.${fact.id}`)}</p>
        {fact.live ? null : <p className="fact-gap">{say(`communique.gap.${fact.id}`)}</p>}
        {fact.objects === undefined || fact.objects.length === 0 ? null : (
          <ul className="fact-objects">
            {fact.objects.map((object) => (
              <li key={`${object.kind}${object.id}`}>
                <Link href={object.href}><Label label={object.label} /></Link>
                {object.act === undefined ? null : <Link href={`/record/${object.act.party}/${object.act.index}`}>{say('communique.its-act')}</Link>}
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}
