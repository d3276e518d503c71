// NodeUnschedulable: the node takes Pods again.
import type { Node } from '../../../api/object.ts';
import type { PlacementProposer } from '../pending-pod.ts';

export const cordon: PlacementProposer = {
  plugin: 'NodeUnschedulable',
  propose(_pending, node) {
    const name = node.metadata.name ?? '';
    const taints = (node.spec?.taints ?? []).filter(({ key }) => key !== 'node.kubernetes.io/unschedulable');
    const { unschedulable: _, ...spec } = node.spec ?? {};
    return [
      {
        ...{
          id: `uncordon ${name}`,
          title: `Let ${name} take Pods again`,
          cost: 2,
          risk: 3,
          family: 'uncordon',
          edits: [],
        },
        cluster: { command: `kubectl uncordon ${name}`, objects: [{ ...node, spec: { ...spec, taints } } as Node] },
      },
    ];
  },
};
