/** The mechanism at a glance: one page to read from top to bottom, every entry with its place in the record. */
import { useSay } from '../../../web/i18n/Language.tsx';
import { useAnswer } from '../../../web/client.ts';
import { useArriveAtHash } from '../../../web/kit/arrive.ts';
import { Link } from '../../../web/kit/Button.tsx';
import { Digest } from '../../../web/kit/Digest.tsx';
import { Label } from '../../../web/kit/Label.tsx';
import { Loaded, Page, Section } from '../../../web/kit/Page.tsx';
import { languageNames } from '../../../web/i18n/locale.ts';
import { getMechanism } from '../contract.ts';
import type { MechanismView } from '../views.ts';
import { Bodies } from './Bodies.tsx';
import { Centres } from './Centres.tsx';
import { Instruments } from './Instruments.tsx';
import { Parties } from './Parties.tsx';
import { Symposia } from './Symposia.tsx';
import './mechanism.css';

export function MechanismPage() {
  const say = useSay();
  const mechanism = useAnswer(getMechanism, {});
  useArriveAtHash(mechanism.data !== undefined);
  return (
    <Page title={say('mechanism.title')} wide {...(mechanism.data === undefined ? {} : { lead: <p><Label label={mechanism.data.name} /></p> })}>
      <Loaded query={mechanism}>{(view) => <Mechanism view={view} />}</Loaded>
    </Page>
  );
}

function Mechanism({ view }: { view: MechanismView }) {
  const say = useSay();
  return (
    <>
      <Section id="parties" title={say('mechanism.parties')}><Parties view={view} /></Section>
      <Section id="terms" title={say('mechanism.terms')}><Terms view={view} /></Section>
      <Section id="instruments" title={say('mechanism.instruments')}><Instruments view={view} /></Section>
      <Section id="bodies" title={say('mechanism.bodies')}><Bodies view={view} /></Section>
      <Section id="symposia" title={say('mechanism.symposia')}><Symposia view={view} /></Section>
      <Section id="centres" title={say('mechanism.centres')}><Centres view={view} /></Section>
    </>
  );
}

function Terms({ view }: { view: MechanismView }) {
  const say = useSay();
  const { charter } = view;
  return (
    <dl className="facts">
      <dt>{say('mechanism.authentic')}</dt>
      <dd>{view.authentic.map((language) => <span key={language} className="listed" lang={language}>{languageNames[language]}</span>)}</dd>
      <dt>{say('mechanism.quorum')}</dt>
      <dd>{view.parties.map((party) => <span key={party.id} className="listed"><Label label={party.short} />: {say('mechanism.quorum-of', { count: party.quorum })}</span>)}</dd>
      <dt>{say('mechanism.highest-mark')}</dt>
      <dd><bdi dir="ltr">TLP:{charter.highestMark}</bdi></dd>
      <dt>{say('mechanism.charter')}</dt>
      <dd>{charter.id === 'genesis' ? say('mechanism.charter-first') : <Link href={`/record/act/${charter.id}`}>{say('mechanism.charter-changed')}</Link>}</dd>
      <dt>{say('mechanism.space-id')}</dt>
      <dd><SpaceId value={view.space} /></dd>
    </dl>
  );
}

function SpaceId({ value }: { value: string }) {
  const say = useSay();
  return <><Digest value={value} /><span className="beside">{say('mechanism.space-id-help')}</span></>;
}
