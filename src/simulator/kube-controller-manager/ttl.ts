// The TTL controller: tells kubelets by an annotation of their Node for how long Secrets and ConfigMaps may be taken from a cache, the
// longer the more nodes there are (k8s.io/kubernetes/pkg/controller/ttl, v1.36). Nodes that were there before the run have theirs.
import { keyOf, type Node } from '../../api/object.ts';
import { succeeded, SyncQueue, type Controller } from './controller.ts';

export const ttlAnnotation = 'node.alpha.kubernetes.io/ttl';

/** Up to so many nodes, so many seconds; a step is taken back only well below its limit, of which nothing is seen while nodes are added. */
const steps: readonly (readonly [nodes: number, seconds: number])[] = [
  [100, 0],
  [500, 15],
  [1000, 30],
  [2000, 60],
  [Infinity, 300],
];

export const ttlController: Controller = {
  name: 'ttl-controller',
  start(context) {
    const { client, informers } = context;
    const nodes = informers.of<Node>('nodes');
    const queue = new SyncQueue(context, (name) => {
      const value = String(steps.find(([most]) => nodes.size <= most)?.[1]);
      const annotations = nodes.get(name)?.metadata.annotations;
      if (!nodes.get(name) || annotations?.[ttlAnnotation] === value) return;
      const patch = { metadata: { annotations: { [ttlAnnotation]: value } } };
      succeeded(client.patch<Node>({ resource: 'nodes', name }, 'strategic', patch));
    });
    nodes.handle({
      onAdd: (node) => {
        if (informers.started) queue.add(keyOf(node));
      },
    });
  },
};
