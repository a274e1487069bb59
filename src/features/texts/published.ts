/**
 * What other slices may use of joint texts. They cite a text by its id (the act that proposed it), never
 * by its document; whether it is concluded is asked of record/stances.ts.
 */
export { textRow, type TextRow } from './views.ts';
export { ATTESTED, REGISTERED } from './facts.ts';
