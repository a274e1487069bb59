/** The other parties: what each side has not seen yet, and where the record is safe. */
import { useSay } from '../../../web/i18n/Language.tsx';
import { useLinks } from '../../../web/session.ts';
import { Link } from '../../../web/kit/Button.tsx';
import { LinkSentence } from '../../../web/kit/LinkSentence.tsx';
import { Notice } from '../../../web/kit/Notice.tsx';
import { Empty, Page, Progress, Section } from '../../../web/kit/Page.tsx';
import { PartyName } from '../../../web/kit/PartyName.tsx';
import { Moment } from '../../../web/kit/Times.tsx';
import { useStanding } from '../../../web/kit/standing.tsx';

export function LinksPage() {
  const say = useSay();
  const links = useLinks();
  return (
    <Page title={say('settings.links.title')} lead={<p>{say('settings.links.lead')}</p>}>
      {links === undefined ? <Progress /> : links.length === 0 ? <Empty>{say('settings.links.none')}</Empty> : links.map((link) => <OneLink key={link.party} link={link} />)}
    </Page>
  );
}

function OneLink({ link }: { link: NonNullable<ReturnType<typeof useLinks>>[number] }) {
  const say = useSay();
  const zones = useStanding().parties.find((party) => party.id === link.party);
  return (
    <Section id={`link-${link.party}`} title={<PartyName party={link.party} full />}>
      {link.state === 'frozen' ? <Notice tone="hand" action={<Link href="/record#evidence">{say('settings.links.evidence')}</Link>}><p><LinkSentence link={link} /></p></Notice> : <p><LinkSentence link={link} /></p>}
      <dl className="facts">
        <dt>{say('settings.links.state')}</dt><dd>{say(`settings.links.state.${link.state}`)}</dd>
        <dt>{say('settings.links.last-contact')}</dt><dd>{link.lastContact === undefined ? say('settings.links.never') : <Moment at={link.lastContact} />}</dd>
        {zones === undefined ? null : <><dt>{say('settings.links.zone')}</dt><dd><bdi dir="ltr">{zones.zone}</bdi></dd></>}
      </dl>
    </Section>
  );
}
