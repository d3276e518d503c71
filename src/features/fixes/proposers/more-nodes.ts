// The cluster has no room left: further nodes like one that would take the Pod if nothing else ran there.
import type { Node } from '../../../api/object.ts';
import type { Change } from '../change.ts';
import { pendingPod } from '../pending-pod.ts';
import type { Proposer } from '../proposer.ts';

/** Filters that may say yes to a node that is like another, but empty. */
const ofRoom = new Set(['NodeResourcesFit', 'NodePorts', 'InterPodAffinity', 'PodTopologySpread']);

export const moreNodes: Proposer = {
  findings: ['unschedulable'],
  propose(context) {
    const pending = pendingPod(context);
    const like = pending?.nodes.find((node) => {
      const failing = pending.verdict(node)?.all ?? [];
      return failing.length > 0 && failing.every(({ plugin }) => ofRoom.has(plugin ?? ''));
    });
    if (!pending || !like) return [];
    const isOne = context.declared.object.kind === 'Pod';
    return (isOne ? [1] : [1, 2, 4]).map((count) => added(like, count, pending.nodes));
  },
};

function added(like: Node, count: number, nodes: readonly Node[]): Change {
  const name = like.metadata.name ?? '';
  const taken = new Set(nodes.map(({ metadata }) => metadata.name));
  const names: string[] = [];
  for (let n = 2; names.length < count; n++) if (!taken.has(`${name}-${n}`)) names.push(`${name}-${n}`);
  return {
    id: `add ${count} like ${name}`,
    title: count === 1 ? `Add a node like ${name}` : `Add ${count} nodes like ${name}`,
    cost: 4 + count,
    risk: 0,
    family: 'add nodes',
    edits: [],
    cluster: { objects: names.map((own) => copy(like, own)) },
  };
}

/** A node of the same shape, with no Pods and nothing in its name. */
function copy({ apiVersion, kind, metadata, spec, status }: Node, name: string): Node {
  const { podCIDR: _, podCIDRs: __, providerID: ___, ...rest } = spec ?? {};
  const { addresses: ____, images: _____, ...shape } = status ?? {};
  const labels = { ...metadata.labels, 'kubernetes.io/hostname': name };
  return { apiVersion, kind, metadata: { name, labels }, spec: rest, status: shape };
}
