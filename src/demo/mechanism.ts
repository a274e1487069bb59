/**
 * What the exercise enters of the mechanism, as *recorded afterwards from public sources*. Facts only:
 * what the communiqué of March 2014 and press reports of official texts say. Offices, never persons.
 */
import type { z } from 'zod';
import type { registerCentreInput } from '../features/centres/contract.ts';
import type { createBodyInput } from '../features/committee/contract.ts';
import type { registerInstrumentBody } from '../features/agreements/contract.ts';
import type { registerEditionInput } from '../features/symposia/contract.ts';
import type { Label } from '../kernel/language.ts';

type Party = 'dgsn' | 'dgp';
type Instrument = z.infer<typeof registerInstrumentBody>;

export const sources = {
  communique: { ar: 'بلاغ صحفي، مارس 2014', es: 'Comunicado de prensa, marzo de 2014', fr: 'Communiqué de presse, mars 2014', en: 'Press communiqué, March 2014' },
  press: { ar: 'تقارير صحفية عن نصوص رسمية', es: 'Noticias de prensa sobre textos oficiales', fr: 'Articles de presse sur des textes officiels', en: 'Press reports of official texts' },
  gazette: { ar: 'الجريدة الرسمية الإسبانية', es: 'Boletín Oficial del Estado', fr: 'Journal officiel espagnol (BOE)', en: 'Official gazette of Spain (BOE)' },
} as const satisfies Record<string, Label>;

const directors: Instrument['offices'] = [
  { party: 'dgsn', office: { ar: 'المدير العام للأمن الوطني', es: 'Director General de la Seguridad Nacional', fr: 'Directeur général de la Sûreté nationale', en: 'Director General of National Security' } },
  { party: 'dgp', office: { ar: 'المدير العام للشرطة الوطنية الإسبانية', es: 'Director General de la Policía', fr: 'Directeur général de la Police nationale', en: 'Director General of the Police' } },
];
const cordoba: Label = { ar: 'قرطبة', es: 'Córdoba', fr: 'Cordoue', en: 'Córdoba' };
const marrakech: Label = { ar: 'مراكش', es: 'Marrakech', fr: 'Marrakech', en: 'Marrakech' };

/** By key, with the party that enters it. */
export const instruments: Readonly<Record<'crossBorder' | 'migration' | 'declaration' | 'security2019', { by: Party; input: Instrument }>> = {
  crossBorder: {
    by: 'dgp',
    input: {
      kind: 'treaty', level: 'countries', authentic: ['ar', 'es'], signedOn: '2010-11-16', offices: [],
      title: {
        ar: 'اتفاق التعاون الأمني العابر للحدود', es: 'Acuerdo en materia de cooperación policial transfronteriza',
        fr: 'Accord en matière de coopération policière transfrontalière', en: 'Agreement on cross-border police cooperation',
      },
      gazettes: [{ country: 'ES', series: 'BOE', number: '116', on: '2012-05-15' }], source: sources.gazette, recordedAfterwards: true,
    },
  },
  migration: {
    by: 'dgsn',
    input: {
      kind: 'administrative-agreement', level: 'institutions', authentic: ['ar', 'es'], signedOn: '2013-04', offices: directors,
      title: {
        ar: 'اتفاق التعاون في مجال مكافحة الهجرة غير المشروعة', es: 'Acuerdo de cooperación contra la inmigración irregular',
        fr: 'Accord de coopération contre l’immigration irrégulière', en: 'Cooperation agreement against irregular migration',
      },
      gazettes: [], source: sources.communique, recordedAfterwards: true,
    },
  },
  declaration: {
    by: 'dgp',
    input: {
      kind: 'declaration', level: 'institutions', authentic: ['ar', 'es'], signedOn: '2013-11-27', place: cordoba, offices: directors,
      title: { ar: 'إعلان قرطبة المشترك', es: 'Declaración conjunta de Córdoba', fr: 'Déclaration conjointe de Cordoue', en: 'Joint declaration of Córdoba' },
      gazettes: [], source: sources.press, recordedAfterwards: true,
    },
  },
  security2019: {
    by: 'dgsn',
    input: {
      kind: 'treaty', level: 'countries', authentic: ['ar', 'es'], signedOn: '2019-02-13', inForceOn: '2022-04-30', offices: [],
      title: {
        ar: 'اتفاقية التعاون في مجال مكافحة الجريمة', es: 'Convenio en materia de cooperación en la lucha contra la delincuencia',
        fr: 'Convention de coopération en matière de lutte contre la criminalité', en: 'Agreement on cooperation in the fight against crime',
      },
      gazettes: [], source: sources.press, recordedAfterwards: true,
    },
  },
};

