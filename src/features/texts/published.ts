/**
 * What other slices may ask about joint texts: inside a rule, by the cut; for screens, over what this
 * node has decided. They cite a text by its id (the act that proposed it), never by its document.
 */
export { conclusionOf, isConcluded, isDead, stancesOf, textOf, type Slot, type Stance, type TextData } from '../../record/stances.ts';
export { textRow, type TextRow } from './views.ts';
export { ATTESTED, REGISTERED } from './facts.ts';
