/** Light, dark, or as the device has it; remembered by this browser. public/early.js applies it before the first paint. */
import { recall, remember } from '../i18n/remembered.ts';

export const themes = ['device', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export function currentTheme(): Theme {
  const remembered = recall('theme');
  return remembered === 'light' || remembered === 'dark' ? remembered : 'device';
}

export function chooseTheme(theme: Theme): void {
  if (theme === 'device') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  remember('theme', theme === 'device' ? undefined : theme);
}
