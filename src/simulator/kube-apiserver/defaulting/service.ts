// Services (pkg/apis/core/v1/defaults.go SetDefaults_Service, Kubernetes 1.36). What has to be allocated is left to the registry.
import type { Service, ServicePort, ServiceSpec } from '../../../api/object.ts';
import { withDefaults, withField, withItems } from './with-defaults.ts';

const threeHours = 10_800;

function defaultPort(port: ServicePort): ServicePort {
  const named = withDefaults(port, { protocol: 'TCP' });
  const { targetPort } = named;
  return targetPort === undefined || targetPort === 0 || targetPort === ''
    ? { ...named, targetPort: port.port }
    : named;
}

/** The configuration of session affinity exists with it, and without it not. */
function withAffinityConfig(spec: ServiceSpec): ServiceSpec {
  const { sessionAffinity, sessionAffinityConfig, ...rest } = spec;
  if (sessionAffinity === 'None') return sessionAffinityConfig ? { ...rest, sessionAffinity } : spec;
  if (sessionAffinity !== 'ClientIP') return spec;
  if (sessionAffinityConfig?.clientIP?.timeoutSeconds !== undefined) return spec;
  return { ...spec, sessionAffinityConfig: { clientIP: { timeoutSeconds: threeHours } } };
}

function defaultSpec(given: ServiceSpec): ServiceSpec {
  const spec = withDefaults(
    withField(given, 'ports', (ports) => withItems(ports, defaultPort)),
    { sessionAffinity: 'None', type: 'ClusterIP', ...(given.clusterIP && { clusterIPs: [given.clusterIP] }) },
  );
  const { type } = spec;
  const hasAddresses = type === 'ClusterIP' && (spec.externalIPs?.length ?? 0) > 0;
  const reachable = type === 'NodePort' || type === 'LoadBalancer';
  return withDefaults(withAffinityConfig(spec), {
    ...((reachable || hasAddresses) && { externalTrafficPolicy: 'Cluster' }),
    ...((reachable || type === 'ClusterIP') && { internalTrafficPolicy: 'Cluster' }),
    ...(type === 'LoadBalancer' && { allocateLoadBalancerNodePorts: true }),
  });
}

export function defaultService(service: Service): Service {
  return withField(withDefaults(service, { spec: {} }), 'spec', defaultSpec);
}
