// How the resource plugins score a node: by how much of each resource is used with the Pod on it, summed up by a strategy
// (k8s.io/kubernetes/pkg/scheduler/framework/plugins/noderesources).
import { milliValue, value } from '../../../api/quantity.ts';
import type { NodeInfo } from '../framework/node-info.ts';
import { maxNodeScore } from '../framework/plugin.ts';
import type { ResourceSpec, ScoringStrategy, UtilizationShapePoint } from '../framework/plugin-args.ts';
import type { Requests } from '../framework/pod-requests.ts';
import { isScalarResource, type Resource } from '../framework/resource.ts';

/** What the Pod requests of each resource of the strategy, in its order. */
export function requestsInOrder(resources: readonly ResourceSpec[], requests: Requests): readonly number[] {
  return resources.map(({ name }) => {
    const quantity = requests.get(name);
    if (!quantity) return 0;
    return name === 'cpu' ? milliValue(quantity) : value(quantity);
  });
}

type CpuAndMemory = Pick<Resource, 'milliCpu' | 'memory'>;

/** How much of a resource the node has, as far as it counts: extended resources only if the Pod asks for them. */
export function capacityOf(name: string, wanted: number, { allocatable }: NodeInfo): number {
  return wanted === 0 && isScalarResource(name) ? 0 : amountOf(name, allocatable, allocatable);
}

/** How much of a resource the Pods of the node request. */
export const usedOf = (name: string, { requested }: NodeInfo, used: CpuAndMemory) => amountOf(name, used, requested);

function amountOf(name: string, { milliCpu, memory }: CpuAndMemory, { ephemeralStorage, scalars }: Resource): number {
  if (name === 'cpu') return milliCpu;
  if (name === 'memory') return memory;
  return name === 'ephemeral-storage' ? ephemeralStorage : (scalars.get(name) ?? 0);
}

/** Scores a node by what the Pod requests of each resource, and the Pods that are there. */
type Scorer = (podRequests: readonly number[], node: NodeInfo) => number;

/** The scorer of a strategy: LeastAllocated, MostAllocated or RequestedToCapacityRatio. */
export function scorerOf({ type, resources, requestedToCapacityRatio }: ScoringStrategy): Scorer {
  if (type === 'RequestedToCapacityRatio') {
    // Resources that score nothing don't count at all.
    return weightedMean(
      resources,
      capacityRatio(requestedToCapacityRatio?.shape ?? []),
      Math.round,
      (score) => score > 0,
    );
  }
  return weightedMean(resources, type === 'MostAllocated' ? usedPercent : freePercent, Math.trunc, () => true);
}

function weightedMean(
  resources: readonly ResourceSpec[],
  scoreOf: (requested: number, capacity: number) => number,
  round: (mean: number) => number,
  counts: (score: number) => boolean,
): Scorer {
  return (podRequests, node) => {
    let sum = 0;
    let weights = 0;
    for (let i = 0; i < resources.length; i++) {
      const { name, weight } = resources[i] as ResourceSpec;
      const wanted = podRequests[i] ?? 0;
      const capacity = capacityOf(name, wanted, node);
      if (capacity === 0) continue;
      const score = scoreOf(usedOf(name, node, node.nonZeroRequested) + wanted, capacity);
      if (!counts(score)) continue;
      sum += score * weight;
      weights += weight;
    }
    return weights === 0 ? 0 : round(sum / weights);
  };
}

const freePercent = (requested: number, capacity: number) =>
  requested > capacity ? 0 : Math.trunc(((capacity - requested) * maxNodeScore) / capacity);

const usedPercent = (requested: number, capacity: number) =>
  Math.trunc((Math.min(requested, capacity) * maxNodeScore) / capacity);

/** A broken line over the utilization in percent. */
function capacityRatio(shape: readonly UtilizationShapePoint[]): (requested: number, capacity: number) => number {
  const line = brokenLine(shape);
  return (requested, capacity) => line(requested > capacity ? 100 : Math.trunc((requested * 100) / capacity));
}

/** Scores of a shape go up to 10, those of nodes to 100. */
const scale = maxNodeScore / 10;

function brokenLine(shape: readonly UtilizationShapePoint[]): (utilization: number) => number {
  return (utilization) => {
    const next = shape.findIndex((point) => utilization <= point.utilization);
    const after = shape[next < 0 ? shape.length - 1 : next];
    const before = shape[next - 1];
    if (!after) return 0;
    if (next <= 0 || !before) return after.score * scale;
    const rise = (after.score - before.score) * scale * (utilization - before.utilization);
    return before.score * scale + Math.trunc(rise / (after.utilization - before.utilization));
  };
}
