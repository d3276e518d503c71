// Calico: addresses for Pods, and routes between the nodes they are on. Policies are not modelled yet.
import { isTerminalPhase } from '../../api/pod-phase.ts';
import type { Node, Pod } from '../../api/object.ts';
import type { ComponentContext } from '../client/component.ts';
import { Ipam } from './ipam.ts';

/** The range of kubeadm's and Calico's documentation, and of the recordings. */
export const podPool = '10.244.0.0/16';

/** What Calico's CNI plugin does for the runtime of one node. */
export interface NodePlugin {
  add(request: {
    readonly podName: string;
    readonly sandboxId: string;
  }): { readonly ip: string } | { readonly error: string };
  remove(sandboxId: string): void;
}

/** Starts Calico. Addresses of Pods that are in the cluster are taken; the routes to them are there. */
export function startCalico(context: ComponentContext): { cni(nodeName: string): NodePlugin } {
  const { kernel, client } = context;
  const ipam = new Ipam(podPool);
  for (const { spec, status } of client.list<Pod>('pods').items) {
    if (spec?.nodeName && status?.podIP && !isTerminalPhase(status.phase)) ipam.take(spec.nodeName, status.podIP);
  }
  return { cni: (nodeName) => ({ add: ({ sandboxId }) => add(nodeName, sandboxId), remove }) };

  function add(nodeName: string, sandboxId: string): { ip: string } | { error: string } {
    let known: readonly Node[] | undefined;
    const nodes = () => (known ??= listNodes());
    const assigned = ipam.assign(nodeName, sandboxId, () => podCidrs(nodes()));
    if (!assigned) return { error: `plugin type="calico" failed (add): no address is left in ${podPool}` };
    const { ip, block, newBlock } = assigned;
    const actor = `${client.actor}/${nodeName}`;
    kernel.record(actor, actor, { type: 'action', action: { type: 'ipam', ip, block } });
    if (newBlock) programRoutes(nodeName, block, nodes());
    return { ip };
  }

  function remove(sandboxId: string): void {
    ipam.release(sandboxId);
  }

  /** Every other node learns that a block is behind this one. */
  function programRoutes(nodeName: string, block: string, all: readonly Node[]): void {
    const self = all.find(({ metadata }) => metadata.name === nodeName);
    const via = self?.status?.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? nodeName;
    for (const { metadata } of all) {
      const { name: node = '' } = metadata;
      if (node === nodeName) continue;
      const action = { type: 'route', destination: block, via, node } as const;
      kernel.record(`${client.actor}/${nodeName}`, `${client.actor}/${node}`, { type: 'action', action });
    }
  }

  /** Calico knows the nodes from its own records; that it looks is no part of the story. */
  function listNodes(): readonly Node[] {
    return kernel.untraced(() => client.list<Node>('nodes').items);
  }
}

function podCidrs(nodes: readonly Node[]): Map<string, string | undefined> {
  return new Map(nodes.map(({ metadata, spec }) => [metadata.name ?? '', spec?.podCIDR]));
}
