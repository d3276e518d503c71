// Kubernetes' CEL functions about IP addresses and blocks of them (k8s.io/apiserver/pkg/cel/library/ip.go and cidr.go).
import type { Environment } from '@marcbachmann/cel-js';
import { cut, strictAddressProblem } from '../api/go-netip.ts';
import { quote } from '../api/go-text.ts';
import {
  containsAddress,
  formatAddress,
  isMapped,
  networkOf,
  parseAddress,
  type Address,
  type Block,
} from '../base/ip-address.ts';
import { CelError } from './error.ts';

/** net.IP. */
class CelIp {
  readonly address: Address;

  constructor(address: Address) {
    this.address = address;
  }

  static parse(text: string): CelIp {
    const problem = strictAddressProblem(text);
    if (problem !== undefined) {
      throw new CelError(`IP Address ${quote(text)} parse error during conversion from string: ${problem}`);
    }
    if (text.includes('%')) throw new CelError(`IP address ${quote(text)} with zone value is not allowed`);
    const address = parseAddress(text) ?? [];
    if (isMapped(address)) throw new CelError(`IPv4-mapped IPv6 address ${quote(text)} is not allowed`);
    return new CelIp(address);
  }

  toString(): string {
    return formatAddress(this.address);
  }
}

/** net.CIDR: the address need not be the first of the block. */
class CelCidr {
  readonly block: Block;

  constructor(block: Block) {
    this.block = block;
  }

  static parse(text: string): CelCidr {
    const context = 'network address parse error during conversion from string';
    const slash = text.lastIndexOf('/');
    const problem = slash < 0 ? `no '/'` : prefixProblem(text.slice(0, slash), text.slice(slash + 1));
    if (problem !== undefined) {
      throw new CelError(`${context}: ${context}: netip.ParsePrefix(${quote(text)}): ${problem}`);
    }
    const address = parseAddress(text.slice(0, slash)) ?? [];
    if (isMapped(address)) throw new CelError(`${context}: IPv4-mapped IPv6 address ${quote(text)} is not allowed`);
    return new CelCidr({ address, bits: Number(text.slice(slash + 1)) });
  }

  containsIp(other: CelIp): boolean {
    return containsAddress(this.block, other.address);
  }

  containsCidr({ block }: CelCidr): boolean {
    return this.block.bits <= block.bits && containsAddress(this.block, block.address);
  }

  masked(): CelCidr {
    return new CelCidr({ address: networkOf(this.block), bits: this.block.bits });
  }

  toString(): string {
    return `${formatAddress(this.block.address)}/${this.block.bits}`;
  }
}

/** netip.ParsePrefix. */
function prefixProblem(address: string, bits: string): string | undefined {
  const problem = strictAddressProblem(address);
  if (problem !== undefined) return problem;
  const [, zone] = cut(address, '%');
  if (zone !== undefined) return 'IPv6 zones cannot be present in a prefix';
  if (!/^(?:\d|[1-9]\d*)$/.test(bits)) return `bad bits after slash: ${quote(bits)}`;
  return Number(bits) > (address.includes(':') ? 128 : 32) ? 'prefix length out of range' : undefined;
}

function isParsed(parse: (text: string) => unknown, text: string): boolean {
  try {
    parse(text);
    return true;
  } catch (error) {
    if (error instanceof CelError) return false;
    throw error;
  }
}

const isAll = (address: Address, byte: number) => address.every((one) => one === byte);
const isV4 = ({ length }: Address) => length === 4;
const isLoopback = (address: Address) =>
  isV4(address) ? address[0] === 127 : address.at(-1) === 1 && isAll(address.slice(0, -1), 0);
const isMulticast = ([first = 0, ...rest]: Address) => (rest.length === 3 ? first >> 4 === 0xe : first === 0xff);

function isLinkLocalUnicast([first, second = 0, ...rest]: Address): boolean {
  return rest.length === 2 ? first === 169 && second === 254 : first === 0xfe && (second & 0xc0) === 0x80;
}

