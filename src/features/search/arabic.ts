/**
 * Arabic for search: folding of what writers vary (hamza, alef, ta marbuta, alef maqsura, vowel signs,
 * tatweel, digits, Moroccan month names) and a light stemmer after Larkey's light10 (article and
 * conjunction before, number and gender endings after). Light on purpose: roots conflate too much.
 */

const SIGNS = /[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]/gu;
const LETTERS: Readonly<Record<string, string>> = {
  أ: 'ا', إ: 'ا', آ: 'ا', ٱ: 'ا', ى: 'ي', ی: 'ي', ئ: 'ي', ؤ: 'و', ة: 'ه', ک: 'ك', ء: '',
};
/** Moroccan month names beside those that the 2014 text writes: both are found by either. */
const MONTHS: Readonly<Record<string, string>> = {
  ماي: 'مايو', يوليوز: 'يوليو', غشت: 'اغسطس', شتنبر: 'سبتمبر', نونبر: 'نوفمبر', دجنبر: 'ديسمبر',
};
const ARTICLES = ['وال', 'بال', 'كال', 'فال', 'ولل', 'ال', 'لل'] as const;
const ENDINGS = ['ها', 'ان', 'ات', 'ون', 'ين', 'يه', 'ه', 'ي'] as const;
/** From this length on, inner long vowels are dropped: loan words are written with and without them. */
const LOAN_WORD = 7;

/** The folded surface, article kept: `الإستراتيجيّة` → `الاستراتيجيه`. */
export function foldArabic(word: string): string {
  let folded = '';
  for (const letter of word.replaceAll(SIGNS, '')) folded += LETTERS[letter] ?? digit(letter);
  return MONTHS[folded] ?? folded;
}

/** Terms of a folded word: without article, and its stem (marked `~`). */
export function stemsOfArabic(folded: string): string[] {
  const bare = withoutArticle(folded);
  const month = MONTHS[bare] ?? bare;
  let stem = withoutConjunction(month);
  for (let pass = 0; pass < 2; pass++) stem = withoutEnding(stem);
  return [month, `~${skeleton(stem)}`];
}

function digit(letter: string): string {
  const code = letter.codePointAt(0) as number;
  if (code >= 0x660 && code <= 0x669) return String(code - 0x660);
  if (code >= 0x6f0 && code <= 0x6f9) return String(code - 0x6f0);
  return letter;
}

function withoutArticle(word: string): string {
  for (const article of ARTICLES) if (word.startsWith(article) && word.length - article.length >= 2) return word.slice(article.length);
  return word;
}

function withoutConjunction(word: string): string {
  return word.startsWith('و') && word.length >= 5 ? word.slice(1) : word;
}

function withoutEnding(word: string): string {
  for (const ending of ENDINGS) if (word.endsWith(ending) && word.length - ending.length >= 3) return word.slice(0, -ending.length);
  return word;
}

function skeleton(stem: string): string {
  if (stem.length < LOAN_WORD) return stem;
  return stem.slice(0, 1) + stem.slice(1, -1).replaceAll(/[وي]/g, '') + stem.slice(-1);
}
