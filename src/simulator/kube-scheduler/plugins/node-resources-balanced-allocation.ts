// NodeResourcesBalancedAllocation: prefers nodes on which the Pod brings the use of cpu and memory (or what else the configuration
// names) closer together.
import { stateKey } from '../framework/cycle-state.ts';
import type { NodeInfo } from '../framework/node-info.ts';
import { maxNodeScore, type Plugin } from '../framework/plugin.ts';
import { argumentsOf, type NodeResourcesBalancedAllocationArgs, type ResourceSpec } from '../framework/plugin-args.ts';
import { skip } from '../framework/status.ts';
import { capacityOf, requestsInOrder, usedOf } from './resource-allocation.ts';

const requested = stateKey<readonly number[]>('PreScoreNodeResourcesBalancedAllocation');

export const nodeResourcesBalancedAllocation = withArguments(argumentsOf('NodeResourcesBalancedAllocation'));

function withArguments({ resources }: NodeResourcesBalancedAllocationArgs): Plugin {
  return {
    name: 'NodeResourcesBalancedAllocation',
    configured: (given) => withArguments(given as NodeResourcesBalancedAllocationArgs),

    /** Best-effort Pods would all look best on the same node. */
    preScore({ pod, state }) {
      const requests = requestsInOrder(resources, pod.amounts);
      if (requests.every((amount) => amount === 0)) return skip;
      state.write(requested, requests);
      return undefined;
    },

    score({ state }, node) {
      const wanted = state.read(requested) ?? [];
      const half = maxNodeScore / 2;
      const balanceWith = (share: 0 | 1) =>
        Math.trunc((1 - deviation(usage(resources, wanted, share, node))) * maxNodeScore);
      return half + Math.trunc((half + balanceWith(1) - balanceWith(0)) / 2);
    },
  };
}

/** Which part of each resource that the node has is used, with the Pod (share 1) or without it. */
function usage(resources: readonly ResourceSpec[], wanted: readonly number[], share: 0 | 1, node: NodeInfo): number[] {
  const fractions: number[] = [];
  for (let i = 0; i < resources.length; i++) {
    const { name } = resources[i] as ResourceSpec;
    const amount = wanted[i] ?? 0;
    const capacity = capacityOf(name, amount, node);
    if (capacity > 0) fractions.push(Math.min((usedOf(name, node, node.requested) + share * amount) / capacity, 1));
  }
  return fractions;
}

/** balancedResourceScore: the standard deviation; 0 when all are used to the same degree. */
function deviation(fractions: readonly number[]): number {
  const [first = 0, second = 0] = fractions;
  if (fractions.length <= 2) return fractions.length === 2 ? Math.abs((first - second) / 2) : 0;
  const mean = fractions.reduce((sum, fraction) => sum + fraction, 0) / fractions.length;
  const squares = fractions.reduce((sum, fraction) => sum + (fraction - mean) * (fraction - mean), 0);
  return Math.sqrt(squares / fractions.length);
}
