// NodeResourcesBalancedAllocation: prefers nodes on which the Pod brings the use of cpu and memory closer together.
import { maxNodeScore, type Plugin } from '../framework/plugin.ts';
import type { Resource } from '../framework/resource.ts';
import { skip } from '../framework/status.ts';

export const nodeResourcesBalancedAllocation: Plugin = {
  name: 'NodeResourcesBalancedAllocation',

  /** Best-effort Pods would all look best on the same node. */
  preScore({ pod: { requests } }) {
    return requests.milliCpu === 0 && requests.memory === 0 ? skip : undefined;
  },

  score({ pod }, { allocatable, requested }) {
    const half = maxNodeScore / 2;
    const withPod = balance(requested, pod.requests, allocatable);
    const withoutPod = balance(requested, undefined, allocatable);
    return half + Math.trunc((half + withPod - withoutPod) / 2);
  },
};

/** balancedResourceScore: 100 when cpu and memory are used to the same degree, less the further they are apart. */
function balance(requested: Resource, added: Resource | undefined, allocatable: Resource): number {
  const cpu = usage(requested.milliCpu + (added?.milliCpu ?? 0), allocatable.milliCpu);
  const memory = usage(requested.memory + (added?.memory ?? 0), allocatable.memory);
  const deviation = cpu === undefined || memory === undefined ? 0 : Math.abs((cpu - memory) / 2);
  return Math.trunc((1 - deviation) * maxNodeScore);
}

const usage = (requested: number, allocatable: number) =>
  allocatable === 0 ? undefined : Math.min(requested / allocatable, 1);
