/**
 * Who takes part in the exercise: two parties, their corps, and the offices whose keys the nodes keep.
 * Offices only, never persons. Words from the glossary.
 */
import type { Label, Language } from '../kernel/language.ts';
import type { Power } from '../record/rule.ts';

export interface DemoOffice {
  /** Name of the step and of the sign-in link, e.g. `co-chair`. */
  readonly role: 'co-chair' | 'secretary' | 'linguist' | 'administrator' | 'auditor' | 'coordinator';
  readonly title: Label;
  readonly powers: readonly Power[];
}

export interface DemoParty {
  readonly id: 'dgsn' | 'dgp';
  /** Folder of the node, and what the command prints. */
  readonly place: 'rabat' | 'madrid';
  readonly name: Label;
  readonly short: Label;
  readonly country: 'MA' | 'ES';
  readonly language: Language;
  readonly zone: string;
  readonly corps: readonly { readonly id: string; readonly label: Label }[];
  readonly offices: readonly DemoOffice[];
}

const common: Readonly<Record<Exclude<DemoOffice['role'], 'co-chair'>, { title: Label; powers: readonly Power[] }>> = {
  secretary: {
    title: { ar: 'كتابة اللجنة', es: 'Secretaría del Comité', fr: 'Secrétariat du Comité', en: 'Secretariat of the Committee' },
    powers: ['draft', 'report'],
  },
  linguist: {
    title: { ar: 'مصلحة الترجمة', es: 'Servicio de traducción', fr: 'Service de traduction', en: 'Language service' },
    powers: ['draft'],
  },
  administrator: {
    title: { ar: 'إدارة النظام', es: 'Administración del sistema', fr: 'Administration du système', en: 'System administration' },
    powers: ['administer'],
  },
  auditor: {
    title: { ar: 'المفتشية', es: 'Inspección', fr: 'Inspection', en: 'Inspectorate' },
    powers: ['audit'],
  },
  coordinator: {
    title: { ar: 'منسق المركز', es: 'Coordinador del centro', fr: 'Coordonnateur du centre', en: 'Centre coordinator' },
    powers: ['centre', 'report'],
  },
};

function offices(coChair: Label): readonly DemoOffice[] {
  const others = (['secretary', 'linguist', 'administrator', 'auditor', 'coordinator'] as const).map((role) => ({ role, ...common[role] }));
  return [{ role: 'co-chair', title: coChair, powers: ['sign', 'draft', 'report'] }, ...others];
}

export const parties: readonly [DemoParty, DemoParty] = [
  {
    id: 'dgsn',
    place: 'rabat',
    name: {
      ar: 'المديرية العامة للأمن الوطني',
      es: 'Dirección General de la Seguridad Nacional',
      fr: 'Direction générale de la Sûreté nationale',
      en: 'Directorate General of National Security',
    },
    short: { ar: 'الأمن الوطني', es: 'DGSN', fr: 'DGSN', en: 'DGSN' },
    country: 'MA',
    language: 'ar',
    zone: 'Africa/Casablanca',
    corps: [
      { id: 'dgsn', label: { ar: 'المديرية العامة للأمن الوطني', es: 'Dirección General de la Seguridad Nacional', fr: 'Direction générale de la Sûreté nationale', en: 'Directorate General of National Security' } },
      { id: 'gendarmerie', label: { ar: 'الدرك الملكي', es: 'Gendarmería Real', fr: 'Gendarmerie royale', en: 'Royal Gendarmerie' } },
    ],
    offices: offices({
      ar: 'المدير العام للأمن الوطني',
      es: 'Director General de la Seguridad Nacional',
      fr: 'Directeur général de la Sûreté nationale',
      en: 'Director General of National Security',
    }),
  },
  {
    id: 'dgp',
    place: 'madrid',
    name: {
      ar: 'المديرية العامة للشرطة الوطنية الإسبانية',
      es: 'Dirección General de la Policía',
      fr: 'Direction générale de la Police nationale espagnole',
      en: 'Directorate General of the Police (Spain)',
    },
    short: { ar: 'الشرطة الوطنية الإسبانية', es: 'DGP', fr: 'DGP', en: 'DGP' },
    country: 'ES',
    language: 'es',
    zone: 'Europe/Madrid',
    corps: [
      { id: 'policia', label: { ar: 'الشرطة الوطنية الإسبانية', es: 'Policía Nacional', fr: 'Police nationale espagnole', en: 'National Police (Spain)' } },
      { id: 'guardia', label: { ar: 'الحرس المدني الإسباني', es: 'Guardia Civil', fr: 'Garde civile', en: 'Civil Guard' } },
    ],
    offices: offices({
      ar: 'المدير العام للشرطة الوطنية الإسبانية',
      es: 'Director General de la Policía',
      fr: 'Directeur général de la Police nationale',
      en: 'Director General of the Police',
    }),
  },
];
