import type { Standing } from './standing.tsx';
import { useSay } from '../i18n/Language.tsx';
import { Notice } from './Notice.tsx';

/** Says when the node does not take writes, or takes them unconfirmed; nothing when all is as usual. */
export function NodeStateNotice({ state }: { state: Standing['state'] }) {
  const say = useSay();
  if (state === 'open') return null;
  return <Notice tone={state === 'recovering' ? 'hand' : 'note'}><p>{say(`shell.state.${state}`)}</p></Notice>;
}
