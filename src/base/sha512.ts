// SHA-512 and SHA-384 (FIPS 180-4) of bytes. Few ask for these, and of short texts: it is written for being short itself.

const mask = (1n << 64n) - 1n;
const rotate = (word: bigint, by: bigint) => ((word >> by) | (word << (64n - by))) & mask;

/** The largest whole number whose power is not above. */
function root(value: bigint, degree: bigint): bigint {
  let [low, high] = [0n, 1n << 80n];
  while (low < high) {
    const middle = (low + high + 1n) >> 1n;
    if (middle ** degree <= value) low = middle;
    else high = middle - 1n;
  }
  return low;
}

function primes(count: number): bigint[] {
  const found: bigint[] = [];
  for (let n = 2n; found.length < count; n++) if (found.every((prime) => n % prime !== 0n)) found.push(n);
  return found;
}

/** The lower-case hex digest of bytes; the constants are the first 64 bits behind the point of roots of primes. */
export function sha512Of(bytes: readonly number[], bits: 384 | 512): string {
  const rounds = primes(80).map((prime) => root(prime << 192n, 3n) & mask);
  const first = primes(16).map((prime) => root(prime << 128n, 2n) & mask);
  const words = padded(bytes);
  let hash = bits === 512 ? first.slice(0, 8) : first.slice(8);
  for (let block = 0; block < words.length; block += 16)
    hash = compressed(hash, words.slice(block, block + 16), rounds);
  return hash
    .map((word) => word.toString(16).padStart(16, '0'))
    .join('')
    .slice(0, bits / 4);
}

/** The message in words of 64 bits, with the one bit and the length that end it. */
function padded(bytes: readonly number[]): bigint[] {
  const size = Math.ceil((bytes.length + 17) / 128) * 16;
  const words = Array.from({ length: size }, () => 0n);
  [...bytes, 0x80].forEach((byte, at) => {
    words[at >> 3] = (words[at >> 3] ?? 0n) | (BigInt(byte) << BigInt(56 - (at % 8) * 8));
  });
  words[size - 1] = BigInt(bytes.length) * 8n;
  return words;
}

function compressed(hash: readonly bigint[], block: readonly bigint[], rounds: readonly bigint[]): bigint[] {
  const schedule = [...block];
  const at = (index: number) => schedule[index] ?? 0n;
  for (let i = 16; i < 80; i++) {
    const [early, late] = [at(i - 15), at(i - 2)];
    const small0 = rotate(early, 1n) ^ rotate(early, 8n) ^ (early >> 7n);
    const small1 = rotate(late, 19n) ^ rotate(late, 61n) ^ (late >> 6n);
    schedule.push((at(i - 16) + small0 + at(i - 7) + small1) & mask);
  }
  let [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n, g = 0n, h = 0n] = hash;
  rounds.forEach((constant, i) => {
    const big1 = rotate(e, 14n) ^ rotate(e, 18n) ^ rotate(e, 41n);
    const choice = (e & f) ^ (~e & mask & g);
    const one = h + big1 + choice + constant + at(i);
    const big0 = rotate(a, 28n) ^ rotate(a, 34n) ^ rotate(a, 39n);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) & mask, c, b, a, (one + big0 + majority) & mask];
  });
  return [a, b, c, d, e, f, g, h].map((word, i) => (word + (hash[i] ?? 0n)) & mask);
}
