/** A fresh clause id: random, so that two colleagues who insert at once never share one. */
const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';

export function mintClause(): string {
  // 252 = 7 × 36: higher bytes are drawn again, so that every letter is as likely as another.
  let id = '';
  while (id.length < 8) {
    for (const byte of crypto.getRandomValues(new Uint8Array(12))) if (byte < 252 && id.length < 8) id += ALPHABET[byte % 36];
  }
  return id;
}
