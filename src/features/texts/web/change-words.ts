/** How much changed, in words: only what did. */
import { useIntl } from 'react-intl';
import { useSay } from '../../../web/i18n/Language.tsx';
import { countKinds, type VersionChange } from './changes.ts';

const KINDS = ['changed', 'added', 'removed', 'moved'] as const;

export function useChangeWords(): (change: VersionChange) => string {
  const say = useSay();
  const { locale } = useIntl();
  return (change) => {
    const counts = countKinds(change);
    const parts = [
      ...(change.title === undefined ? [] : [say('texts.compare.title')]),
      ...KINDS.filter((kind) => counts[kind] > 0).map((kind) => say(`texts.compare.${kind}`, { count: counts[kind] })),
    ];
    return new Intl.ListFormat(locale, { type: 'unit', style: 'short' }).format(parts);
  };
}
