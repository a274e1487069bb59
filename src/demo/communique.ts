/**
 * The announcement of the Marrakech symposium as a joint text of the exercise: our own sentences on
 * the public facts F1–F17, aligned by clause id. Arabic and Spanish are authentic, French and English
 * are working translations. Nothing later than the opening (6 March 2014) is said.
 */
import type { Language } from '../kernel/language.ts';

interface Announcement {
  readonly title: string;
  readonly clauses: readonly { readonly id: string; readonly number: string; readonly text: string }[];
}

const ids = ['c1frame', 'c2title', 'c3attend', 'c4purpose', 'c5topics', 'c6commit', 'c7cordoba', 'c8mechan'] as const;

function announce(title: string, texts: readonly string[]): Announcement {
  return { title, clauses: ids.map((id, index) => ({ id, number: String(index + 1), text: texts[index] as string })) };
}

export const announcement: Readonly<Record<Language, Announcement>> = {
  ar: announce('بلاغ مشترك بشأن الندوة العلمية الثانية بمراكش', [
    'في إطار التعاون القائم بين المملكة المغربية ومملكة إسبانيا في المجال الأمني، تستضيف المديرية العامة للأمن الوطني (DGSN) بمدينة مراكش، يومي 6 و7 مارس 2014، الندوة العلمية الثانية بين المؤسستين.',
    'عنوان الندوة هو: «التطرف الظلامي وسبل مواجهته: تحديات الإنتاج المشترك للأمن».',
    'يحضر الندوة المدير العام للأمن الوطني والمدير العام للشرطة الوطنية الإسبانية، إلى جانب خبراء أمنيين من الجانبين.',
    'تسعى الندوة إلى أربع غايات: تقوية آليات التعاون الأمني بين الجانبين؛ وتشخيص المخاطر الأمنية الراهنة؛ واستشراف التحديات الإجرامية المستقبلية؛ وتبادل الخبرات والتجارب في مواجهة التطرف الذي يولد الإرهاب.',
    'يقدم خبراء الجانبين عروضا ومداخلات حول المحاور الآتية: مسارات التطرف لدى الشباب؛ ومسارات التطرف لدى الجاليات الوطنية المقيمة بالخارج؛ ونقط التقاطع بين التطرف والتكنولوجيا الحديثة؛ والممارسات السليمة في الفضاءات العامة؛ والممارسات السليمة داخل المؤسسات السجنية؛ والإجابات المؤسساتية للمملكة المغربية.',
    'تعد هذه الندوة تفعيلا لتوصيات اللجنة الأمنية الإستراتيجية التي أحدثت بين المديريتين العامتين وأعلن عنها في نونبر 2013 بقرطبة. ومن مهام اللجنة تحديد أولويات عمل الأجهزة الأمنية في البلدين، واتخاذ التدابير اللازمة لتنفيذ الخطوط الإستراتيجية وتقييمها.',
    'انعقدت الندوة المغربية الإسبانية الأولى حول الأمن بقرطبة في أواخر نونبر 2013 تحت عنوان «تحديات جديدة: مزيدا من التعاون»، واتفق خلالها الوفدان على معالم الرؤية الإستراتيجية وعلى المجالات ذات الأولوية في التنسيق الأمني المشترك.',
    'تشكل هذه الندوات آلية جديدة تعزز الآليات القائمة: اتفاق التعاون المبرم بين المؤسستين في أبريل 2013 في مجال مكافحة الهجرة غير المشروعة؛ والعمل المشترك داخل المفوضيات الأمنية المشتركة بميناء طنجة المتوسط وميناء الجزيرة الخضراء؛ والاتفاقيات الثنائية بين البلدين في المجال الأمني.',
  ]),
  es: announce('Comunicado conjunto sobre el segundo seminario científico de Marrakech', [
    'En el marco de la cooperación entre el Reino de Marruecos y el Reino de España en materia de seguridad, la Dirección General de la Seguridad Nacional (DGSN) acoge en Marrakech, los días 6 y 7 de marzo de 2014, el segundo seminario científico entre ambas instituciones.',
    'El seminario lleva por título «El extremismo oscurantista y las formas de hacerle frente: los desafíos de la producción conjunta de la seguridad».',
    'Asisten el Director General de la Seguridad Nacional y el Director General de la Policía, junto con expertos en seguridad de ambas partes.',
    'El seminario persigue cuatro fines: reforzar los mecanismos de cooperación entre las partes; diagnosticar los riesgos de seguridad actuales; anticipar los desafíos delictivos futuros; e intercambiar conocimientos y experiencias para hacer frente al extremismo que engendra el terrorismo.',
    'Los expertos de ambas partes presentan ponencias e intervenciones sobre los temas siguientes: los procesos de radicalización entre los jóvenes; los procesos de radicalización entre las comunidades nacionales residentes en el extranjero; los puntos de contacto entre el extremismo y las tecnologías modernas; las buenas prácticas en los espacios públicos; las buenas prácticas en las instituciones penitenciarias; y las respuestas institucionales del Reino de Marruecos.',
    'El seminario pone en práctica recomendaciones del Comité Estratégico de Seguridad, creado entre ambas direcciones generales y anunciado en Córdoba en noviembre de 2013. Corresponde al Comité, entre otras tareas, fijar las prioridades de trabajo de los servicios de seguridad de ambos países y adoptar y evaluar las medidas que ejecutan las líneas estratégicas.',
    'El primer seminario hispano-marroquí sobre seguridad se celebró en Córdoba a finales de noviembre de 2013 con el título «Nuevos desafíos: más cooperación». En él, ambas delegaciones acordaron las líneas generales de la visión estratégica y los ámbitos prioritarios de la coordinación conjunta en materia de seguridad.',
    'Estos seminarios constituyen un mecanismo nuevo que refuerza los existentes: el acuerdo de cooperación celebrado entre ambas instituciones en abril de 2013 contra la inmigración irregular; el trabajo común en los centros de cooperación policial de los puertos de Tánger Med y de Algeciras; y los acuerdos bilaterales entre ambos países en materia de seguridad.',
  ]),
  fr: announce('Communiqué conjoint relatif au deuxième séminaire scientifique de Marrakech', [
    'Dans le cadre de la coopération entre le Royaume du Maroc et le Royaume d’Espagne en matière de sécurité, la Direction générale de la Sûreté nationale (DGSN) accueille à Marrakech, les 6 et 7 mars 2014, le deuxième séminaire scientifique entre les deux institutions.',
    'Le séminaire a pour titre « L’extrémisme obscurantiste et les moyens d’y faire face : les défis de la coproduction de la sécurité ».',
    'Y assistent le Directeur général de la Sûreté nationale et le Directeur général de la Police nationale espagnole, ainsi que des experts en sécurité des deux parties.',
    'Le séminaire poursuit quatre buts : renforcer les mécanismes de coopération entre les parties ; établir le diagnostic des risques sécuritaires actuels ; anticiper les défis criminels futurs ; échanger expertises et expériences face à l’extrémisme qui engendre le terrorisme.',
    'Les experts des deux parties présentent des exposés et des interventions sur les sujets suivants : les parcours de radicalisation chez les jeunes ; les parcours de radicalisation au sein des communautés nationales établies à l’étranger ; les points de contact entre l’extrémisme et les technologies modernes ; les bonnes pratiques dans les espaces publics ; les bonnes pratiques dans les établissements pénitentiaires ; les réponses institutionnelles du Royaume du Maroc.',
    'Le séminaire met en œuvre des recommandations du Comité stratégique de sécurité, créé entre les deux directions générales et annoncé à Cordoue en novembre 2013. Il appartient notamment au Comité de fixer les priorités d’action des services de sécurité des deux pays et de prendre et d’évaluer les mesures d’exécution des lignes stratégiques.',
    'Le premier séminaire maroco-espagnol sur la sécurité s’est tenu à Cordoue à la fin du mois de novembre 2013 sous le titre « Nouveaux défis : davantage de coopération ». Les deux délégations y ont arrêté les grandes lignes de la vision stratégique et les domaines prioritaires de la coordination sécuritaire conjointe.',
    'Ces séminaires constituent un mécanisme nouveau qui renforce ceux qui existent : l’accord de coopération conclu entre les deux institutions en avril 2013 contre l’immigration irrégulière ; le travail commun dans les commissariats conjoints des ports de Tanger Med et d’Algésiras ; les accords bilatéraux entre les deux pays en matière de sécurité.',
  ]),
  en: announce('Joint communiqué on the second scientific symposium at Marrakech', [
    'Within the cooperation between the Kingdom of Morocco and the Kingdom of Spain in security matters, the Directorate General of National Security (DGSN) hosts in Marrakech, on 6 and 7 March 2014, the second scientific symposium between the two institutions.',
    'The title of the symposium is “Obscurantist extremism and the ways of confronting it: the challenges of the joint production of security”.',
    'The Director General of National Security and the Director General of the Police attend, together with security experts of both sides.',
    'The symposium has four purposes: to strengthen the mechanisms of cooperation between the parties; to diagnose current security risks; to foresee future criminal challenges; and to exchange expertise and experience on confronting the extremism that generates terrorism.',
    'Experts of both sides give presentations and interventions on the following topics: pathways to extremism among young people; pathways to extremism among national communities living abroad; the overlap between extremism and modern technology; good practices in public spaces; good practices in prison institutions; and the institutional responses of the Kingdom of Morocco.',
    'The symposium activates recommendations of the Strategic Security Committee, created between the two directorates general and announced at Córdoba in November 2013. Among its tasks the committee sets the work priorities of the security services of both countries, and takes and evaluates the measures that implement the strategic lines.',
    'The first Moroccan-Spanish symposium on security was held at Córdoba at the end of November 2013 under the title “New challenges: more cooperation”. There both delegations agreed the outline of the strategic vision and the priority areas of joint security coordination.',
    'These symposia are a new mechanism that strengthens the existing ones: the cooperation agreement concluded between the two institutions in April 2013 against irregular migration; the work done together in the joint police centres at the ports of Tanger Med and Algeciras; and the bilateral agreements between the two countries in security matters.',
  ]),
};
