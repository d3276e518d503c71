// FNV in 32 bits (hash/fnv), of texts in UTF-8.
import { utf8Of } from './go-text.ts';

export const fnvBasis = 0x811c9dc5;
export const fnvPrime = 0x01000193;

/** FNV-1a: the sum after a text. */
export function fnv1a(text: string, start: number): number {
  let sum = start;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) sum = Math.imul(sum ^ unit, fnvPrime);
    else {
      for (const byte of utf8Of(codeAt(text, i))) sum = Math.imul(sum ^ byte, fnvPrime);
      if (isHighSurrogate(unit)) i++;
    }
  }
  return sum;
}

export function fnv1(text: string): number {
  let sum = fnvBasis;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) sum = Math.imul(sum, fnvPrime) ^ unit;
    else {
      for (const byte of utf8Of(codeAt(text, i))) sum = Math.imul(sum, fnvPrime) ^ byte;
      if (isHighSurrogate(unit)) i++;
    }
  }
  return sum;
}

const codeAt = (text: string, i: number) => text.codePointAt(i) ?? 0;
const isHighSurrogate = (unit: number) => (unit & 0xfc00) === 0xd800;

/**
 * A text that is in the hashes of many templates, as nearly all of a template's is: what it sets not. A byte touches only the lowest byte
 * of a sum before all is multiplied, so a text multiplies a sum, and adds what depends on the sum's lowest byte alone.
 */
export class FixedText {
  readonly #text: string;
  readonly #factor: number;
  /** By the lowest byte of the sum before. */
  readonly #added: number[] = [];

  /** The text is of ASCII. */
  constructor(text: string) {
    this.#text = text;
    this.#factor = power(fnvPrime, text.length);
  }

  addTo(sum: number): number {
    const low = sum & 0xff;
    const added = (this.#added[low] ??= fnv1a(this.#text, low) - Math.imul(low, this.#factor));
    return (Math.imul(sum, this.#factor) + added) | 0;
  }
}

/** Of 32 bits. */
function power(base: number, exponent: number): number {
  let result = 1;
  for (let rest = exponent, square = base; rest > 0; rest >>= 1, square = Math.imul(square, square)) {
    if (rest & 1) result = Math.imul(result, square);
  }
  return result;
}
