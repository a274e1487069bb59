/** What this text does to another one, the proposals made from its draft, the slot it takes. */
import { useAnswer } from '../../../web/client.ts';
import { useSay } from '../../../web/i18n/Language.tsx';
import { Link } from '../../../web/kit/Button.tsx';
import { Digest } from '../../../web/kit/Digest.tsx';
import { useLabelIn } from '../../../web/kit/Label.tsx';
import { Section } from '../../../web/kit/Page.tsx';
import { PartyName } from '../../../web/kit/PartyName.tsx';
import { Moment } from '../../../web/kit/Times.tsx';
import type { Hash } from '../../../kernel/ids.ts';
import { getText } from '../contract.ts';
import type { TextDetail } from '../views.ts';

export function Relations({ detail }: { detail: TextDetail }) {
  const say = useSay();
  const others = detail.proposals.filter((proposal) => proposal.text !== detail.text);
  if (detail.relation === undefined && others.length === 0) return null;
  return (
    <Section title={say('texts.relations.title')} id="relations">
      <dl className="facts">
        {detail.relation === undefined ? null : <><dt>{say(`texts.relation.${detail.relation.relation}`)}</dt><dd><TextLink text={detail.relation.text} /></dd></>}
        {others.map((proposal) => (
          <div key={proposal.text} className="facts-row">
            <dt>{say('texts.relation.other-proposal')}</dt>
            <dd><TextLink text={proposal.text} /> · {say(`texts.state.${proposal.state}`)} · <PartyName party={proposal.party} /> · <Moment at={proposal.at} /></dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

/** A text by its title; where it may not be read, by its digest. */
export function TextLink({ text }: { text: Hash }) {
  const say = useSay();
  const labelIn = useLabelIn();
  const query = useAnswer(getText, { params: { id: text } });
  if (query.data === undefined) return <Digest value={text} short />;
  const { lang, text: title } = labelIn(query.data.title);
  return <Link href={`/texts/${text}`}><bdi lang={lang}>{title || say('texts.untitled')}</bdi></Link>;
}
