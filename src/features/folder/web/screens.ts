import type { Screen } from '../../../web/screen.ts';

export const screens: readonly Screen[] = [
  { path: '/folder', title: 'folder.title', access: 'session', nav: 25, load: async () => (await import('./FolderPage.tsx')).FolderPage },
  { path: '/folder/new', title: 'folder.new.title', access: 'session', load: async () => (await import('./LayBefore.tsx')).LayBefore },
  { path: '/folder/absences', title: 'folder.absences.title', access: 'session', load: async () => (await import('./AbsencesPage.tsx')).AbsencesPage },
  { path: '/folder/$entry', title: 'folder.title', access: 'session', load: async () => (await import('./EntryPage.tsx')).EntryPage },
];
