import { expect, test } from 'vitest';
import { fold, termsOf, wantedOf } from './analysis.ts';
import type { Language } from '../../kernel/language.ts';

/** True when a search for `query` finds a text that holds `text`. */
function finds(query: string, text: string, language: Language): boolean {
  const terms = termsOf(text, language);
  return wantedOf(query).every((wanted) => wanted.terms.some((term) => terms.has(term))
    || (wanted.beginning !== undefined && [...terms.keys()].some((term) => term.startsWith(wanted.beginning as string))));
}

test.each(['الإستراتيجية', 'الاستراتيجية', 'استراتجية', 'إستراتيجية', 'والاستراتيجية', 'الإستراتيـــجية', 'الاِسْتْرَاتِيجِيَّة'])('%s finds the strategic line', (query) => {
  expect(finds(query, 'تنفيذ الخطوط الإستراتيجية للتعاون', 'ar')).toBe(true);
});

test.each([
  ['توصيات', 'تفعيل التوصيات'], ['توصية', 'تفعيل التوصيات'], ['لجنة', 'اللجنة الأمنية'], ['اللجنه', 'لجنة'],
  ['نونبر', 'في نوفمبر المنصرم'], ['نوفمبر', 'شهر نونبر'], ['٢٠١٤', 'سنة 2014'], ['مركز', 'المراكز والمركز'],
  ['تقييم', 'اتخاذ وتقييم الإجراءات'], ['الأمن', 'أمن'], ['مؤسسات', 'المؤسسات السجنية'],
])('%s finds: %s', (query, text) => {
  expect(finds(query, text, 'ar')).toBe(true);
});

test.each([
  ['evaluacion', 'la evaluación de las medidas', 'es'], ['evaluaciones', 'la evaluación', 'es'], ['COMITE', 'el Comité Estratégico', 'es'],
  ['medida', 'medidas', 'es'], ['recommandation', 'les recommandations adoptées', 'fr'], ['evaluer', 'évaluer', 'fr'],
  ['de la seguridad', 'de la seguridad', 'es'], ['recommendations', 'a recommendation', 'en'], ['comit', 'el comité', 'es'], ['DGSN', 'المديرية (DGSN)', 'ar'],
] as const)('%s finds: %s', (query, text, language) => {
  expect(finds(query, text, language)).toBe(true);
});

test.each([
  ['جمعية', 'اللجنة الأمنية', 'ar'], ['medio', 'el comité', 'es'], ['comité seguridad', 'comité', 'es'], ['وزارة', 'زيارة', 'ar'],
] as const)('%s does not find: %s', (query, text, language) => {
  expect(finds(query, text, language)).toBe(false);
});

test('only the last word may be unfinished, and a beginning never matches a stem', () => {
  expect(finds('com seguridad', 'comité de seguridad', 'es')).toBe(false);
  expect(finds('seguridad com', 'comité de seguridad', 'es')).toBe(true);
  expect(wantedOf('ab').map((wanted) => wanted.beginning)).toEqual([undefined]);
});

test('stop words count only when the query has nothing else', () => {
  expect(wantedOf('de la seguridad')).toHaveLength(1);
  expect(wantedOf('de la')).toHaveLength(2);
  expect(wantedOf('  ,;  ')).toEqual([]);
});

test('folding keeps numbers and joins accents, and long runs are cut', () => {
  expect(fold('Évaluación')).toBe('evaluacion');
  expect(fold('x'.repeat(100))).toHaveLength(40);
});
