/**
 * Why an action is not open now. `may` gives a code alone, and the sentence of a refusal may need values
 * that only the attempt would give; so the page has its own short reasons.
 */
import { useKnows, useSay } from '../../../web/i18n/Language.tsx';
import { useRefusalText } from '../../../web/kit/Notice.tsx';

export function useWhy(): (code: string) => string {
  const say = useSay();
  const knows = useKnows();
  const sentence = useRefusalText();
  return (code) => (knows(`texts.why.${code}`) ? say(`texts.why.${code}`) : sentence({ code }));
}
