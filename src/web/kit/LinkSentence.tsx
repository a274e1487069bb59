import type { DeskView } from '../../features/desk/views.ts';
import { useSay } from '../i18n/Language.tsx';
import { usePartyText } from './PartyName.tsx';
import { useMomentText } from './Times.tsx';

/** The link to one other party in a sentence: "you 41, they 39, since 10:42". */
export function LinkSentence({ link }: { link: DeskView['links'][number] }) {
  const say = useSay();
  const party = usePartyText()(link.party);
  const momentText = useMomentText();
  const unseenByThem = link.ourSize - link.theyHaveOurs;
  const unseenByUs = Math.max(0, link.theirSize - link.weHaveTheirs);
  const values = { party, ours: link.ourSize, seen: link.theyHaveOurs, theirs: link.theirSize, held: link.weHaveTheirs };
  const parts: string[] = [];
  if (link.state === 'frozen') parts.push(say('link.frozen', values));
  else if (unseenByThem === 0) parts.push(say('link.they-have-all', values));
  else if (link.waitingSince === undefined) parts.push(say('link.they-lack', { ...values, count: unseenByThem }));
  else parts.push(say('link.they-lack-since', { ...values, count: unseenByThem, since: momentText(link.waitingSince) }));
  if (link.state !== 'frozen') parts.push(unseenByUs === 0 ? say('link.we-have-all', values) : say('link.we-lack', { ...values, count: unseenByUs }));
  if (link.state === 'down' && link.lastContact !== undefined) parts.push(say('link.down-since', { party, since: momentText(link.lastContact) }));
  return <span data-late={link.state === 'down' || link.state === 'frozen' || undefined}>{parts.join(' ')}</span>;
}
