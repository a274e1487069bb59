/** The frame of every screen: title of the document, one heading, and the quiet states around a query. */
import { useEffect, type ReactNode } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import { useSay } from '../i18n/Language.tsx';
import { Button } from './Button.tsx';
import { useLabelIn } from './Label.tsx';
import { ErrorNotice } from './Notice.tsx';
import { useStanding } from './standing.tsx';

interface PageProps {
  /** Also the first words of the document's title. */
  readonly title: string;
  /** In place of the plain heading, when it needs marks of its own; must say the same as `title`. */
  readonly heading?: ReactNode;
  readonly lead?: ReactNode;
  /** What can be done with the page as a whole. */
  readonly actions?: ReactNode;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

export function Page({ title, heading, lead, actions, wide = false, children }: PageProps) {
  usePageTitle(title);
  return (
    <article className="page" data-wide={wide || undefined}>
      <header className="page-head">
        <h1 tabIndex={-1} id="page-title">{heading ?? title}</h1>
        {lead === undefined ? null : <div className="lead">{lead}</div>}
        {actions === undefined ? null : <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </article>
  );
}

/** `Title · Party · Alternat`: whose node a tab shows can be told from the tab. */
export function usePageTitle(title: string): void {
  const { parties, party } = useStanding();
  const labelIn = useLabelIn();
  const own = parties.find((one) => one.id === party);
  const short = own === undefined ? party : labelIn(own.short).text;
  useEffect(() => {
    document.title = `${title} · ${short} · Alternat`;
  }, [title, short]);
}

/** What a sentence says when there is nothing, instead of a cartoon. */
export function Empty({ children }: { children: ReactNode }) {
  return <p className="empty">{children}</p>;
}

/** Appears only when reading takes longer than a moment (CSS delays it). */
export function Progress({ label }: { label?: string }) {
  const say = useSay();
  return <p className="progress" role="status">{label ?? say('kit.reading')}</p>;
}

/** A query's three states: quiet while reading, a sentence and a way out on error, else the children. */
export function Loaded<A>({ query, children }: { query: UseQueryResult<A, Error>; children(answer: A): ReactNode }) {
  const say = useSay();
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isError) return <ErrorNotice error={query.error} action={<Button onPress={() => void query.refetch()}>{say('kit.try-again')}</Button>} />;
  return <Progress />;
}

export function Section({ title, id, children, aside }: { title: ReactNode; id?: string; children: ReactNode; aside?: ReactNode }) {
  return (
    <section className="section" aria-labelledby={id === undefined ? undefined : `${id}-title`} id={id}>
      <div className="section-head"><h2 id={id === undefined ? undefined : `${id}-title`}>{title}</h2>{aside}</div>
      {children}
    </section>
  );
}
