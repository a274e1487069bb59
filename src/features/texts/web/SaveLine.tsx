/** "Saved 10:42, not shared": where the words are, in one quiet line. */
import { useIntl } from 'react-intl';
import { useSay } from '../../../web/i18n/Language.tsx';
import { Button } from '../../../web/kit/Button.tsx';
import { RefusalNotice } from '../../../web/kit/Notice.tsx';
import { useStanding } from '../../../web/kit/standing.tsx';
import { wallTimes } from '../../../web/kit/zones.ts';
import type { TextDetail } from '../views.ts';
import { changesBetween, isUnchanged } from './changes.ts';
import { contentOf } from './sheet.ts';
import type { Desk } from './use-desk.ts';

export function SaveLine({ desk, detail }: { desk: Desk; detail: TextDetail }) {
  const say = useSay();
  const { locale } = useIntl();
  const { parties, party } = useStanding();
  const own = parties.filter((one) => one.id === party);
  const time = desk.savedAt === undefined ? '' : wallTimes(desk.savedAt, own, locale)[0]?.time ?? '';
  const shared = desk.sheet.versions.filter((version) => version.editable).every(({ lang }) => {
    const revision = detail.languages.find((one) => one.lang === lang)?.revision;
    return revision !== undefined && isUnchanged(changesBetween(revision, contentOf(desk.sheet, lang)));
  });
  const key = desk.collision !== undefined ? 'collision' : desk.refusal !== undefined ? 'failed' : desk.saving ? 'saving' : desk.pending.length > 0 ? 'pending' : shared ? 'shared' : desk.savedAt === undefined ? 'nothing' : 'saved';
  return (
    <div className="save-line">
      <output>{say(`texts.save.${key}`, { time })}</output>
      {desk.refusal === undefined ? null : <RefusalNotice refusal={desk.refusal} action={<Button onPress={() => void desk.save()}>{say('kit.try-again')}</Button>} />}
    </div>
  );
}
