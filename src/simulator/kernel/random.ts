// Seeded randomness and the ids made from it: the only source of chance in a run.

/** Kubernetes' alphabet for generated names: no vowels, no look-alikes (k8s.io/apimachinery/pkg/util/rand). */
const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

/** The hex digits of every byte. */
const digitsOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

const twoDigits = (word: number, shift: number) => digitsOfByte[(word >>> shift) & 255] as string;

/** A number of 32 bits as hex digits. */
const eightDigits = (word: number) =>
  twoDigits(word, 24) + twoDigits(word, 16) + twoDigits(word, 8) + twoDigits(word, 0);

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
    let text = '';
    while (text.length < length) text += eightDigits(this.next());
    return text.slice(0, length);
  }

  /** A version 4 UUID. */
  uid(): string {
    const digits = this.hex(32);
    const variant = '89ab'.charAt(this.next() % 4);
    return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`;
  }
}
