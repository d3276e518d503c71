// What plugins count over all nodes, kept from one cycle to the next: nodes are values, so only those that are others than they
// were are counted again. The real scheduler counts all of them for every Pod, on many threads.
import { deepEqual } from '../../../base/json.ts';
import { DomainCounts } from './domain-counts.ts';
import type { NodeInfo } from './node-info.ts';

/** So much of something in a topology domain. A domain of which nothing is counted is one all the same. */
export interface Part {
  /** What is counted, and by which topology key. */
  readonly series: string;
  readonly domain: string;
  readonly amount: number;
}

/** The domains of a series: how much they have, and by how many parts they are there. */
class Series {
  readonly amounts = new Map<string, number>();
  readonly #parts = new Map<string, number>();
  nonZero = 0;

  add({ domain, amount }: Part, sign: 1 | -1): void {
    const before = this.amounts.get(domain) ?? 0;
    const after = before + sign * amount;
    const parts = (this.#parts.get(domain) ?? 0) + sign;
    this.nonZero += Number(after !== 0) - Number(before !== 0);
    if (parts === 0) {
      this.#parts.delete(domain);
      this.amounts.delete(domain);
    } else {
      this.#parts.set(domain, parts);
      this.amounts.set(domain, after);
    }
  }
}

/** A count over all nodes. */
export class NodeTally {
  #nodes: NodeInfo[] = [];
  #parts: (readonly Part[])[] = [];
  #series = new Map<string, Series>();

  /** Brings the count up to date; `partsOf` is what a node and its Pods come to, and nothing but these may decide it. */
  update(nodes: readonly NodeInfo[], partsOf: (node: NodeInfo) => readonly Part[]): this {
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i] as NodeInfo;
      if (this.#nodes[i] === node) continue;
      this.#add(this.#parts[i], -1);
      this.#nodes[i] = node;
      this.#add((this.#parts[i] = partsOf(node)), 1);
    }
    for (const parts of this.#parts.splice(nodes.length)) this.#add(parts, -1);
    this.#nodes.length = nodes.length;
    return this;
  }

  #add(parts: readonly Part[] = [], sign: 1 | -1): void {
    for (const part of parts) {
      let series = this.#series.get(part.series);
      if (!series) this.#series.set(part.series, (series = new Series()));
      series.add(part, sign);
      if (series.amounts.size === 0) this.#series.delete(part.series);
    }
  }

  /**
   * The counts of all series whose names begin with the prefix, by the rest of the name: those of which a node is in some domain.
   * They hold until the next update.
   */
  *all(prefix = ''): Generator<readonly [string, DomainCounts]> {
    for (const [name, { amounts, nonZero }] of this.#series) {
      if (name.startsWith(prefix)) yield [name.slice(prefix.length), DomainCounts.over(amounts, nonZero)];
    }
  }
}

/** The few counts that were of use lately, the last one first. */
export class Tallies {
  readonly #recent: { readonly asked: readonly unknown[]; readonly tally: NodeTally }[] = [];
  static readonly #most = 20;

  /** The count for everything that decides it: plain values, compared by what they hold. */
  of(asked: readonly unknown[]): NodeTally {
    const at = this.#recent.findIndex((one) => deepEqual(one.asked, asked));
    const [known = { asked, tally: new NodeTally() }] = at < 0 ? [] : this.#recent.splice(at, 1);
    this.#recent.unshift(known);
    if (this.#recent.length > Tallies.#most) this.#recent.pop();
    return known.tally;
  }

  /** Something beside nodes and their Pods has decided a count: the next one begins anew. */
  forget(tally: NodeTally): void {
    const at = this.#recent.findIndex((one) => one.tally === tally);
    if (at >= 0) this.#recent.splice(at, 1);
  }
}
