import { describe, expect, test } from 'vitest';
import { permissionsOf, type Situation } from './permissions.ts';

const language = (lang: 'ar' | 'es', pen: string): Situation['languages'][number] => ({
  lang, authority: 'authentic', pen, epoch: 0, shared: true, saved: false, openSuggestions: false,
});

const draft: Situation = {
  own: 'dgsn', state: 'drafting', mayDraft: true, maySign: true, languages: [language('ar', 'dgsn'), language('es', 'dgp')], parties: ['dgp', 'dgsn'],
  authentic: ['ar', 'es'], holes: [], concordance: [{ clause: 'aaaa', parties: ['dgp', 'dgsn'] }], stances: new Map([['dgp', 'none'], ['dgsn', 'none']]),
};
const open: Situation = { ...draft, state: 'proposed', proposer: 'dgp' };

function codes(situation: Situation): string[] {
  return permissionsOf(situation).map(({ action, lang, refusal }) => [action, lang, refusal].filter((one) => one !== undefined).join(' '));
}

describe('a draft', () => {
  test('whoever holds the pen edits and may give it; the other suggests and may ask', () => {
    expect(codes(draft)).toEqual([
      'edit ar', 'give-pen ar', 'edit es text.pen-not-held', 'ask-pen es', 'suggest es', 'share text.nothing-to-share', 'concord', 'propose', 'export',
    ]);
  });

  test('without the power nothing is offered as possible but to export', () => {
    const denied = permissionsOf({ ...draft, mayDraft: false }).filter((one) => one.action !== 'export');
    expect(new Set(denied.map((one) => one.refusal))).toEqual(new Set(['mandate.power-missing']));
  });

  test.each([
    [{ languages: [{ ...language('ar', 'dgsn'), saved: true }, language('es', 'dgp')] }, 'text.unshared-changes', { lang: 'ar' }],
    [{ languages: [language('ar', 'dgsn'), { ...language('es', 'dgp'), shared: false }] }, 'text.authentic-language-missing', { lang: 'es' }],
    [{ languages: [language('ar', 'dgsn')] }, 'text.authentic-language-missing', { lang: 'es' }],
    [{ holes: [{ clause: 'bbbb', lang: 'es' as const }] }, 'text.clause-without-sibling', { clause: 'bbbb', lang: 'es' }],
    [{ concordance: [{ clause: 'aaaa', parties: ['dgsn'] }] }, 'text.concordance-missing', { party: 'dgp', clause: 'aaaa' }],
  ])('is not ready to be proposed: %#', (change, refusal, params) => {
    expect(permissionsOf({ ...draft, ...change }).find((one) => one.action === 'propose')).toEqual({ action: 'propose', refusal, params });
  });

  test('never shared: it is written, shared or discarded', () => {
    const local = { ...draft, state: 'local' as const, languages: [{ ...language('ar', 'dgsn'), shared: false, saved: true }] };
    expect(codes(local)).toEqual(['edit ar', 'share', 'discard']);
  });

  test('suggestions are answered by who holds the pen', () => {
    const asked = { ...draft, languages: [{ ...language('ar', 'dgsn'), openSuggestions: true }, { ...language('es', 'dgp'), openSuggestions: true }] };
    expect(codes(asked).filter((one) => one.startsWith('answer'))).toEqual(['answer-suggestion ar', 'answer-suggestion es text.pen-not-held']);
  });
});

describe('a proposal', () => {
  test('is signed or refused; by its proposer signed or withdrawn', () => {
    expect(codes(open)).toEqual(['sign', 'refuse', 'export']);
    expect(codes({ ...open, proposer: 'dgsn' })).toEqual(['sign', 'withdraw', 'export']);
  });

  test('a stance is taken once', () => {
    expect(codes({ ...open, state: 'partly-signed', stances: new Map([['dgp', 'none'], ['dgsn', 'signed']]) })).toEqual(['export']);
  });

  test('a taken slot bars the signature and not the refusal', () => {
    expect(codes({ ...open, signingBarred: { code: 'text.slot-taken', params: { by: 'x' } } })).toEqual(['sign text.slot-taken', 'refuse', 'export']);
    expect(codes({ ...open, maySign: false })).toEqual(['sign mandate.power-missing', 'refuse mandate.power-missing', 'export']);
  });

  test('who is no party of its charter takes no stance', () => {
    expect(codes({ ...open, own: 'third' })).toEqual(['export']);
  });
});

test('concluded it can be followed, dead it can be begun again', () => {
  expect(codes({ ...open, state: 'concluded' })).toEqual(['supersede', 'amend', 'correct', 'export']);
  expect(codes({ ...open, state: 'dead' })).toEqual(['begin-again', 'export']);
});
