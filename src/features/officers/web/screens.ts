import type { Screen } from '../../../web/screen.ts';

export const screens: readonly Screen[] = [
  { path: '/sign-in', title: 'sign-in.title', access: 'public', load: async () => (await import('./SignIn.tsx')).SignIn },
  { path: '/enrol', title: 'enrol.title', access: 'public', load: async () => (await import('./Enrol.tsx')).Enrol },
  { path: '/settings', title: 'settings.title', access: 'session', nav: 50, load: async () => (await import('./Settings.tsx')).Settings },
  { path: '/settings/officers', title: 'settings.officers.title', access: 'session', load: async () => (await import('./OfficersPage.tsx')).OfficersPage },
  { path: '/settings/officers/$officer', title: 'settings.officer.title', access: 'session', load: async () => (await import('./OfficerPage.tsx')).OfficerPage },
  { path: '/settings/links', title: 'settings.links.title', access: 'session', load: async () => (await import('./LinksPage.tsx')).LinksPage },
];
