// kube-apiserver publishes itself: the Service `kubernetes` has no selector, its endpoint is the server's own address
// (pkg/controlplane/reconcilers, v1.36).
import type { EndpointSlice, KubeObject, Node } from '../../api/object.ts';

const controlPlaneLabel = 'node-role.kubernetes.io/control-plane';
/** Where the server is when no node of the cluster is its own: managed control planes stand outside. */
const outsideAddress = '192.168.49.2';

/** The EndpointSlice of `kubernetes`, unless the objects have it already. */
export function kubernetesEndpoints(objects: readonly KubeObject[]): EndpointSlice[] {
  const isDefault = ({ metadata }: KubeObject) => metadata.name === 'kubernetes' && metadata.namespace === 'default';
  const has = (kind: string) => objects.some((object) => object.kind === kind && isDefault(object));
  if (!has('Service') || has('EndpointSlice')) return [];
  const own = objects.find(
    (object) => object.kind === 'Node' && object.metadata.labels?.[controlPlaneLabel] !== undefined,
  );
  const address = (own as Node | undefined)?.status?.addresses?.find(({ type }) => type === 'InternalIP')?.address;
  return [
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 'kubernetes', namespace: 'default', labels: { 'kubernetes.io/service-name': 'kubernetes' } },
      addressType: 'IPv4',
      endpoints: [{ addresses: [address ?? outsideAddress], conditions: { ready: true } }],
      ports: [{ name: 'https', port: 6443, protocol: 'TCP' }],
    },
  ];
}
