// Signatures by elliptic curves (ECDSA, SEC 1), as far as checking them goes: curves y² = x³ − 3x + b over a prime field.

export interface Curve {
  /** The prime of the field. */
  readonly prime: bigint;
  /** How many points the base point makes. */
  readonly order: bigint;
  readonly base: Point;
}

export interface Point {
  readonly x: bigint;
  readonly y: bigint;
}

/** The curves of NIST by their object identifiers in hex. */
export const curves: Readonly<Record<string, Curve>> = {
  '2a8648ce3d030107': {
    prime: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    order: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
    base: {
      x: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
      y: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
    },
  },
  '2b81040022': {
    prime: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    order: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
    base: {
      x: 0xaa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7n,
      y: 0x3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5fn,
    },
  },
  '2b81040023': {
    prime: 2n ** 521n - 1n,
    order:
      0x1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
    base: {
      x: 0xc6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66n,
      y: 0x11839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650n,
    },
  },
};

const mod = (value: bigint, modulus: bigint) => ((value % modulus) + modulus) % modulus;

/** Euclid's; of a value that shares no factor with the modulus. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [mod(value, modulus), modulus, 1n, 0n];
  while (a > 1n) {
    const quotient = b / a;
    [a, b, x, y] = [b - quotient * a, a, y - quotient * x, x];
  }
  return mod(x, modulus);
}

/** Undefined is the point at infinity. */
type Sum = Point | undefined;

function added(p: Sum, q: Sum, { prime }: Curve): Sum {
  if (!p || !q) return p ?? q;
  if (p.x === q.x && mod(p.y + q.y, prime) === 0n) return undefined;
  const slope =
    p.x === q.x
      ? mod((3n * p.x * p.x - 3n) * inverse(2n * p.y, prime), prime)
      : mod((q.y - p.y) * inverse(q.x - p.x, prime), prime);
  const x = mod(slope * slope - p.x - q.x, prime);
  return { x, y: mod(slope * (p.x - x) - p.y, prime) };
}

function times(factor: bigint, point: Point, curve: Curve): Sum {
  let sum: Sum;
  let power: Sum = point;
  for (let left = factor; left > 0n; left >>= 1n) {
    if (left & 1n) sum = added(sum, power, curve);
    power = added(power, power, curve);
  }
  return sum;
}

/** Whether `r` and `s` sign the digest, which is in hex. */
export function isSignature(digest: string, r: bigint, s: bigint, key: Point, curve: Curve): boolean {
  const { order, base } = curve;
  if (r <= 0n || s <= 0n || r >= order || s >= order) return false;
  const spare = digest.length * 4 - order.toString(2).length;
  const hash = BigInt(`0x${digest}`) >> BigInt(Math.max(spare, 0));
  const scale = inverse(s, order);
  const sum = added(times(mod(hash * scale, order), base, curve), times(mod(r * scale, order), key, curve), curve);
  return sum !== undefined && mod(sum.x, order) === r;
}
