// The node IPAM controller: a new node is given a range of the cluster's Pod addresses
// (k8s.io/kubernetes/pkg/controller/nodeipam/ipam/range_allocator.go, v1.36). Whether the manager does so (--allocate-node-cidrs) is read
// off the nodes that are there; the range of the cluster is taken to be the one that minikube, kind and kubeadm's manuals use.
import { keyOf, type Node } from '../../api/object.ts';
import { succeeded, SyncQueue, type Controller } from './controller.ts';

const ranges = Array.from({ length: 256 }, (_, i) => `10.244.${i}.0/24`);

export const nodeIpamController: Controller = {
  name: 'node-ipam-controller',
  actor: 'node-controller',
  start(context) {
    const { client, informers } = context;
    const nodes = informers.of<Node>('nodes');
    const queue = new SyncQueue(context, (name) => {
      const node = nodes.get(name);
      if (!node || node.spec?.podCIDR) return;
      const others = [...nodes.values()].filter((other) => other !== node);
      const taken = new Set(others.flatMap(({ spec }) => spec?.podCIDRs ?? spec?.podCIDR ?? []));
      if (others.length > 0 && taken.size === 0) return;
      const podCIDR = ranges.find((range) => !taken.has(range));
      if (!podCIDR) return;
      const patch = { spec: { podCIDR, podCIDRs: [podCIDR] } };
      succeeded(client.patch<Node>({ resource: 'nodes', name }, 'strategic', patch));
    });
    nodes.handle({
      onAdd: (node) => {
        if (informers.started) queue.add(keyOf(node));
      },
    });
  },
};
