/** The application's start: who is here, which language, then the first screen. Wiring, no decisions. */
import './theme/theme.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from '@tanstack/react-router';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { isSessionRefusal, Refused } from './client.ts';
import { loadMessages } from './i18n/catalogue.ts';
import { chooseLanguage } from './i18n/locale.ts';
import { LanguageProvider } from './i18n/Language.tsx';
import { recall } from './i18n/remembered.ts';
import { Here } from './Here.tsx';
import { router } from './router.tsx';
import { hereKey, readHere } from './session.ts';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // A refusal is an answer: asking again would get the same one. An unreachable node is asked twice more.
      retry: (failures, error) => !(error instanceof Refused && error.refusal.code !== 'web.node-unreachable') && failures < 2,
    },
  },
});

// When any answer says that the session is over, who is here is asked anew, and the gate does the rest.
queries.getQueryCache().subscribe(({ type, query }) => {
  if (type === 'updated' && query.state.status === 'error' && isSessionRefusal(query.state.error)) void queries.invalidateQueries({ queryKey: hereKey });
});

async function start(): Promise<void> {
  const wanted = chooseLanguage(recall('language'), navigator.languages);
  const early = wanted === undefined ? undefined : loadMessages(wanted);
  const here = await queries.fetchQuery({ queryKey: hereKey, queryFn: ({ signal }) => readHere(signal) });
  const language = wanted ?? here.parties.find((party) => party.id === here.party)?.language ?? 'en';
  const messages = await (early ?? loadMessages(language));
  const place = document.getElementById('root');
  if (place === null) throw new Error('no #root in the page');
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <LanguageProvider first={{ language, messages }}>
          <Here><RouterProvider router={router} /></Here>
        </LanguageProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}

start().catch(() => {
  // Without the node there are no messages either: the page itself says so, in four languages.
  document.getElementById('unreachable')?.removeAttribute('hidden');
});
