// The order of a slice's ports. The real controller sorts them by a hash of what Go would print of them, only so that
// equal sets of ports look alike (k8s.io/endpointslice v0.36: util/controller_utils.go, portsInOrder); people see that order.
import type { DiscoveryEndpointPort } from '../../../api/object.ts';
import { utf8Of } from '../../../api/go-text.ts';

/** FNV-1a of 128 bits: offset basis and prime (Go's hash/fnv). */
const offset = 0x6c62272e07bb014262b821756295c58dn;
const prime = 0x1000000000000000000013bn;
const mask = (1n << 128n) - 1n;

export function inHashOrder(ports: readonly DiscoveryEndpointPort[]): readonly DiscoveryEndpointPort[] {
  if (ports.length < 2) return ports;
  return ports
    .map((port) => ({ port, hash: fnv128a(dump(port)) }))
    .sort((a, b) => (a.hash < b.hash ? -1 : Number(a.hash > b.hash)))
    .map(({ port }) => port);
}

/** How Go prints the struct with `%#v` and pointers followed (spew). */
function dump({ name = '', protocol, port, appProtocol = '<nil>' }: DiscoveryEndpointPort): string {
  const fields = [
    `Name:(*string)${name}`,
    `Protocol:(*v1.Protocol)${protocol}`,
    `Port:(*int32)${port}`,
    `AppProtocol:(*string)${appProtocol}`,
  ];
  return `(v1.EndpointPort){${fields.join(' ')}}`;
}

function fnv128a(text: string): bigint {
  let hash = offset;
  for (const character of text) {
    for (const byte of utf8Of(character.codePointAt(0) ?? 0)) hash = ((hash ^ BigInt(byte)) * prime) & mask;
  }
  return hash;
}
