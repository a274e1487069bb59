import { useState } from 'react';
import { Say, useSay } from '../../../web/i18n/Language.tsx';
import { Button } from '../../../web/kit/Button.tsx';
import { Notice } from '../../../web/kit/Notice.tsx';
import { Moment } from '../../../web/kit/Times.tsx';

/** A link that is shown once: to be handed over in person or by a channel of its own, never kept here. */
export function OneTimeLink({ link }: { link: { readonly url: string; readonly expiresAt: string } }) {
  const say = useSay();
  const [copied, setCopied] = useState(false);
  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(link.url);
    setCopied(true);
  }
  return (
    <Notice action={<Button onPress={() => void copy()}>{copied ? say('kit.copied') : say('kit.copy')}</Button>}>
      <p>{say('officers.link-shown-once')}</p>
      <p><bdi dir="ltr" className="one-time-link">{link.url}</bdi></p>
      <p><Say id="enrol.until" values={{ until: <Moment at={link.expiresAt} /> }} /></p>
    </Notice>
  );
}
