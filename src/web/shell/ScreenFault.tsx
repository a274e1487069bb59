import type { ErrorComponentProps } from '@tanstack/react-router';
import { refusalOf } from '../client.ts';
import { useSay } from '../i18n/Language.tsx';
import { Button } from '../kit/Button.tsx';
import { RefusalNotice } from '../kit/Notice.tsx';
import { Page } from '../kit/Page.tsx';

/** A screen that failed by a fault of ours or could not be loaded: the others go on. */
export function ScreenFault({ error }: ErrorComponentProps) {
  const say = useSay();
  return (
    <Page title={say('fault.title')}>
      <RefusalNotice refusal={refusalOf(error)} action={<Button onPress={() => location.reload()}>{say('kit.load-again')}</Button>} />
    </Page>
  );
}
