// How a machine joins and how it is lost: its kubelet registers the Node, says that it is ready as soon as it is, and sends heartbeats
// (pkg/kubelet/kubelet_node_status.go and pkg/kubelet/nodestatus, v1.36).
import type { Lease, Node, NodeCondition, OwnerReference } from '../../api/object.ts';
import { Informer } from '../client/informer.ts';
import type { KubeletServices } from './services.ts';

/** From the start of the program until the Node is created, and from then until it is ready. Virtual milliseconds. */
const registrationDelay = 100;
const readyDelay = 100;

/** What every kubelet watches besides its Node and its Pods; what it needs of them is not asked for in a simulation. */
const watchedResources = ['services', 'csidrivers.storage.k8s.io', 'runtimeclasses.node.k8s.io'];

/** Annotations that a kubelet does not write: others give them to the Node later. */
const othersAnnotations = ['node.alpha.kubernetes.io/ttl'];

/** What is told of each condition but Ready while nothing is wrong: its type → the reason of the Event. */
const calmEvents: Readonly<Record<string, string>> = {
  MemoryPressure: 'NodeHasSufficientMemory',
  DiskPressure: 'NodeHasNoDiskPressure',
  PIDPressure: 'NodeHasSufficientPID',
};

/** Registers the Node, which is given as it will be once all is well; `then` follows when it is ready. */
export function registerNode(services: KubeletServices, node: Node, then: () => void): void {
  const { kernel, client, participant, recorder, nodeName } = services;
  const tell = (reason: string) => {
    recorder.event(node, 'Normal', reason, `Node ${nodeName} status is now: ${reason}`);
  };
  const conditions = node.status?.conditions ?? [];
  const isReady = conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
  for (const resource of watchedResources) new Informer(client, resource).start();
  recorder.event(node, 'Normal', 'Starting', 'Starting kubelet.');
  kernel.after(registrationDelay, participant, () => {
    for (const { type, status } of conditions) if (status === 'False' && calmEvents[type]) tell(calmEvents[type]);
    client.create<Node>({ resource: 'nodes' }, asRegistered(node, kernel.timestamp()));
    kernel.after(readyDelay, participant, () => {
      announceDrivers(services);
      if (isReady) {
        postReady(services);
        tell('NodeReady');
      }
      then();
    });
  });
}

/** The Node as the kubelet makes it: without what controllers add, and not ready yet. */
function asRegistered({ metadata, spec = {}, status = {}, ...node }: Node, now: string): Node {
  const { podCIDR: _, podCIDRs: __, ...ownSpec } = spec;
  const annotations = Object.entries(metadata.annotations ?? {}).filter(([key]) => !othersAnnotations.includes(key));
  const conditions = (status.conditions ?? []).map((condition): NodeCondition => {
    const dated = { ...condition, lastHeartbeatTime: now, lastTransitionTime: now };
    if (condition.type !== 'Ready') return dated;
    return { ...dated, status: 'False', reason: 'KubeletNotReady', message: 'CSINode is not yet initialized' };
  });
  return {
    ...node,
    metadata: { ...metadata, annotations: Object.fromEntries(annotations) },
    spec: ownSpec,
    status: { ...status, conditions },
  };
}

/** The node's list of storage drivers, empty at first. */
function announceDrivers({ client, nodeName, ...services }: KubeletServices): void {
  client.create(
    { resource: 'csinodes.storage.k8s.io' },
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'CSINode',
      metadata: {
        name: nodeName,
        ownerReferences: [ownerOf(nodeName, services.node())],
      },
      spec: { drivers: [] },
    },
  );
}

function postReady({ kernel, client, nodeName }: KubeletServices): void {
  const now = kernel.timestamp();
  const ready = {
    type: 'Ready',
    status: 'True',
    reason: 'KubeletReady',
    message: 'kubelet is posting ready status',
    lastHeartbeatTime: now,
    lastTransitionTime: now,
  };
  client.patch<Node>({ resource: 'nodes', name: nodeName, subresource: 'status' }, 'strategic', {
    status: { conditions: [ready] },
  });
}

/**
 * The last heartbeat of a kubelet that stops (pkg/kubelet/nodelease). Those before it are left out: they would say the same every ten
 * seconds, of every node.
 */
export function lastHeartbeat({ kernel, client, nodeName, ...services }: KubeletServices): void {
  const place = { resource: 'leases.coordination.k8s.io', namespace: 'kube-node-lease' };
  const renewed = { holderIdentity: nodeName, leaseDurationSeconds: 40, renewTime: kernel.microTimestamp() };
  const found = client.get<Lease>({ ...place, name: nodeName });
  if (found.ok) {
    client.update<Lease>({ ...place, name: nodeName }, { ...found.object, spec: { ...found.object.spec, ...renewed } });
    return;
  }
  const ownerReferences = [ownerOf(nodeName, services.node())];
  client.create<Lease>(place, {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name: nodeName, namespace: 'kube-node-lease', ownerReferences },
    spec: renewed,
  });
}

/** What is the node's own goes with it. */
function ownerOf(name: string, node: Node | undefined): OwnerReference {
  return { apiVersion: 'v1', kind: 'Node', name, uid: node?.metadata.uid ?? '' };
}
