import type { Screen } from '../../../web/screen.ts';

export const screens: readonly Screen[] = [
  { path: '/record', title: 'record.title', access: 'session', nav: 40, load: async () => (await import('./RecordPage.tsx')).RecordPage },
  { path: '/record/act/$act', title: 'record.find.title', access: 'session', load: async () => (await import('./FindPage.tsx')).FindPage },
  { path: '/record/$party', title: 'record.log.title', access: 'session', load: async () => (await import('./LogPage.tsx')).LogPage },
  { path: '/record/$party/$index', title: 'record.act.title', access: 'session', load: async () => (await import('./ActPage.tsx')).ActPage },
  { path: '/settings/backups', title: 'backup.title', access: 'session', load: async () => (await import('./BackupPage.tsx')).BackupPage },
];
