import type { Screen } from '../../../web/screen.ts';

export const screens: readonly Screen[] = [
  { path: '/texts', title: 'texts.title', access: 'session', nav: 20, load: async () => (await import('./TextsPage.tsx')).TextsPage },
  { path: '/texts/new', title: 'texts.new.title', access: 'session', load: async () => (await import('./NewTextPage.tsx')).NewTextPage },
  { path: '/texts/$id', title: 'texts.text', access: 'session', load: async () => (await import('./TextPage.tsx')).TextPage },
  { path: '/texts/$id/edit', title: 'texts.edit.title', access: 'session', load: async () => (await import('./EditPage.tsx')).EditPage },
  { path: '/texts/$id/sign', title: 'texts.sign.title', access: 'session', load: async () => (await import('./SignPage.tsx')).SignPage },
];
