// Calico's address management: blocks of 64 addresses that belong to a node, and addresses handed out from them
// (libcalico-go/lib/ipam). A released address goes to the end of its block's queue, so it is used again as late as possible.
import { remembering } from '../../base/remembering.ts';
import { InvariantError } from '../../base/invariant.ts';
import { contains, formatCidr, formatIpv4, parseCidr, parseIpv4, sizeOf, type Cidr } from './addresses.ts';

const blockPrefix = 26;
const blockSize = 64;

interface Block {
  readonly range: Cidr;
  readonly node: string;
  /** Addresses nobody has, the next one first. */
  readonly free: number[];
}

/** Node name → its podCIDR, if it has one. */
export type PodCidrs = ReadonlyMap<string, string | undefined>;

/** An address for a sandbox; `newBlock` if the node had to take a further block for it. */
export interface Assignment {
  readonly ip: string;
  readonly block: string;
  readonly newBlock: boolean;
}

const poolRange = remembering(16, parseCidr);

export class Ipam {
  readonly #pool: Cidr;
  /** By the block's first address. */
  readonly #blocks = new Map<number, Block>();
  readonly #used = new Set<number>();
  readonly #bySandbox = new Map<string, number>();

  /** `pool`: the range that all Pods' addresses come from. */
  constructor(pool: string) {
    const range = poolRange(pool);
    if (!range) throw new InvariantError(`no IPv4 range: ${pool}`);
    this.#pool = range;
  }

  /** An address that a Pod of the cluster already has. Its block is taken to be the node's. */
  take(node: string, ip: string): void {
    const address = parseIpv4(ip);
    if (address === undefined || !contains(this.#pool, address)) return;
    this.#used.add(address);
    const first = address - (address % blockSize);
    const block = this.#blocks.get(first) ?? this.#claim(node, first);
    remove(block.free, address);
  }

  /**
   * The next address for a sandbox of a node, undefined if the pool is used up. A node takes its blocks from its podCIDR
   * as long as that lies in the pool and has one left, else the first that is free and lies in nobody's podCIDR.
   */
  assign(node: string, sandboxId: string, podCidrs: () => PodCidrs): Assignment | undefined {
    const own = this.#ownBlock(node);
    const block = own ?? this.#nextBlock(node, podCidrs());
    const address = block?.free.shift();
    if (!block || address === undefined) return undefined;
    this.#used.add(address);
    this.#bySandbox.set(sandboxId, address);
    return { ip: formatIpv4(address), block: formatCidr(block.range), newBlock: block !== own };
  }

  release(sandboxId: string): void {
    const address = this.#bySandbox.get(sandboxId);
    if (address === undefined) return;
    this.#bySandbox.delete(sandboxId);
    this.#used.delete(address);
    this.#blocks.get(address - (address % blockSize))?.free.push(address);
  }

  /** The first of the node's blocks with an address left. */
  #ownBlock(node: string): Block | undefined {
    for (const block of this.#blocks.values()) if (block.node === node && block.free.length > 0) return block;
    return undefined;
  }

  #nextBlock(node: string, podCidrs: PodCidrs): Block | undefined {
    const ranges = new Map([...podCidrs].map(([name, text]) => [name, parseCidr(text ?? '')]));
    const own = ranges.get(node);
    const reserved = [...ranges.values()].filter((range) => range !== undefined);
    const isReserved = (first: number) => reserved.some((range) => contains(range, first));
    const first =
      (own && contains(this.#pool, own.first) ? this.#firstFree(own, () => true) : undefined) ??
      this.#firstFree(this.#pool, (candidate) => !isReserved(candidate)) ??
      this.#firstFree(this.#pool, () => true);
    return first === undefined ? undefined : this.#claim(node, first);
  }

  #firstFree(range: Cidr, allowed: (first: number) => boolean): number | undefined {
    for (let first = range.first; first < range.first + sizeOf(range); first += blockSize) {
      if (!this.#blocks.has(first) && allowed(first)) return first;
    }
    return undefined;
  }

  #claim(node: string, first: number): Block {
    const isFirstOfNode = ![...this.#blocks.values()].some((block) => block.node === node);
    const free: number[] = [];
    // The first address of a node's first block is the node's own, the end of its tunnel.
    for (let i = isFirstOfNode ? 1 : 0; i < blockSize; i++) if (!this.#used.has(first + i)) free.push(first + i);
    const block = { range: { first, prefix: blockPrefix }, node, free };
    this.#blocks.set(first, block);
    return block;
  }
}

function remove(list: number[], value: number): void {
  const index = list.indexOf(value);
  if (index >= 0) list.splice(index, 1);
}
