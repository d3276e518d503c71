// How fast the nodes of a zone may be emptied: a zone in which much fails has more likely lost its network than its machines
// (handleDisruption and ComputeZoneState of k8s.io/kubernetes/pkg/controller/nodelifecycle, v1.36, with the manager's defaults).
import type { Node } from '../../../api/object.ts';

/** --unhealthy-zone-threshold. */
const unhealthyThreshold = 0.55;
/** --large-cluster-size-threshold. */
const largeZone = 50;
/** --node-eviction-rate and --secondary-node-eviction-rate, as virtual milliseconds between two nodes. */
const normalInterval = 10_000;
const reducedInterval = 100_000;

export function zoneOf({ metadata: { labels = {} } }: Node): string {
  const region = labels['topology.kubernetes.io/region'] ?? labels['failure-domain.beta.kubernetes.io/region'] ?? '';
  const zone = labels['topology.kubernetes.io/zone'] ?? labels['failure-domain.beta.kubernetes.io/zone'] ?? '';
  return `${region}:${zone}`;
}

export function isReady({ status }: Node): boolean {
  return readyStatus({ status }) === 'True';
}

/** The status of the condition Ready; undefined for a Node without it. */
export function readyStatus({ status }: Pick<Node, 'status'>): string | undefined {
  return status?.conditions?.find(({ type }) => type === 'Ready')?.status;
}

/**
 * Zone → milliseconds between two nodes that are emptied; Infinity: none is. If nothing is ready anywhere, the fault is taken to be
 * the control plane's own.
 */
export function evictionIntervals(nodes: Iterable<Node>): ReadonlyMap<string, number> {
  const zones = new Map<string, { ready: number; failed: number }>();
  for (const node of nodes) {
    if ('node.kubernetes.io/exclude-disruption' in (node.metadata.labels ?? {})) continue;
    const zone = zones.get(zoneOf(node)) ?? { ready: 0, failed: 0 };
    zone[isReady(node) ? 'ready' : 'failed']++;
    zones.set(zoneOf(node), zone);
  }
  const allFailed = [...zones.values()].every(({ ready }) => ready === 0);
  const intervalOf = ({ ready, failed }: { ready: number; failed: number }) => {
    if (allFailed) return Infinity;
    const isDisrupted = ready > 0 && failed > 2 && failed / (ready + failed) >= unhealthyThreshold;
    if (!isDisrupted) return normalInterval;
    return ready + failed > largeZone ? reducedInterval : Infinity;
  };
  return new Map([...zones].map(([name, zone]) => [name, intervalOf(zone)]));
}
