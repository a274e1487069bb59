import { expect, test } from 'vitest';
import { chooseLanguage } from './locale.ts';

test('the remembered language wins over the browser', () => {
  expect(chooseLanguage('fr', ['ar-MA'])).toBe('fr');
});

test('without a remembered one, the first of the browser that the product speaks', () => {
  expect(chooseLanguage(null, ['de-DE', 'es-419', 'ar'])).toBe('es');
});

test('what is no language of the product is nobody’s choice', () => {
  expect(chooseLanguage('de', [])).toBeUndefined();
  expect(chooseLanguage('__proto__', ['x'])).toBeUndefined();
});
