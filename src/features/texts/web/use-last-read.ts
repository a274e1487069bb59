/**
 * Which revisions this officer had read before this page was opened: asked once, before the page itself
 * marks the document as read. The node keeps it for the officer, so it is the same on every device.
 */
import { useEffect, useState } from 'react';
import type { Hash } from '../../../kernel/ids.ts';
import type { Language } from '../../../kernel/language.ts';
import { call } from '../../../web/client.ts';
import { compareTexts, markRead } from '../contract.ts';

export type LastRead = Readonly<Partial<Record<Language, Hash>>>;

/** `languages`: those with a shared revision. Empty until the node has answered, and where nothing was read. */
export function useLastRead(id: string, languages: readonly Language[]): LastRead {
  const [read, setRead] = useState<LastRead>({});
  const asked = languages.join();
  useEffect(() => {
    if (asked === '') return undefined;
    const gone = new AbortController();
    void readBefore(id, asked.split(',') as Language[], gone.signal).then((found) => {
      if (gone.signal.aborted) return undefined;
      setRead(found);
      return call(markRead, { params: { id } });
    }).catch(() => undefined);
    return () => gone.abort();
  }, [id, asked]);
  return read;
}

async function readBefore(id: string, languages: readonly Language[], signal: AbortSignal): Promise<LastRead> {
  const answers = await Promise.all(languages.map((lang) => call(compareTexts, { params: { id, lang }, query: { since: 'read' } }, signal)));
  return Object.fromEntries(answers.flatMap((answer) => (answer.ok && answer.value.from !== undefined ? [[answer.value.lang, answer.value.from]] : [])));
}
