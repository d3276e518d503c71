// The node lifecycle controller: taints nodes by what their conditions say, greets new ones, and gives up those that are not heard of
// (k8s.io/kubernetes/pkg/controller/nodelifecycle, v1.36). That the beta labels of a node follow the stable ones is its work too.
import { keyOf, type Lease, type Node } from '../../../api/object.ts';
import { deepEqual } from '../../../base/json.ts';
import { EventRecorder } from '../../client/event-recorder.ts';
import { succeeded, SyncQueue, type Controller } from '../controller.ts';
import { conditionTaints } from './condition-taints.ts';
import { NodeHealth } from './health.ts';
import { swapTaints } from './taints.ts';
import { readyStatus } from './zones.ts';

/** The stable label → the beta label that says the same. */
const betaLabels = {
  'kubernetes.io/os': 'beta.kubernetes.io/os',
  'kubernetes.io/arch': 'beta.kubernetes.io/arch',
} as const;

export const nodeLifecycleController: Controller = {
  name: 'node-lifecycle-controller',
  actor: 'node-controller',
  start(context) {
    const { kernel, client, informers } = context;
    const nodes = informers.of<Node>('nodes');
    const health = new NodeHealth(context, new EventRecorder(kernel, client, { component: 'node-controller' }));
    const queue = new SyncQueue(context, (name) => {
      const node = nodes.get(name);
      if (!node) return;
      const taints = conditionTaints(node);
      if (taints.add.length > 0 || taints.remove.length > 0) swapTaints(context, node, taints);
      const labels = missingLabels(node);
      if (labels) succeeded(client.patch<Node>({ resource: 'nodes', name }, 'strategic', { metadata: { labels } }));
    });
    nodes.handle({
      onAdd: (node) => {
        // what was there before the run is as the controller left it
        if (!informers.started) return health.accept(node);
        queue.add(keyOf(node));
        health.changed();
      },
      onUpdate: (node, previous) => {
        if (concernsController(node, previous)) queue.add(keyOf(node));
        if (readyStatus(node) !== readyStatus(previous)) health.changed();
      },
      onDelete: () => health.changed(),
    });
    const heard = (lease: Lease) => {
      if (informers.started && lease.metadata.namespace === 'kube-node-lease') health.heartbeat(lease);
    };
    informers.of<Lease>('leases.coordination.k8s.io').handle({ onAdd: heard, onUpdate: heard });
  },
};

/** Whether a change is more than, say, the images of the node. */
function concernsController(node: Node, previous: Node): boolean {
  return (
    !deepEqual(node.status?.conditions, previous.status?.conditions) ||
    !deepEqual(node.spec, previous.spec) ||
    !deepEqual(node.metadata.labels, previous.metadata.labels)
  );
}

/** The beta labels that say something else than the stable ones; undefined: none. */
function missingLabels({ metadata: { labels = {} } }: Node): Record<string, string> | undefined {
  let missing: Record<string, string> | undefined;
  for (const [stable, beta] of Object.entries(betaLabels)) {
    const value = labels[stable];
    if (value !== undefined && labels[beta] !== value) missing = { ...missing, [beta]: value };
  }
  return missing;
}
