// What a request for a certificate says (PKCS #10, RFC 2986), as far as the server looks at it: who asks, and whether the request is
// signed with its own key (crypto/x509, ParseCertificateRequest and CheckSignature of Go).
import { decodedBytes } from '../../../api/decoding/base64.ts';
import { sha256Of } from '../../../base/sha256.ts';

/** Undefined: the encoding, or the kind of signature, is not modelled. */
export type ParsedRequest =
  | { readonly problem: string }
  | { readonly organizations: readonly string[]; readonly isSigned: boolean | undefined }
  | undefined;

const armour = /(?:^|\n)-----BEGIN ([^\n]*?)-----[ \t\r]*\n([A-Za-z0-9+/=\s]*?)-----END \1-----/;

/** `request` is spec.request: PEM in base64. */
export function parseRequest(request: string): ParsedRequest {
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
    algorithm: hex(content(bytes, needed(id, objectId))),
    digest: sha256Of(bytes.slice(told.begin, told.end)),
    signature: numberOf(content(bytes, needed(signature, bitString))),
  };
  return { organizations, isSigned: isSignedBy(bytes, needed(key, sequence), signed) };
}

interface Signed {
  readonly algorithm: string;
  /** In hex. */
  readonly digest: string;
  readonly signature: bigint;
}

const rsaWithSha256 = '2a864886f70d01010b';
/** What stands before a digest in a signature: that it is one of SHA-256. */
const digestInfo = '3031300d060960864801650304020105000420';

/** RSA with SHA-256 (PKCS #1, version 1.5); of other kinds of signatures it is not known. */
function isSignedBy(
  bytes: readonly number[],
  key: Item,
  { algorithm, digest, signature }: Signed,
): boolean | undefined {
  if (algorithm !== rsaWithSha256) return undefined;
  const [, wrapped] = inside(bytes, key);
  // the first byte of the string says how many bits of its last are unused
  const pair = itemAt(bytes, needed(wrapped, bitString).start + 1);
  const [modulus, exponent] = inside(bytes, needed(pair, sequence)).map((item) =>
    content(bytes, needed(item, integer)),
  );
  if (!modulus || !exponent) throw new Unreadable();
  const size = modulus.length - (modulus[0] === 0 ? 1 : 0);
  const padding = 'ff'.repeat(size - 3 - (digestInfo.length + digest.length) / 2);
  const expected = BigInt(`0x0001${padding}00${digestInfo}${digest}`);
  return power(signature, numberOf(exponent), numberOf(modulus)) === expected;
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