export const series: { by: Party; title: Label } = {
  by: 'dgp',
  title: {
    ar: 'الندوات العلمية المغربية الإسبانية حول الأمن', es: 'Seminarios científicos hispano-marroquíes sobre seguridad',
    fr: 'Séminaires scientifiques maroco-espagnols sur la sécurité', en: 'Moroccan-Spanish scientific symposia on security',
  },
};

type Edition = Omit<z.infer<typeof registerEditionInput>, 'series'>;
export const editions: readonly { by: Party; input: Edition }[] = [
  {
    by: 'dgp',
    input: {
      number: 1, host: 'dgp', place: cordoba, from: '2013-11-27', to: '2013-11-27', authentic: ['ar', 'es'],
      title: { ar: 'تحديات جديدة: مزيدا من التعاون', es: 'Nuevos desafíos: más cooperación', fr: 'Nouveaux défis : davantage de coopération', en: 'New challenges: more cooperation' },
      source: sources.press, recordedAfterwards: true,
    },
  },
  {
    by: 'dgsn',
    input: {
      number: 2, host: 'dgsn', place: marrakech, from: '2014-03-06', to: '2014-03-07', authentic: ['ar', 'es'],
      title: {
        ar: 'التطرف الظلامي وسبل مواجهته: تحديات الإنتاج المشترك للأمن',
        es: 'El extremismo oscurantista y las formas de hacerle frente: los desafíos de la producción conjunta de la seguridad',
        fr: 'L’extrémisme obscurantiste et les moyens d’y faire face : les défis de la coproduction de la sécurité',
        en: 'Obscurantist extremism and the ways of confronting it: the challenges of the joint production of security',
      },
      source: sources.communique, recordedAfterwards: true,
    },
  },
];

type Body = Omit<z.infer<typeof createBodyInput>, 'parent' | 'instrument'>;
/** `under`: reports to the committee. `cites`: created by the declaration of Córdoba. */
export const bodies: readonly { by: Party; under: boolean; cites: boolean; input: Body }[] = [
  {
    by: 'dgp', under: false, cites: true,
    input: {
      kind: 'committee', chairing: 'co-chairs', yearly: true, createdOn: '2013-11-27', source: sources.press, recordedAfterwards: true,
      name: { ar: 'اللجنة الأمنية الإستراتيجية', es: 'Comité Estratégico de Seguridad', fr: 'Comité stratégique de sécurité', en: 'Strategic Security Committee' },
    },
  },
  {
    by: 'dgsn', under: true, cites: false,
    input: {
      kind: 'follow-up', chairing: 'co-chairs', yearly: false, source: sources.press, recordedAfterwards: true,
      name: { ar: 'لجنة تتبع تنفيذ التوصيات', es: 'Comité de seguimiento', fr: 'Comité de suivi', en: 'Follow-up committee' },
    },
  },
  {
    by: 'dgsn', under: true, cites: false,
    input: {
      kind: 'technical-subcommittee', chairing: 'co-chairs', yearly: false, source: sources.press, recordedAfterwards: true,
      name: {
        ar: 'اللجنة الفرعية التقنية لمكافحة الإرهاب وتبادل المعلومات والخبرات', es: 'Subcomité técnico de lucha contra el terrorismo e intercambio de información y experiencias',
        fr: 'Sous-comité technique de lutte contre le terrorisme et d’échange d’informations et d’expertises', en: 'Technical subcommittee on counter-terrorism and exchange of information and expertise',
      },
    },
  },
  {
    by: 'dgp', under: true, cites: false,
    input: {
      kind: 'technical-subcommittee', chairing: 'co-chairs', yearly: false, source: sources.press, recordedAfterwards: true,
      name: { ar: 'اللجنة الفرعية التقنية للتكوين', es: 'Subcomité técnico de formación', fr: 'Sous-comité technique de formation', en: 'Technical subcommittee on training' },
    },
  },
];

type Centre = Omit<z.infer<typeof registerCentreInput>, 'instrument'>;
/** Each party enters the centre on its own soil; both rest on the agreement of 2010. */
export const centres: readonly { by: Party; input: Centre }[] = [
  {
    by: 'dgsn',
    input: {
      host: 'dgsn', locode: 'MAPTM', openedOn: '2012-05-28', source: sources.press, recordedAfterwards: true,
      port: { ar: 'ميناء طنجة المتوسط', es: 'puerto de Tánger Med', fr: 'port Tanger Med', en: 'port of Tanger Med' },
    },
  },
  {
    by: 'dgp',
    input: {
      host: 'dgp', locode: 'ESALG', openedOn: '2012-05-28', source: sources.press, recordedAfterwards: true,
      port: { ar: 'ميناء الجزيرة الخضراء', es: 'puerto de Algeciras', fr: 'port d’Algésiras', en: 'port of Algeciras' },
    },
  },
];
