import { expect, test } from 'vitest';
import { domainRegistry } from '../domain-slices.ts';
import { exchange, foundSpace, freshId, partOf, type TestParty } from '../../record/space.testkit.ts';
import { LABEL_MEDIA } from '../texts/content.ts';
import { OFFICE } from './rules.ts';

const label = (text: string): object => partOf(text, 'text', LABEL_MEDIA);

test('a party declares its corps and offices, by its root or an administrator, and may rename them', () => {
  const [es, ma] = foundSpace(domainRegistry) as [TestParty, TestParty];
  const [corps, office] = [freshId('es'), freshId('es')];
  const declare = (party: TestParty, body: object, by: Parameters<TestParty['act']>[2] = { by: [party.admin] }): string => party.act('office.declare', body, by).says;
  expect(declare(es, { office, title: label('Secretariat'), corps })).toBe('office.corps-unknown');
  expect(es.act('corps.declare', { corps, name: label('Police') }, { by: [es.draft] }).says).toBe('mandate.power-missing');
  expect(es.act('corps.declare', { corps, name: label('Police') }, { by: 'root' }).says).toBe('valid');
  expect(declare(es, { office, title: label('Secretariat'), corps })).toBe('valid');
  expect(declare(es, { office, title: label('General Secretariat'), corps })).toBe('valid');
  expect(es.fold.facts(OFFICE, office)).toHaveLength(2);
  exchange([es, ma]);
  expect(declare(ma, { office, title: label('Mine') })).toBe('act.object-of-other-party');
  expect(declare(ma, { office: freshId('ma'), title: label('Mine'), corps })).toBe('act.object-of-other-party');
  expect(declare(ma, { office: freshId('ma'), title: partOf('a plain text') })).toBe('act.body-malformed');
});
