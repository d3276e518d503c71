// How Go writes text: strings quoted as %q does, numbers as %v does, and lengths counted in UTF-8 bytes.
// Kubernetes' messages are full of these, and JavaScript's own forms differ in the rare cases.

const shortEscapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

/** `%q` of a string (strconv.Quote). */
export function quote(text: string): string {
  if (/^[ !#-[\]-~]*$/.test(text)) return `"${text}"`;
  // what unicode.IsPrint says no to, and the two characters that are escaped anyway
  const escaped = /["\\]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu;
  return `"${text.replace(escaped, (character) => shortEscapes[character] ?? codeEscape(character))}"`;
}

function codeEscape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  // encoding/json turned lone surrogates into U+FFFD before anything was quoted
  if (code >= 0xd800 && code <= 0xdfff) return '\ufffd';
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
}

/** `%v` of a float64: the shortest digits, with an exponent below 1e-4 and from 1e6 on. */
export function formatFloat(value: number): string {
  const [digits = '0', power = '0'] = value.toExponential().split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 6) return String(value);
  return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** JSON as encoding/json writes a struct: keys in the order given, HTML characters escaped; compact, or indented by spaces. */
export function structJson(value: unknown, indent = 0): string {
  return JSON.stringify(value, undefined, indent).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The number of bytes of a text in UTF-8: what Go's `len` of a string is. A lone surrogate counts as U+FFFD. */
export function byteLength(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (isPair(unit, text.charCodeAt(i + 1))) {
      bytes += 4;
      i++;
    } else bytes += 3;
  }
  return bytes;
}

const isPair = (high: number, low: number) => (high & 0xfc00) === 0xd800 && (low & 0xfc00) === 0xdc00;

/** The UTF-8 bytes of one code point. */
export function utf8Of(code: number): number[] {
  if (code < 0x80) return [code];
  const more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  const bytes = [((0xff00 >> (more + 1)) & 0xff) | (code >> (6 * more))];
  for (let i = more - 1; i >= 0; i--) bytes.push(0x80 | ((code >> (6 * i)) & 0x3f));
  return bytes;
}
