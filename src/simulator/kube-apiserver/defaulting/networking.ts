// NetworkPolicies, IngressClasses, EndpointSlices and Endpoints
// (pkg/apis/networking/v1/defaults.go, pkg/apis/discovery/v1/defaults.go, pkg/apis/core/v1/defaults.go, Kubernetes 1.36).
import type { EndpointSlice, Endpoints, IngressClass, NetworkPolicy, NetworkPolicyPort } from '../../../api/object.ts';
import { withDefaults, withField, withItems } from './with-defaults.ts';

const tcp = { protocol: 'TCP' };

const withProtocols = (ports: readonly NetworkPolicyPort[]) => withItems(ports, (port) => withDefaults(port, tcp));

/** A policy without types is about what comes in, and about what goes out if it has rules for that. */
export function defaultNetworkPolicy(policy: NetworkPolicy): NetworkPolicy {
  return withField(policy, 'spec', (given) => {
    let spec = withField(given, 'ingress', (rules) =>
      withItems(rules, (rule) => withField(rule, 'ports', withProtocols)),
    );
    spec = withField(spec, 'egress', (rules) => withItems(rules, (rule) => withField(rule, 'ports', withProtocols)));
    if (spec.policyTypes?.length) return spec;
    return { ...spec, policyTypes: spec.egress?.length ? ['Ingress', 'Egress'] : ['Ingress'] };
  });
}

export function defaultIngressClass(ingressClass: IngressClass): IngressClass {
  return withField(ingressClass, 'spec', (spec) =>
    withField(spec, 'parameters', (parameters) => withDefaults(parameters, { scope: 'Cluster' })),
  );
}

export function defaultEndpointSlice(slice: EndpointSlice): EndpointSlice {
  return withField(slice, 'ports', (ports) => withItems(ports, (port) => withDefaults(port, { name: '', ...tcp })));
}

export function defaultEndpoints(endpoints: Endpoints): Endpoints {
  return withField(endpoints, 'subsets', (subsets) =>
    withItems(subsets, (subset) =>
      withField(subset, 'ports', (ports) => withItems(ports, (port) => withDefaults(port, tcp))),
    ),
  );
}
