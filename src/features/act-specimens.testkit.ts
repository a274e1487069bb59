/** One full body of every act type and version, with every optional member: what vectors/acts is made from. */
import { charterOf } from '../record/space.testkit.ts';

const hash = (digit: string): string => digit.repeat(64);
const id = (party: string, digit: string): string => `${party}.${digit.repeat(20)}`;
const text = { part: hash('1'), class: 'text', media: 'text/plain', size: 12, audience: ['es', 'ma'] };
const label = { part: hash('2'), class: 'text', media: 'application/vnd.alternat.label+json', size: 20 };
const content = { part: hash('3'), class: 'text', media: 'application/vnd.alternat.text+json', size: 400 };
const key = { kind: 'passkey', alg: 'passkey-es256', public: `${'A'.repeat(87)}=`, rpId: 'alternat.example', credential: 'dGVzdA' };
const slot = { name: 'succession', base: hash('4') };
const relation = { relation: 'supersedes', text: hash('4') };
const recorded = { source: label, recordedAfterwards: true };
const cut = [{ party: 'es', size: 7, root: hash('5') }, { party: 'ma', size: 9, root: hash('6') }];

export const specimens: Readonly<Record<string, object>> = {
  'charter.sign.v1': { charter: charterOf(), change: hash('7') },
  'charter.propose.v1': { base: 'genesis', charter: charterOf(), continues: [{ party: 'ma', size: 3, root: hash('5') }] },
  'mandate.grant.v1': { officer: id('es', '1'), office: id('es', '2'), powers: ['draft', 'sign'], scopes: ['space', `body:${id('es', '3')}`], clearance: 'AMBER', until: '2027-03-06', key, proof: 'AAAA' },
  'mandate.key.v1': { officer: id('es', '1'), key, proof: 'AAAA' },
  'mandate.revoke.v1': { officer: id('es', '1'), key: hash('8'), since: 4, reason: 'lost' },
  'party.profile.v1': {
    endpoints: ['https://alternat.example:4702'], tls: [`${'A'.repeat(43)}=`], cosigners: [`alternat/${hash('9')}/es/cosigner+01234567+BA==`],
    passkeys: { rpIds: ['alternat.example'], origins: ['https://alternat.example'] }, policy: { nodeKeys: false },
  },
  'part.erase.v1': { parts: [hash('1')], basis: 'request' },
  'part.erased.v1': { erase: hash('a'), parts: [hash('1')], destroyedAt: '2026-11-23T10:42:00.000Z', backupsGoneOn: '2026-12-23' },
  'fork.report.v1': { log: 'ma', epoch: 1, index: 3, common: 3, sides: [{ note: 'a note', leaf: `${'A'.repeat(43)}=`, proof: [`${'A'.repeat(43)}=`] }, { note: 'another note' }] },
  'export.record.v1': { bundle: 'text', subject: hash('4'), manifest: hash('b'), sizes: cut, personal: true, purpose: text },
  'journal.anchor.v1': { size: 12, root: hash('c') },
  'note.make.v1': { about: { kind: 'text', id: hash('4'), revision: hash('4') }, words: text },
  'corps.declare.v1': { corps: id('es', '4'), name: label, short: label },
  'office.declare.v1': { office: id('es', '2'), title: label, corps: id('es', '4') },
  'text.draft.v1': { doc: id('es', '5'), kind: 'declaration', title: label, languages: [{ lang: 'ar', authority: 'authentic' }, { lang: 'fr', authority: 'working' }], slot, relation, basedOn: hash('d') },
  'text.revise.v1': { doc: id('es', '5'), lang: 'ar', epoch: 1, previous: hash('d'), content, clauses: [{ id: 'one1', tag: 'e'.repeat(32) }] },
  'pen.give.v1': { doc: id('es', '5'), lang: 'ar', epoch: 0, to: 'ma' },
  'pen.ask.v1': { doc: id('es', '5'), lang: 'ar' },
  'text.suggest.v1': { doc: id('es', '5'), lang: 'ar', clause: 'one1', revision: hash('d'), words: text, reason: text },
  'text.answer.v1': { suggestion: hash('e'), outcome: 'taken', reason: text },
  'text.concord.v1': { doc: id('es', '5'), revisions: [{ lang: 'ar', revision: hash('d') }, { lang: 'es', revision: hash('e') }], clauses: ['one1'] },
  'text.propose.v1': { doc: id('es', '5'), kind: 'declaration', title: label, charter: 'genesis', content: [{ lang: 'ar', authority: 'authentic', revision: hash('d'), content }], clauses: ['one1'], slot, relation },
  'text.sign.v1': { text: hash('4'), reason: text },
  'text.refuse.v1': { text: hash('4'), reason: text },
  'text.attest.v1': { text: hash('4'), cut },
  'text.register.v1': { text: hash('4'), direction: 'incoming', year: 2026, number: 17, written: 'E-17/2026' },
  'instrument.register.v1': {
    instrument: id('es', '6'), kind: 'treaty', level: 'countries', title: label, authentic: ['ar', 'es'],
    signed: { on: '2010-11-16', place: label, offices: [{ party: 'es', office: label }] }, inForceOn: '2012-05-01', gazettes: [{ country: 'ES', series: 'BOE', number: '116', on: '2012-05-15' }], ...recorded,
  },
  'body.create.v1': { body: id('es', '7'), kind: 'committee', name: label, parent: id('es', '8'), chairing: 'co-chairs', yearly: true, createdOn: '2013-11-27', instrument: { id: id('es', '6'), revision: hash('4') }, ...recorded },
  'series.create.v1': { series: id('es', '9'), title: label, instrument: { id: id('es', '6'), revision: hash('4') }, ...recorded },
  'edition.register.v1': {
    edition: id('es', 'a'), series: id('es', '9'), number: 2, host: 'ma', place: label, from: '2014-03-06', to: '2014-03-07', opensAt: '2014-03-06T09:00:00+00:00[Africa/Casablanca]',
    title: label, authentic: ['ar', 'es'], ...recorded,
  },
  'centre.register.v1': { centre: id('es', 'b'), port: label, host: 'ma', locode: 'MAPTM', openedOn: '2012-05-28', instrument: { id: id('es', '6'), revision: hash('4') }, ...recorded },
};
