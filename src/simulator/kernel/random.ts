// Seeded randomness and the ids made from it: the only source of chance in a run.

/** Kubernetes' alphabet for generated names: no vowels, no look-alikes (k8s.io/apimachinery/pkg/util/rand). */
const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

const hexDigits = Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
const dash = '-'.charCodeAt(0);

/** A small seeded generator (xorshift32, Marsaglia 2003). The same seed gives the same run on every machine. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0 || 0x9e3779b9;
  }

  /** A whole number of 32 bits, from 0. */
  next(): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x;
    return x >>> 0;
  }

  /** A suffix as the server appends it to generateName: five characters unless told. */
  suffix(length = 5): string {
    let text = '';
    for (let i = 0; i < length; i++) text += alphabet.charAt(this.next() % alphabet.length);
    return text;
  }

  /** Lower-case hex digits. */
  hex(length: number): string {
    return String.fromCharCode(...this.#digits(length));
  }

  /** A version 4 UUID. */
  uid(): string {
    const digits = this.#digits(32);
    digits[12] = hexDigits[4] as number;
    digits[16] = hexDigits[8 + (this.next() % 4)] as number;
    const codes: number[] = [];
    for (let i = 0; i < digits.length; i++) {
      if (i === 8 || i === 12 || i === 16 || i === 20) codes.push(dash);
      codes.push(digits[i] as number);
    }
    return String.fromCharCode(...codes);
  }

  /** Hex digits as character codes: a text that is put together of texts is a tree of them until somebody reads it. */
  #digits(length: number): number[] {
    const codes: number[] = [];
    for (let word = 0; codes.length < length; word <<= 4) {
      if (codes.length % 8 === 0) word = this.next();
      codes.push(hexDigits[word >>> 28] as number);
    }
    return codes;
  }
}
