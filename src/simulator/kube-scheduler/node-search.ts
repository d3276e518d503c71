// How much of a large cluster is looked at: the scheduler stops when it has found enough nodes that fit
// (percentageOfNodesToScore; findNodesThatPassFilters and numFeasibleNodesToFind of schedule_one.go, backend/cache/node_tree.go).
import type { Node } from '../../api/object.ts';
import type { NodeInfo } from './framework/node-info.ts';

const minFeasibleNodes = 100;
const minPercentage = 5;

/** numFeasibleNodesToFind: when so many nodes fit, no more are looked for. Percentage 0: the more nodes, the fewer of them. */
export function enoughNodes(percentage: number, total: number): number {
  if (total < minFeasibleNodes) return total;
  const part = percentage || Math.max(50 - Math.trunc(total / 125), minPercentage);
  return Math.max(Math.trunc((total * part) / 100), minFeasibleNodes);
}

/** GetZoneKey. */
export function zoneKey({ metadata: { labels = {} } }: Node): string {
  const zone = labels['failure-domain.beta.kubernetes.io/zone'] ?? labels['topology.kubernetes.io/zone'] ?? '';
  const region = labels['failure-domain.beta.kubernetes.io/region'] ?? labels['topology.kubernetes.io/region'] ?? '';
  return `${region}:\0:${zone}`;
}

/** The order in which nodes are looked at: one of each zone in turn, so that the first ones are spread over the zones. */
export function inTurns(nodes: readonly NodeInfo[]): readonly string[] {
  const zones = new Map<string, string[]>();
  for (const { node, name } of nodes) {
    const key = zoneKey(node);
    const zone = zones.get(key);
    if (zone) zone.push(name);
    else zones.set(key, [name]);
  }
  const order: string[] = [];
  for (let turn = 0; order.length < nodes.length; turn++) {
    for (const zone of zones.values()) {
      const name = zone[turn];
      if (name !== undefined) order.push(name);
    }
  }
  return order;
}
