import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { languages } from '../kernel/language.ts';
import { navigation, routes } from './routes.ts';

test('no two screens have one address', () => {
  const shapes = routes.map(({ path }) => path.replaceAll(/\$[a-z]+/gi, '$'));
  expect(shapes.filter((shape, index) => shapes.indexOf(shape) !== index)).toEqual([]);
});

test('every screen has a name in four languages, in the messages of some slice', () => {
  for (const language of languages) {
    const keys = new Set(globSync(`{*,features/*}/messages/${language}.json`, { cwd: join(import.meta.dirname, '..') })
      .flatMap((file) => Object.keys(JSON.parse(readFileSync(join(import.meta.dirname, '..', file), 'utf8')) as object)));
    expect(routes.filter(({ title }) => !keys.has(title)).map(({ path }) => `${language} ${path}`)).toEqual([]);
  }
});

test('only coming in and the page of facts are open to everybody', () => {
  expect(routes.filter(({ access }) => access === 'public').map(({ path }) => path).sort()).toEqual(['/communique', '/enrol', '/sign-in']);
});

test('the navigation holds screens with a session that need no parameter', () => {
  expect(navigation.length).toBeGreaterThan(3);
  for (const screen of navigation) {
    expect(screen.access).toBe('session');
    expect(screen.path).not.toContain('$');
  }
});
