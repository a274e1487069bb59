/**
 * What every surface of an exercise says, always in all four languages at once: screens, print, PDF
 * pages, feeds, bundles, the offline page, the verifier. Here and not in a catalogue, because it must
 * not depend on a chosen language being loaded.
 */
import type { Language } from './language.ts';

export const exerciseWords: Readonly<Record<Language, string>> = {
  ar: 'تمرين: ليس صادراً عن أيٍّ من المؤسستين',
  es: 'Ejercicio: no es un acto de ninguna de las dos instituciones',
  fr: 'Exercice : ceci n’est un acte d’aucune des deux institutions',
  en: 'Exercise: not an act of either institution',
};