function isLinkLocalMulticast([first, second = 0, third, ...rest]: Address): boolean {
  return rest.length === 1 ? first === 224 && second === 0 && third === 0 : first === 0xff && (second & 0x0f) === 0x02;
}

function isGlobalUnicast(address: Address): boolean {
  if (isAll(address, 0) || (isV4(address) && isAll(address, 255))) return false;
  return !isLoopback(address) && !isMulticast(address) && !isLinkLocalUnicast(address);
}

/** A text that is no address is told in other words here. */
function otherIp(text: string): CelIp {
  if (!isParsed((one) => CelIp.parse(one), text)) throw new CelError('no such overload');
  return CelIp.parse(text);
}

/** What `ip` is in `ip.isCanonical(a)`. */
class IpNamespace {}

/** Adds the types and their functions. */
export function addAddressLibrary(environment: Environment): void {
  const [ip, cidr, namespace] = ['net.IP', 'net.CIDR', 'kubernetes.IpNamespace'];
  environment
    .registerType(ip, { ctor: CelIp, fields: {} })
    .registerType(cidr, { ctor: CelCidr, fields: {} })
    .registerType(namespace, { ctor: IpNamespace, fields: {} })
    .registerConstant('ip', namespace, new IpNamespace())
    .registerFunction(`ip(string): ${ip}`, (text: string) => CelIp.parse(text))
    .registerFunction('isIP(string): bool', (text: string) => isParsed((one) => CelIp.parse(one), text))
    .registerFunction(
      `${namespace}.isCanonical(string): bool`,
      (_: unknown, text: string) => CelIp.parse(text).toString() === text,
    )
    .registerFunction(`${ip}.family(): int`, ({ address }: CelIp) => (isV4(address) ? 4n : 6n))
    .registerFunction(`${ip}.isUnspecified(): bool`, ({ address }: CelIp) => isAll(address, 0))
    .registerFunction(`${ip}.isLoopback(): bool`, ({ address }: CelIp) => isLoopback(address))
    .registerFunction(`${ip}.isLinkLocalMulticast(): bool`, ({ address }: CelIp) => isLinkLocalMulticast(address))
    .registerFunction(`${ip}.isLinkLocalUnicast(): bool`, ({ address }: CelIp) => isLinkLocalUnicast(address))
    .registerFunction(`${ip}.isGlobalUnicast(): bool`, ({ address }: CelIp) => isGlobalUnicast(address))
    .registerOperator(`${ip} == ${ip}`, (a: CelIp, b: CelIp) => a.toString() === b.toString())
    .registerFunction(`cidr(string): ${cidr}`, (text: string) => CelCidr.parse(text))
    .registerFunction('isCIDR(string): bool', (text: string) => isParsed((one) => CelCidr.parse(one), text))
    .registerFunction(`${cidr}.containsIP(${ip}): bool`, (a: CelCidr, b: CelIp) => a.containsIp(b))
    .registerFunction(`${cidr}.containsIP(string): bool`, (a: CelCidr, b: string) => a.containsIp(otherIp(b)))
    .registerFunction(`${cidr}.containsCIDR(${cidr}): bool`, (a: CelCidr, b: CelCidr) => a.containsCidr(b))
    .registerFunction(`${cidr}.containsCIDR(string): bool`, (a: CelCidr, b: string) => a.containsCidr(CelCidr.parse(b)))
    .registerFunction(`${cidr}.ip(): ${ip}`, ({ block }: CelCidr) => new CelIp(block.address))
    .registerFunction(`${cidr}.prefixLength(): int`, ({ block }: CelCidr) => BigInt(block.bits))
    .registerFunction(`${cidr}.masked(): ${cidr}`, (a: CelCidr) => a.masked())
    .registerOperator(`${cidr} == ${cidr}`, (a: CelCidr, b: CelCidr) => a.toString() === b.toString());
}
