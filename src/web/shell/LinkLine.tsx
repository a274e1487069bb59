import { useSay } from '../i18n/Language.tsx';
import type { LiveState } from '../live.ts';
import { LinkSentence } from '../kit/LinkSentence.tsx';
import { useLinks } from '../session.ts';

/** The quiet line at the foot: what each side has not seen yet, and since when. */
export function LinkLine({ live }: { live: LiveState }) {
  const say = useSay();
  const links = useLinks();
  return (
    <footer className="footline">
      <div>
        {(links ?? []).map((link) => <LinkSentence key={link.party} link={link} />)}
        {live === 'lost' ? <span data-late>{say('shell.live-lost')}</span> : null}
      </div>
    </footer>
  );
}
