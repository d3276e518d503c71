// How much of a node is free, in the words of kubectl: what is allocatable, less what the Pods on it ask for.
import { isTerminalPhase } from '../../api/pod-phase.ts';
import type { Node, Pod } from '../../api/object.ts';
import { addQuantities, negateQuantity, parseQuantity, type Quantity } from '../../api/quantity.ts';
import { podRequests } from '../../simulator/index.ts';

const zero = parseQuantity('0')!;

export class Capacities {
  readonly #byNode = new Map<string, Pod[]>();

  /** Takes all Pods of a moment; those that have ended take no place any more. */
  constructor(pods: readonly Pod[]) {
    for (const pod of pods) {
      const { nodeName } = pod.spec ?? {};
      if (!nodeName || isTerminalPhase(pod.status?.phase)) continue;
      const group = this.#byNode.get(nodeName);
      if (group) group.push(pod);
      else this.#byNode.set(nodeName, [pod]);
    }
  }

  podsOn(node: string): readonly Pod[] {
    return this.#byNode.get(node) ?? [];
  }

  free(node: Node, resource: string): Quantity {
    const given = parseQuantity(String(node.status?.allocatable?.[resource] ?? '0')) ?? zero;
    const used = this.podsOn(node.metadata.name ?? '').map((pod) => podRequests(pod).get(resource) ?? zero);
    return used.reduce((left, amount) => addQuantities(left, negateQuantity(amount)), given);
  }
}

/** `2 CPU · 4Gi · 3 Pods`. */
export function capacityText({ status }: Node, pods: readonly Pod[]): string {
  const { cpu, memory } = status?.allocatable ?? {};
  const parts = [
    cpu !== undefined && `${String(cpu)} CPU`,
    memory !== undefined && String(memory),
    `${pods.length} ${pods.length === 1 ? 'Pod' : 'Pods'}`,
  ];
  return parts.filter(Boolean).join(' · ');
}
