/** Addresses of the files that a text can be taken away as. Each party's original has its own language first. */
import type { Hash, PartyId } from '../../../kernel/ids.ts';
import { addressOf } from '../../../web/client.ts';

export function originalPdf(text: Hash, party: PartyId): string {
  return addressOf({ path: '/api/texts/:text/pdf' }, { params: { text }, query: { original: party } });
}

export function wordFile(id: string): string {
  return addressOf({ path: '/api/texts/:id/docx' }, { params: { id } });
}

export function textBundle(text: Hash): string {
  return addressOf({ path: '/api/texts/:text/bundle' }, { params: { text } });
}
