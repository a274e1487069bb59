import type { Screen } from '../../../web/screen.ts';

export const screens: readonly Screen[] = [
  { path: '/mechanism', title: 'mechanism.title', access: 'session', nav: 30, load: async () => (await import('./MechanismPage.tsx')).MechanismPage },
];
