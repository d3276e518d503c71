// NodePorts: the port of the Pod that another Pod on the node has.
import { refOf } from '../../../api/object.ts';
import { conflict } from '../plugins/node-ports.ts';
import type { PodInfo } from '../framework/pod-info.ts';
import type { Blame, BlameOf } from './blame.ts';

export const blamePorts: BlameOf = ({ pod }, { pods }) =>
  pod.hostPorts.flatMap((port): Blame[] => {
    for (const other of pods) {
      const taken = other.hostPorts.find((one) => conflict(port, one));
      if (!taken) continue;
      const says = `has host port ${port.hostPort} taken by Pod ${other.key}`;
      return [{ path: pathOf(pod, port), says, other: { object: refOf(other.pod), path: pathOf(other, taken) } }];
    }
    return [];
  });

/** Where a port of a Pod is written. */
function pathOf({ pod: { spec } }: PodInfo, port: PodInfo['hostPorts'][number]): string {
  for (const list of ['containers', 'initContainers'] as const) {
    for (const [i, { ports = [] }] of (spec?.[list] ?? []).entries()) {
      const j = ports.indexOf(port);
      if (j >= 0) return `spec.${list}[${i}].ports[${j}].hostPort`;
    }
  }
  return 'spec.containers';
}
