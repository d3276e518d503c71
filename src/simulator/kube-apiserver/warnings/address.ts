// Addresses that are read, but should be written otherwise (k8s.io/apimachinery/pkg/util/validation/ip.go, Kubernetes 1.36).
import { formatAddress, isMapped, networkOf, parseAddress, parseBlock } from '../../../base/ip-address.ts';
import { quote } from '../../../api/go-text.ts';

/** GetWarningsForIP. */
export function addressWarnings(text: string, path: string): string[] {
  const address = parseAddress(text);
  if (!address) return [];
  const form = formatAddress(address);
  if (form === text) return [];
  if (address.length === 4 || isMapped(address)) {
    return [`${path}: non-standard IP address ${quote(text)} is invalid: use ${quote(form)}`];
  }
  return [`${path}: IPv6 address ${quote(text)} should be in RFC 5952 canonical format (${quote(form)})`];
}

/** GetWarningsForCIDR. */
export function blockWarnings(text: string, path: string): string[] {
  const block = parseBlock(text);
  if (!block) return [];
  const { address, bits } = block;
  const network = `${formatAddress(networkOf(block))}/${bits}`;
  const found: string[] = [];
  if (formatAddress(address) !== formatAddress(networkOf(block))) {
    const single = `${formatAddress(address)}/${address.length * 8}`;
    const advice = `is ambiguous in this context (should be "${network}" or "${single}"?)`;
    found.push(`${path}: CIDR value ${quote(text)} ${advice}`);
  }
  const strange = address.length === 4 ? network !== text && !found.length : isMapped(address);
  if (strange || /(^|[./])0\d/.test(text)) {
    found.push(`${path}: non-standard CIDR value ${quote(text)} is invalid: use "${network}"`);
  }
  const form = `${formatAddress(address)}/${bits}`;
  if (!found.length && form !== text) {
    found.push(`${path}: IPv6 CIDR value ${quote(text)} should be in RFC 5952 canonical format ("${form}")`);
  }
  return found;
}
