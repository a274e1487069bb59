/** A sentence that matters now. An expected "no" says what happened, what was not lost, what to do. */
import type { ReactNode } from 'react';
import type { Refusal } from '../../kernel/result.ts';
import { useKnows, useSay, type SayValues } from '../i18n/Language.tsx';
import { refusalOf } from '../client.ts';
import { Code } from './Label.tsx';
import { usePartyText } from './PartyName.tsx';

/** `note`: to know; `late`: overdue (amber); `hand`: needs a hand now (red). Nothing else is coloured. */
export type NoticeTone = 'note' | 'late' | 'hand';

export function Notice({ tone = 'note', children, action }: { tone?: NoticeTone; children: ReactNode; action?: ReactNode }) {
  return (
    <div className="notice" data-tone={tone} role={tone === 'hand' ? 'alert' : 'status'}>
      <div className="notice-words">{children}</div>
      {action === undefined ? null : <div className="notice-action">{action}</div>}
    </div>
  );
}

/** A refusal as one sentence in the reader's language; the code stands below for whoever is asked for help. */
export function RefusalNotice({ refusal, action, tone = 'hand' }: { refusal: Refusal; action?: ReactNode; tone?: NoticeTone }) {
  const sentence = useRefusalText();
  return (
    <Notice tone={tone} action={action}>
      <p>{sentence(refusal)}</p>
      <p className="notice-code"><Code>{refusal.code}</Code></p>
    </Notice>
  );
}

/** The notice for an error of `useAnswer` or a command. */
export function ErrorNotice({ error, action }: { error: unknown; action?: ReactNode }) {
  return <RefusalNotice refusal={refusalOf(error)} action={action} />;
}

/** `refusal.<code>` with its values; a code without words is said to be one, and the code is shown. */
export function useRefusalText(): (refusal: Refusal) => string {
  const say = useSay();
  const knows = useKnows();
  const nameOf = usePartyText();
  return ({ code, params = {} }) => {
    const values: Record<string, SayValues[string]> = {};
    for (const [name, value] of Object.entries(params)) {
      if (name === 'party') values[name] = nameOf(String(value));
      else if (name === 'power' && knows(`power.${value}`)) values[name] = say(`power.${value}`);
      else values[name] = value;
    }
    return knows(`refusal.${code}`) ? say(`refusal.${code}`, values) : say('refusal.web.unknown-code', { code });
  };
}
