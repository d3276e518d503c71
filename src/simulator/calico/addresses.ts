// IPv4 addresses and ranges as numbers.

/** A range: its first address as a number, and how many leading bits are fixed. */
export interface Cidr {
  readonly first: number;
  readonly prefix: number;
}

/** The address as a number, or undefined if the text is no IPv4 address. */
export function parseIpv4(text: string): number | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined;
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}

export function formatIpv4(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
}

/** `10.244.0.0/16`; undefined for what is no IPv4 range. */
export function parseCidr(text: string): Cidr | undefined {
  const [address = '', bits = ''] = text.split('/');
  const first = parseIpv4(address);
  const prefix = Number(bits);
  if (first === undefined || !/^\d{1,2}$/.test(bits) || prefix > 32) return undefined;
  const size = 2 ** (32 - prefix);
  return { first: Math.floor(first / size) * size, prefix };
}

export function formatCidr({ first, prefix }: Cidr): string {
  return `${formatIpv4(first)}/${prefix}`;
}

/** How many addresses a range has. */
export function sizeOf({ prefix }: Cidr): number {
  return 2 ** (32 - prefix);
}

export function contains(range: Cidr, address: number): boolean {
  return address >= range.first && address < range.first + sizeOf(range);
}
