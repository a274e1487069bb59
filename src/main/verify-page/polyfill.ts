/** What browsers before 2025 lack of Uint8Array's text forms (ECMAScript 2026): this page should open in any of them. */

interface TextForms {
  fromHex?: (text: string) => Uint8Array;
  fromBase64?: (text: string) => Uint8Array;
}
interface Written {
  toHex?: () => string;
  toBase64?: (options?: { alphabet?: 'base64' | 'base64url'; omitPadding?: boolean }) => string;
}

export function addTextForms(): void {
  const made = Uint8Array as unknown as TextForms;
  const written = Uint8Array.prototype as unknown as Written;
  made.fromHex ??= (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  // atob forgives missing padding and stray bits; callers ask for the strict form.
  made.fromBase64 ??= (text) => {
    const decoded = atob(text);
    if (btoa(decoded) !== text) throw new SyntaxError('not strict base64');
    return Uint8Array.from(decoded, (letter) => letter.charCodeAt(0));
  };
  written.toHex ??= function toHex(this: Uint8Array): string {
    return Array.from(this, (byte) => byte.toString(16).padStart(2, '0')).join('');
  };
  written.toBase64 ??= function toBase64(this: Uint8Array, options): string {
    const plain = btoa(Array.from(this, (byte) => String.fromCharCode(byte)).join(''));
    const lettered = options?.alphabet === 'base64url' ? plain.replaceAll('+', '-').replaceAll('/', '_') : plain;
    return options?.omitPadding === true ? lettered.replaceAll('=', '') : lettered;
  };
}
