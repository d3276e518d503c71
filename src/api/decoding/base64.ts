// base64.StdEncoding as encoding/json uses it for []byte: where decoding fails, and the text that encoding the bytes again gives.

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The same bytes encoded again, or the byte offset at which Go's decoder gives up. */
export type Base64 = { readonly text: string } | { readonly errorAt: number };

/** Reads base64 as Go does: line ends are skipped anywhere, padding is needed, spare bits are dropped. */
export function decodeBase64(text: string): Base64 {
  let clean = '';
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === '\n' || character === '\r') continue;
    if (character === '=') return padded(text, i, clean);
    if (!alphabet.includes(character)) return { errorAt: i };
    clean += character;
  }
  const rest = clean.length % 4;
  return rest === 0 ? { text: clean } : { errorAt: text.length - rest };
}

/** The text from its first `=` on: one or two of them, and nothing behind but line ends. */
function padded(text: string, at: number, before: string): Base64 {
  const place = before.length % 4;
  if (place < 2) return { errorAt: at };
  let next = at + 1;
  if (place === 2) {
    next = afterLineEnds(text, next);
    if (next === text.length) return { errorAt: next };
    if (text.charAt(next) !== '=') return { errorAt: next - 1 };
    next++;
  }
  const end = afterLineEnds(text, next);
  if (end < text.length) return { errorAt: end };
  const last = alphabet.indexOf(before.charAt(before.length - 1));
  const kept = alphabet.charAt(place === 2 ? last & 0b110000 : last & 0b111100);
  return { text: before.slice(0, -1) + kept + '='.repeat(4 - place) };
}

function afterLineEnds(text: string, from: number): number {
  let at = from;
  while (text.charAt(at) === '\n' || text.charAt(at) === '\r') at++;
  return at;
}

/** A list of bytes, as JSON may also give a []byte. */
export function encodeBase64(bytes: readonly number[]): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b, c] = bytes.slice(i, i + 3);
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    const group = [18, 12, 6, 0].map((shift) => alphabet.charAt((bits >> shift) & 63)).join('');
    text += c !== undefined ? group : b !== undefined ? `${group.slice(0, 3)}=` : `${group.slice(0, 2)}==`;
  }
  return text;
}

/** The bytes of a text that decodeBase64 accepts without line ends. */
export function decodedBytes(text: string): number[] {
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i += 4) {
    const [a, b, c, d] = [0, 1, 2, 3].map((place) => alphabet.indexOf(text.charAt(i + place)));
    const bits = ((a ?? 0) << 18) | ((b ?? 0) << 12) | (Math.max(c ?? 0, 0) << 6) | Math.max(d ?? 0, 0);
    bytes.push((bits >> 16) & 255);
    if (text.charAt(i + 2) !== '=') bytes.push((bits >> 8) & 255);
    if (text.charAt(i + 3) !== '=') bytes.push(bits & 255);
  }
  return bytes;
}

/** How many bytes a base64 text stands for. */
export function decodedLength(text: string): number {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return (text.length / 4) * 3 - padding;
}
