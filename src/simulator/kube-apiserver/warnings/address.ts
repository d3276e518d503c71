// Addresses that are read, but should be written otherwise (k8s.io/apimachinery/pkg/util/validation/ip.go, Kubernetes 1.36).
import { formatAddress, isMapped, parseAddress, parseBlock } from '../validation/ip-address.ts';
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

/** GetWarningsForCIDR, as far as the spelling of the address goes. */
export function blockWarnings(text: string, path: string): string[] {
  const block = parseBlock(text.trim());
  if (!block) return [];
  const form = `${formatAddress(block.address)}/${block.bits}`;
  if (form === text.trim()) return [];
  if (block.address.length === 4 || isMapped(block.address)) {
    return [`${path}: non-standard CIDR value ${quote(text)} is invalid: use ${quote(form)}`];
  }
  return [`${path}: IPv6 CIDR value ${quote(text)} should be in RFC 5952 canonical format (${quote(form)})`];
}
