import type { Screen } from '../../../web/screen.ts';

export const screens: readonly Screen[] = [
  { path: '/', title: 'desk.title', access: 'session', nav: 10, load: async () => (await import('./Desk.tsx')).Desk },
];
