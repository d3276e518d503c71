// NodePorts: a port of the node (hostPort) can be taken once for each protocol and address.
import type { ContainerPort, Pod } from '../../../api/object.ts';
import type { Plugin } from '../framework/plugin.ts';
import { podInfoOf } from '../framework/pod-info.ts';
import { skip, unschedulable } from '../framework/status.ts';

const anyAddress = '0.0.0.0';

/** HostPortInfo.CheckConflict: 0.0.0.0, which an absent hostIP means, overlaps with every address. */
export function conflict(a: ContainerPort, b: ContainerPort): boolean {
  if (a.hostPort !== b.hostPort || (a.protocol || 'TCP') !== (b.protocol || 'TCP')) return false;
  const one = a.hostIP || anyAddress;
  const other = b.hostIP || anyAddress;
  return one === anyAddress || other === anyAddress || one === other;
}

function anyConflict(wanted: readonly ContainerPort[], taken: Iterable<ContainerPort>): boolean {
  for (const port of taken) if (wanted.some((own) => conflict(own, port))) return true;
  return false;
}

export const nodePorts: Plugin = {
  name: 'NodePorts',

  preFilter({ pod }) {
    return pod.hostPorts.length === 0 ? skip : undefined;
  },

  filter({ pod: { hostPorts } }, { ports }) {
    return anyConflict(hostPorts, ports.values())
      ? unschedulable("node(s) didn't have free ports for the requested pod ports")
      : undefined;
  },

  queueingHints: [
    {
      resource: 'Pod',
      actions: ['Delete'],
      isWorthTrying(pod, { before }) {
        const deleted = before as Pod;
        if (!deleted.spec?.nodeName && !deleted.status?.nominatedNodeName) return false;
        return anyConflict(podInfoOf(pod).hostPorts, podInfoOf(deleted).hostPorts);
      },
    },
    { resource: 'Node', actions: ['Add'] },
  ],
};
