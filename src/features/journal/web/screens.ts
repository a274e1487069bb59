import type { Screen } from '../../../web/screen.ts';

export const screens: readonly Screen[] = [
  { path: '/journal', title: 'journal.title', access: 'session', load: async () => (await import('./JournalPage.tsx')).JournalPage },
];
