// IP addresses and blocks as bytes, read leniently (k8s.io/utils/net, net/netip).

/** An address as its bytes: four, or sixteen. */
export type Address = readonly number[];

/** Decimal parts, leading zeros allowed (they were once read as octal by some, which is why they are refused later). */
function parseV4(text: string): Address | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d+$/.test(part) && Number(part) <= 255)) return undefined;
  return parts.map(Number);
}

function parseV6(text: string): Address | undefined {
  let body = text;
  let tail: Address = [];
  const lastColon = text.lastIndexOf(':');
  if (text.includes('.')) {
    const v4 = parseV4(text.slice(lastColon + 1));
    if (!v4) return undefined;
    tail = v4;
    body = text.slice(0, lastColon + 1);
    body = body.endsWith('::') ? body : body.slice(0, -1);
  }
  const halves = body.split('::');
  if (halves.length > 2) return undefined;
  const bytes = halves.map((half) => (half === '' ? [] : half.split(':')));
  if (!bytes.flat().every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  const [before = [], after] = bytes.map((groups) => groups.flatMap((group) => splitGroup(parseInt(group, 16))));
  const length = before.length + (after?.length ?? 0) + tail.length;
  if (after === undefined) return length === 16 ? [...before, ...tail] : undefined;
  return length > 14 ? undefined : [...before, ...new Array<number>(16 - length).fill(0), ...after, ...tail];
}

const splitGroup = (group: number) => [group >> 8, group & 0xff];

/** netutils.ParseIPSloppy. */
export function parseAddress(text: string): Address | undefined {
  return text.includes(':') ? parseV6(text) : parseV4(text);
}

/** An IPv4 address in the form of an IPv6 one. */
export const isMapped = (address: Address) =>
  address.length === 16 &&
  address.slice(0, 10).every((byte) => byte === 0) &&
  address[10] === 255 &&
  address[11] === 255;

/** net.IP.String: the canonical form; an IPv4 address in IPv6 form is written as IPv4. */
export function formatAddress(address: Address): string {
  if (address.length === 4) return address.join('.');
  if (isMapped(address)) return address.slice(12).join('.');
  const groups = Array.from({ length: 8 }, (_, i) => ((address[2 * i] ?? 0) << 8) | (address[2 * i + 1] ?? 0));
  let start = -1;
  let length = 1;
  for (let i = 0; i < 8; i++) {
    const end = groups.findIndex((group, j) => j >= i && group !== 0);
    const run = (end < 0 ? 8 : end) - i;
    if (run > length) [start, length] = [i, run];
  }
  const text = (list: readonly number[]) => list.map((group) => group.toString(16)).join(':');
  return start < 0 ? text(groups) : `${text(groups.slice(0, start))}::${text(groups.slice(start + length))}`;
}

/** An address block: the address as written, and how many of its first bits count. */
export interface Block {
  readonly address: Address;
  readonly bits: number;
}

/** netutils.ParseCIDRSloppy. */
export function parseBlock(text: string): Block | undefined {
  const [, host = '', bits = ''] = /^([^/]*)\/(\d+)$/.exec(text) ?? [];
  const address = parseAddress(host);
  if (!address || Number(bits) > address.length * 8) return undefined;
  return { address, bits: Number(bits) };
}

/** The bits of one byte of an address that lie beyond the prefix. */
export const hostBits = (bits: number, i: number) => 0xff >> Math.max(0, Math.min(8, bits - i * 8));

/** net.IPNet.IP: the first address of the block. */
export const networkOf = ({ address, bits }: Block): Address =>
  address.map((byte, i) => byte & ~hostBits(bits, i) & 0xff);

/** net.IPNet.Contains; an address in the other family's form lies in no block. */
export function containsAddress({ address, bits }: Block, other: Address): boolean {
  return (
    address.length === other.length &&
    address.every((byte, i) => ((byte ^ (other[i] ?? 0)) & ~hostBits(bits, i) & 0xff) === 0)
  );
}
