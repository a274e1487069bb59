/** What other slices may use of officers: the operations by which a prepared act is signed. */
export { cancelSigning, completeSigning } from './contract.ts';
/** Fact: an office was declared; key: its id. */
export { OFFICE } from './rules.ts';
