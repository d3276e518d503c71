// NodePorts: without the port of the node, or with another one.
import type { Pod } from '../../../api/object.ts';
import { remove, set, type Change } from '../change.ts';
import type { PendingPod, PlacementProposer } from '../pending-pod.ts';

export const hostPorts: PlacementProposer = {
  plugin: 'NodePorts',
  propose(pending, node) {
    const blames = pending.blame(node, 'NodePorts');
    const [blame, another] = blames;
    const port = Number(/^has host port (\d+)/.exec(blame?.says ?? '')?.[1]);
    if (!blame || another || !port) return [];
    return [without(pending, blame.path, port), moved(pending, blame.path, port)];
  },
};

/** Whoever comes by the address of the node does not find the Pod any more; a Service is the usual way. */
function without({ declared, path }: PendingPod, own: string, port: number): Change {
  return {
    id: `remove ${path(own)}`,
    title: `Do without host port ${port}`,
    cost: 2,
    risk: 2,
    edits: [remove(declared, path(own))],
  };
}

function moved({ declared, path, pods }: PendingPod, own: string, port: number): Change {
  const taken = new Set(pods().flatMap(portsOf));
  let free = port + 1;
  while (taken.has(free) && free < 65_535) free++;
  return {
    id: `set ${path(own)} ${free}`,
    title: `Use host port ${free}`,
    cost: 1,
    risk: 4,
    edits: [set(declared, path(own), free)],
  };
}

const portsOf = ({ spec }: Pod) =>
  [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])].flatMap(({ ports = [] }) =>
    ports.flatMap(({ hostPort }) => hostPort ?? []),
  );
