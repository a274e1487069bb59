import type { Screen } from '../../../web/screen.ts';

export const screens: readonly Screen[] = [
  { path: '/communique', title: 'communique.title', access: 'public', load: async () => (await import('./CommuniquePage.tsx')).CommuniquePage },
];
