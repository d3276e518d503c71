// What a kubelet checks before it takes a Pod (pkg/kubelet/lifecycle/predicate.go): the node's resources, affinity, ports and
// NoExecute taints. The scheduler has checked before, but Pods can name their node themselves.
import { matchesRequiredNodeAffinity } from '../../api/node-selector.ts';
import type { Node, Pod } from '../../api/object.ts';
import { milliValue, parseQuantity, value } from '../../api/quantity.ts';
import { untoleratedTaints } from '../../api/tolerations.ts';
import { allContainers } from './pod-names.ts';
import { podResources, type ResourceList } from './pod-resources.ts';

export interface Rejection {
  readonly reason: string;
  readonly message: string;
}

const predicate = (name: string, why: string): Rejection => ({
  reason: name,
  message: `Predicate ${name} failed: ${why}`,
});

/** Why the node does not take the Pod, the first reason alone; undefined: it does. `others` are its Pods that have not ended. */
export function admit(pod: Pod, node: Node, others: readonly Pod[]): Rejection | undefined {
  return (
    resourceRejection(pod, node, others) ??
    affinityRejection(pod, node) ??
    portRejection(pod, others) ??
    taintRejection(pod, node)
  );
}

function resourceRejection(pod: Pod, node: Node, others: readonly Pod[]): Rejection | undefined {
  const allocatable = node.status?.allocatable ?? {};
  const insufficient = (name: string, requested: number, used: number, capacity: number): Rejection => ({
    reason: `OutOf${name}`,
    message: `Node didn't have enough resource: ${name}, requested: ${requested}, used: ${used}, capacity: ${capacity}`,
  });
  const maxPods = amount('pods', allocatable);
  if (others.length + 1 > maxPods) return insufficient('pods', 1, others.length, maxPods);
  const { requests } = podResources(pod);
  const names = ['cpu', 'memory', 'ephemeral-storage', ...Object.keys(requests).filter((name) => name.includes('/'))];
  for (const name of names) {
    const requested = amount(name, requests);
    // An extended resource that the node does not have is not looked at.
    if (requested === 0 || (name.includes('/') && allocatable[name] === undefined)) continue;
    const used = others.reduce((sum, other) => sum + amount(name, podResources(other).requests), 0);
    const capacity = amount(name, allocatable);
    if (requested > capacity - used) return insufficient(name, requested, used, capacity);
  }
  return undefined;
}

/** Millicores of CPU, whole units of everything else. */
function amount(name: string, list: ResourceList): number {
  const quantity = parseQuantity(list[name] ?? 0);
  if (!quantity) return 0;
  return name === 'cpu' ? milliValue(quantity) : value(quantity);
}

function affinityRejection(pod: Pod, node: Node): Rejection | undefined {
  if (matchesRequiredNodeAffinity(pod, node)) return undefined;
  return predicate('NodeAffinity', "node(s) didn't match Pod's node affinity/selector");
}

function portRejection(pod: Pod, others: readonly Pod[]): Rejection | undefined {
  const taken = others.flatMap(hostPorts);
  const conflict = hostPorts(pod).some((wanted) => taken.some((other) => collide(wanted, other)));
  return conflict ? predicate('NodePorts', "node(s) didn't have free ports for the requested pod ports") : undefined;
}

interface HostPort {
  readonly ip: string;
  readonly protocol: string;
  readonly port: number;
}

function hostPorts(pod: Pod): HostPort[] {
  return allContainers(pod).flatMap(({ ports = [] }) =>
    ports.flatMap(({ hostPort = 0, hostIP, protocol = 'TCP' }) =>
      hostPort > 0 ? [{ ip: hostIP || '0.0.0.0', protocol, port: hostPort }] : [],
    ),
  );
}

function collide(a: HostPort, b: HostPort): boolean {
  const sameAddress = a.ip === b.ip || a.ip === '0.0.0.0' || b.ip === '0.0.0.0';
  return sameAddress && a.port === b.port && a.protocol === b.protocol;
}

function taintRejection({ spec }: Pod, node: Node): Rejection | undefined {
  const untolerated = untoleratedTaints(node.spec?.taints, spec?.tolerations, ['NoExecute']);
  if (untolerated.length === 0) return undefined;
  return predicate('TaintToleration', "node(s) had taints that the pod didn't tolerate");
}
