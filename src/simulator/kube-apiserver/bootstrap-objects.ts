// What kube-apiserver makes in every cluster when it starts: its namespaces, its priority classes, and the Service `kubernetes` with
// itself behind it (pkg/controlplane, v1.36; the values are those of a recorded fresh cluster).
import type { EndpointSlice, KubeObject, Namespace, Node, PriorityClass, Service } from '../../api/object.ts';

const controlPlaneLabel = 'node-role.kubernetes.io/control-plane';
/** Where the server is when no node of the cluster is its own: managed control planes stand outside. */
const outsideAddress = '192.168.49.2';

const namespace = (name: string): Namespace => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
  spec: { finalizers: ['kubernetes'] },
  status: { phase: 'Active' },
});

const priorityClass = (name: string, value: number, description: string): PriorityClass => ({
  apiVersion: 'scheduling.k8s.io/v1',
  kind: 'PriorityClass',
  metadata: { name, generation: 1 },
  description,
  preemptionPolicy: 'PreemptLowerPriority',
  value,
});

const kubernetesService: Service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'kubernetes', namespace: 'default', labels: { component: 'apiserver', provider: 'kubernetes' } },
  spec: {
    type: 'ClusterIP',
    clusterIP: '10.96.0.1',
    clusterIPs: ['10.96.0.1'],
    internalTrafficPolicy: 'Cluster',
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
    ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 6443 }],
    sessionAffinity: 'None',
  },
  status: { loadBalancer: {} },
};

function kubernetesEndpoints(address: string): EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'kubernetes', namespace: 'default', labels: { 'kubernetes.io/service-name': 'kubernetes' } },
    addressType: 'IPv4',
    endpoints: [{ addresses: [address], conditions: { ready: true } }],
    ports: [{ name: 'https', port: 6443, protocol: 'TCP' }],
  };
}

/** The server's own objects that are not among the given ones: somebody's list of a cluster seldom has them all. */
export function bootstrapObjects(given: readonly KubeObject[]): KubeObject[] {
  const controlPlane = given.find(
    ({ kind, metadata }) => kind === 'Node' && metadata.labels?.[controlPlaneLabel] !== undefined,
  );
  const address = (controlPlane as Node | undefined)?.status?.addresses?.find(
    ({ type }) => type === 'InternalIP',
  )?.address;
  const own: KubeObject[] = [
    ...['default', 'kube-node-lease', 'kube-public', 'kube-system'].map(namespace),
    priorityClass(
      'system-cluster-critical',
      2_000_000_000,
      'Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.',
    ),
    priorityClass(
      'system-node-critical',
      2_000_001_000,
      'Used for system critical pods that must not be moved from their current node.',
    ),
    kubernetesService,
    kubernetesEndpoints(address ?? outsideAddress),
  ];
  const identity = ({ kind, metadata }: KubeObject) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
  const there = new Set(given.map(identity));
  return own.filter((object) => !there.has(identity(object)));
}
