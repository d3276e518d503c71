// Services get their addresses and ports from the server, and give them back with the need for them
// (pkg/registry/core/service/strategy.go and storage/alloc.go, Kubernetes 1.36). One IPv4 range, as kubeadm sets clusters up.
import { copyWith } from '../../../../base/copy.ts';
import type { Service, ServicePort, ServiceSpec } from '../../../../api/object.ts';
import type { ApiStatus } from '../../../../api/status.ts';
import { deepEqual } from '../../../../base/json.ts';
import { keepSpec, withStatus } from '../generic.ts';
import { isStatus, type AnyObject, type Strategy, type StrategyContext } from '../strategy.ts';
import { allocateClusterIp } from './cluster-ip.ts';
import { withIpFamilies } from './ip-families.ts';
import { allocateNodePorts } from './node-ports.ts';

export const needsClusterIp = ({ type }: ServiceSpec): boolean => type !== 'ExternalName';
const needsNodePort = ({ type }: ServiceSpec): boolean => type === 'NodePort' || type === 'LoadBalancer';
const isReachable = (spec: ServiceSpec): boolean =>
  needsNodePort(spec) || (spec.type === 'ClusterIP' && (spec.externalIPs?.length ?? 0) > 0);
const needsHealthCheckPort = ({ type, externalTrafficPolicy }: ServiceSpec): boolean =>
  type === 'LoadBalancer' && externalTrafficPolicy === 'Local';

const givesNodePorts = (spec: ServiceSpec): boolean =>
  needsNodePort(spec) && (spec.type !== 'LoadBalancer' || spec.allocateLoadBalancerNodePorts !== false);

/** What an update does not mention keeps the value it was given (patchAllocatedValues). */
function withAllocatedValues(spec: ServiceSpec, old: ServiceSpec): ServiceSpec {
  let patched = spec;
  if (needsClusterIp(old) && needsClusterIp(spec)) {
    const { clusterIP, clusterIPs } = old;
    if (!spec.clusterIP && clusterIP) patched = { ...patched, clusterIP };
    if (!spec.clusterIPs?.length && clusterIPs) patched = { ...patched, clusterIPs };
  }
  if (givesNodePorts(old) && givesNodePorts(spec)) patched = withAllocatedPorts(patched, old);
  if (needsHealthCheckPort(old) && needsHealthCheckPort(spec) && !spec.healthCheckNodePort) {
    patched = { ...patched, healthCheckNodePort: old.healthCheckNodePort };
  }
  return patched;
}

/** Ports keep by their name the node ports they had, unless another one has taken it over. */
function withAllocatedPorts(spec: ServiceSpec, old: ServiceSpec): ServiceSpec {
  const before = new Map(old.ports?.map(({ name = '', nodePort }) => [name, nodePort]));
  const taken = new Set(spec.ports?.map(({ nodePort }) => nodePort));
  const ports = spec.ports?.map((port): ServicePort => {
    const nodePort = port.nodePort ? undefined : before.get(port.name ?? '');
    return nodePort && !taken.has(nodePort) ? { ...port, nodePort } : port;
  });
  return { ...spec, ...(ports && { ports }) };
}

const sameClusterIps = (one: ServiceSpec, other: ServiceSpec) =>
  deepEqual(one.clusterIPs ?? [], other.clusterIPs ?? []);

/** Who changes the one address and leaves the list as it was, does not know the list: it follows (normalizeClusterIPs). */
function withAddressesInStep(spec: ServiceSpec, old: ServiceSpec): ServiceSpec {
  if ((spec.clusterIP ?? '') === (old.clusterIP ?? '') || !sameClusterIps(spec, old)) return spec;
  const { clusterIPs: _, ...rest } = spec;
  return { ...rest, ...(spec.clusterIP && { clusterIPs: [spec.clusterIP] }) };
}

/** An ExternalName Service is never shown with a policy for traffic from inside (defaultOnReadInternalTrafficPolicy). */
function withoutInternalPolicy(spec: ServiceSpec): ServiceSpec {
  const { internalTrafficPolicy: policy, ...rest } = spec;
  return needsClusterIp(spec) || (policy !== 'Cluster' && policy !== 'Local') ? spec : rest;
}

/** Values that belong to a type the Service no longer has go, unless the update sets them anew (dropTypeDependentFields). */
function withoutStaleValues(spec: ServiceSpec, old: ServiceSpec): ServiceSpec {
  const stale = new Set<keyof ServiceSpec>();
  if (needsClusterIp(old) && !needsClusterIp(spec) && spec.clusterIP === old.clusterIP && sameClusterIps(spec, old)) {
    for (const name of ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy'] as const) stale.add(name);
  }
  if (needsHealthCheckPort(old) && !needsHealthCheckPort(spec)) stale.add('healthCheckNodePort');
  if (old.type === 'LoadBalancer' && spec.type !== 'LoadBalancer') {
    for (const name of ['allocateLoadBalancerNodePorts', 'loadBalancerClass'] as const) {
      if (spec[name] === old[name]) stale.add(name);
    }
  }
  if (isReachable(old) && !isReachable(spec)) stale.add('externalTrafficPolicy');
  const kept = Object.fromEntries(Object.entries(spec).filter(([name]) => !stale.has(name as keyof ServiceSpec)));
  return needsNodePort(old) && !needsNodePort(spec) ? withoutNodePorts(kept, old) : kept;
}

function withoutNodePorts(spec: ServiceSpec, old: ServiceSpec): ServiceSpec {
  const before = new Set(old.ports?.map(({ nodePort }) => nodePort));
  const ports = spec.ports?.map(({ nodePort, ...port }) => (before.has(nodePort) ? port : { ...port, nodePort }));
  return { ...spec, ports };
}

const updatedSpec = (spec: ServiceSpec, old: ServiceSpec) =>
  withAddressesInStep(withAllocatedValues(withoutStaleValues(spec, old), old), old);

function allocate(object: AnyObject, old: AnyObject | undefined, context: StrategyContext): AnyObject | ApiStatus {
  const service = object as Service;
  const before = (old as Service | undefined)?.spec;
  if (!service.spec) return object;
  const spec = withoutInternalPolicy(before ? updatedSpec(service.spec, before) : service.spec);
  let allocated: Service | ApiStatus = copyWith(service, { spec });
  if (needsClusterIp(spec)) {
    const withFamilies = withIpFamilies(allocated);
    if (isStatus(withFamilies)) return withFamilies;
    allocated = before && needsClusterIp(before) ? withFamilies : allocateClusterIp(withFamilies, context);
  }
  if (isStatus(allocated)) return allocated;
  return allocateNodePorts(allocated, before, context, {
    ports: needsNodePort(spec),
    healthCheck: needsHealthCheckPort(spec),
  });
}

export const serviceStrategy: Strategy = {
  prepareForCreate: (object) => withStatus(object, { loadBalancer: {} }),
  prepareForUpdate: (object, old) => withStatus(object, old.status),
  prepareForStatusUpdate: keepSpec,
  allocate,
};
