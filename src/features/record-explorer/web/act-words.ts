import { useKnows, useSay } from '../../../web/i18n/Language.tsx';
import { useRefusalText } from '../../../web/kit/Notice.tsx';
import type { ActView } from '../views.ts';

/** An act's type in words; a type without words is shown as it is written. */
export function useTypeText(): (type: string) => string {
  const say = useSay();
  const knows = useKnows();
  return (type) => (knows(`record.type.${type}`) ? say(`record.type.${type}`) : `\u2066${type}\u2069`);
}

type Verdict = Extract<ActView, { readable: true }>['verdict'];

/** Whether the act has effect, and if not, because of what. */
export function useVerdictText(): (verdict: Verdict) => string {
  const say = useSay();
  const refusalText = useRefusalText();
  return (verdict) => {
    if (verdict.effect !== 'none') return say(`record.effect.${verdict.effect}`);
    return say('record.effect.none', { because: refusalText(verdict.params === undefined ? { code: verdict.code } : { code: verdict.code, params: verdict.params }) });
  };
}

/** Who may read, in words. */
export function useScopeText(): (scope: string) => string {
  const say = useSay();
  return (scope) => say(`record.scope.${scope.split(':')[0] ?? 'space'}`);
}
