// What a request for a certificate says (PKCS #10, RFC 2986), as far as the server looks at it: who asks, and whether the request is
// signed with its own key (crypto/x509, ParseCertificateRequest and CheckSignature of Go).
import { decodedBytes } from '../../../api/decoding/base64.ts';
import { remembering } from '../../../base/remembering.ts';
import { sha256Of } from '../../../base/sha256.ts';
import { sha512Of } from '../../../base/sha512.ts';
import { curves, isSignature } from './elliptic.ts';

/** Undefined: the encoding is not modelled; the kind of signature may not be. */
export type ParsedRequest =
  | { readonly problem: string }
  | { readonly organizations: readonly string[]; readonly signature: 'good' | 'unknown' | { readonly problem: string } }
  | undefined;

const armour = /(?:^|\n)-----BEGIN ([^\n]*?)-----[ \t\r]*\n([A-Za-z0-9+/=\s]*?)-----END \1-----/;

/** `request` is spec.request: PEM in base64. */
export function parseRequest(request: string): ParsedRequest {
  return parsed(request);
}

/** Several ask, and curves take their time. */
const parsed = remembering(20, parse);

function parse(request: string): ParsedRequest {
  const [, type, body = ''] = armour.exec(String.fromCharCode(...decodedBytes(request))) ?? [];
  if (type !== 'CERTIFICATE REQUEST') return { problem: 'PEM block type must be CERTIFICATE REQUEST' };
  const bytes = decodedBytes(body.replace(/\s/g, ''));
  try {
    return read(bytes);
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

class Unreadable extends Error {}

/** One value of the encoding (DER): where its content begins and ends. */
interface Item {
  readonly tag: number;
  readonly begin: number;
  readonly start: number;
  readonly end: number;
}

const sequence = 0x30;
const set = 0x31;
const integer = 2;
const bitString = 3;
const objectId = 6;

function itemAt(bytes: readonly number[], begin: number): Item {
  const [tag = 0, length = 0] = bytes.slice(begin, begin + 2);
  const long = length < 0x80 ? 0 : length & 0x7f;
  const size = long ? bytes.slice(begin + 2, begin + 2 + long).reduce((sum, byte) => sum * 256 + byte, 0) : length;
  const start = begin + 2 + long;
  if (start + size > bytes.length) throw new Unreadable();
  return { tag, begin, start, end: start + size };
}

function inside(bytes: readonly number[], { start, end }: Item): Item[] {
  const items: Item[] = [];
  for (let at = start; at < end;) {
    const item = itemAt(bytes, at);
    items.push(item);
    at = item.end;
  }
  return items;
}

function needed(item: Item | undefined, tag: number): Item {
  if (item?.tag !== tag) throw new Unreadable();
  return item;
}

const content = (bytes: readonly number[], { start, end }: Item) => bytes.slice(start, end);
const hex = (bytes: readonly number[]) => bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
const numberOf = (bytes: readonly number[]) => BigInt(`0x${hex(bytes) || '0'}`);

const organization = '55040a';

function read(bytes: readonly number[]): ParsedRequest {
  const whole = needed(itemAt(bytes, 0), sequence);
  const [info, algorithm, signature] = inside(bytes, whole);
  const told = needed(info, sequence);
  const [, subject, key] = inside(bytes, told);
  const organizations = inside(bytes, needed(subject, sequence)).flatMap((names) =>
    inside(bytes, needed(names, set)).flatMap((name) => {
      const [type, value] = inside(bytes, needed(name, sequence));
      if (!value || hex(content(bytes, needed(type, objectId))) !== organization) return [];
      return [String.fromCharCode(...content(bytes, value))];
    }),
  );
  const [id] = inside(bytes, needed(algorithm, sequence));
  const signed = {
    algorithm: algorithms[hex(content(bytes, needed(id, objectId)))],
    message: bytes.slice(told.begin, told.end),
    // the first byte of the string says how many bits of its last are unused
    signature: content(bytes, needed(signature, bitString)).slice(1),
  };
  return { organizations, signature: judged(bytes, needed(key, sequence), signed) };
}

/** How a digest is made, and what stands before it in a signature by RSA: which digest it is. */
const digests = {
  sha256: { of: sha256Of, info: '3031300d060960864801650304020105000420' },
  sha384: {
    of: (message: readonly number[]) => sha512Of(message, 384),
    info: '3041300d060960864801650304020205000430',
  },
  sha512: {
    of: (message: readonly number[]) => sha512Of(message, 512),
    info: '3051300d060960864801650304020305000440',
  },
} as const;

interface Algorithm {
  readonly digest: keyof typeof digests;
  readonly check: (bytes: readonly number[], key: Item, digest: string, signed: Signed) => boolean;
  /** What Go says of a signature that does not hold. */
  readonly problem: string;
}

interface Signed {
  readonly algorithm: Algorithm | undefined;
  readonly message: readonly number[];
  readonly signature: readonly number[];
}

const rsa = (digest: keyof typeof digests): Algorithm => ({
  digest,
  check: isSignedByRsa,
  problem: 'crypto/rsa: verification error',
});
const ecdsa = (digest: keyof typeof digests): Algorithm => ({
  digest,
  check: isSignedByCurve,
  problem: 'x509: ECDSA verification failure',
});

/** By object identifier. Of others (RSA-PSS, Ed25519) it is not known whether they hold. */
const algorithms: Readonly<Record<string, Algorithm>> = {
  '2a864886f70d01010b': rsa('sha256'),
  '2a864886f70d01010c': rsa('sha384'),
  '2a864886f70d01010d': rsa('sha512'),
  '2a8648ce3d040302': ecdsa('sha256'),
  '2a8648ce3d040303': ecdsa('sha384'),
  '2a8648ce3d040304': ecdsa('sha512'),
};

const rsaKey = '2a864886f70d010101';
const curveKey = '2a8648ce3d0201';

function judged(
  bytes: readonly number[],
  key: Item,
  signed: Signed,
): 'good' | 'unknown' | { readonly problem: string } {
  const { algorithm, message } = signed;
  const [of] = inside(bytes, key);
  const [id] = inside(bytes, needed(of, sequence));
  const fitting = algorithm?.check === isSignedByRsa ? rsaKey : curveKey;
  if (!algorithm || hex(content(bytes, needed(id, objectId))) !== fitting) return 'unknown';
  const holds = algorithm.check(bytes, key, digests[algorithm.digest].of(message), signed);
  return holds ? 'good' : { problem: algorithm.problem };
}

/** PKCS #1, version 1.5. */
function isSignedByRsa(bytes: readonly number[], key: Item, digest: string, { algorithm, signature }: Signed): boolean {
  const info = algorithm ? digests[algorithm.digest].info : '';
  const [, wrapped] = inside(bytes, key);
  const pair = itemAt(bytes, needed(wrapped, bitString).start + 1);
  const [modulus, exponent] = inside(bytes, needed(pair, sequence)).map((item) =>
    content(bytes, needed(item, integer)),
  );
  if (!modulus || !exponent) throw new Unreadable();
  const size = modulus.length - (modulus[0] === 0 ? 1 : 0);
  const padding = 'ff'.repeat(Math.max(size - 3 - (info.length + digest.length) / 2, 0));
  const expected = BigInt(`0x0001${padding}00${info}${digest}`);
  return power(numberOf(signature), numberOf(exponent), numberOf(modulus)) === expected;
}

function isSignedByCurve(bytes: readonly number[], key: Item, digest: string, { signature }: Signed): boolean {
  const [of, wrapped] = inside(bytes, key);
  const [, id] = inside(bytes, needed(of, sequence));
  const curve = curves[hex(content(bytes, needed(id, objectId)))];
  const [unused, form, ...coordinates] = content(bytes, needed(wrapped, bitString));
  // both coordinates, uncompressed
  if (!curve || unused !== 0 || form !== 4) throw new Unreadable();
  const half = coordinates.length / 2;
  const point = { x: numberOf(coordinates.slice(0, half)), y: numberOf(coordinates.slice(half)) };
  const [r, s] = inside(signature, needed(itemAt(signature, 0), sequence)).map((item) =>
    numberOf(content(signature, needed(item, integer))),
  );
  if (r === undefined || s === undefined) throw new Unreadable();
  return isSignature(digest, r, s, point, curve);
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let factor = base % modulus;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * factor) % modulus;
    factor = (factor * factor) % modulus;
  }
  return result;
}
