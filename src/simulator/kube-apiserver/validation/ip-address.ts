// IP addresses and blocks as the server reads them: leniently first, then it refuses what is ambiguous
// (k8s.io/apimachinery/pkg/util/validation/ip.go, k8s.io/utils/net, Kubernetes 1.36).

import {
  formatAddress,
  hostBits,
  isMapped,
  parseAddress,
  parseBlock,
  type Address,
  type Block,
} from '../../../base/ip-address.ts';

export const isV6 = (address: Address): boolean => address.length === 16 && !isMapped(address);

const hasLeadingZeros = (text: string) => !text.includes(':') && /(^|\.)0\d/.test(text);

/** validation.IsValidIPForLegacyField, strict: what is wrong with the address. */
export function addressProblems(text: string): string[] {
  const address = parseAddress(text);
  if (!address) return ['must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'];
  const found: string[] = [];
  if (hasLeadingZeros(text)) found.push('must not have leading 0s');
  if (isMapped(address)) found.push('must not be an IPv4-mapped IPv6 address');
  return found;
}

/** validation.IsValidIP: written as the server would write it, too. */
export function canonicalAddressProblems(text: string): string[] {
  const found = addressProblems(text);
  const address = parseAddress(text);
  const form = address && formatAddress(address);
  return found.length || form === text ? found : [`must be in canonical form ("${form}")`];
}

function hasHostBits({ address, bits }: Block): boolean {
  return address.some((byte, i) => (byte & hostBits(bits, i)) !== 0);
}

/** validation.IsValidCIDRForLegacyField, strict: what is wrong with the block. */
export function blockProblems(text: string): string[] {
  const block = parseBlock(text);
  if (!block) return ['must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)'];
  if (hasLeadingZeros(text) || /\/0\d/.test(text)) return ['must not have leading 0s in IP or prefix length'];
  if (isMapped(block.address)) return ['must not have an IPv4-mapped IPv6 address'];
  return hasHostBits(block) ? ['must not have bits set beyond the prefix length'] : [];
}

/** ValidateNonSpecialIP: addresses that only mean something to one node. */
export function specialAddressProblems(text: string): string[] {
  const address = parseAddress(text);
  if (!address) return ['must be a valid IP address'];
  const v4 = address.length === 4 ? address : isMapped(address) ? address.slice(12) : undefined;
  const [first = 0, second = 0] = v4 ?? address;
  const found: string[] = [];
  const isLast = address.slice(0, -1).every((byte) => byte === 0) && address.at(-1) === 1;
  if ((v4 ?? address).every((byte) => byte === 0)) found.push(`may not be unspecified (${text})`);
  if (v4 ? first === 127 : isLast) found.push('may not be in the loopback range (127.0.0.0/8, ::1/128)');
  const linkLocal = v4 ? first === 169 && second === 254 : first === 0xfe && (second & 0xc0) === 0x80;
  if (linkLocal) found.push('may not be in the link-local range (169.254.0.0/16, fe80::/10)');
  const multicast = v4 ? first === 224 && second === 0 && v4[2] === 0 : first === 0xff && (second & 0x0f) === 0x02;
  if (multicast) found.push('may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)');
  return found;
}
