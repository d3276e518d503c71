// What becomes of a new connection to an address of a Service, by where it comes from
// (the chains of k8s.io/kubernetes/pkg/proxy/iptables/proxier.go, v1.36). Pure.
import type { EndpointSlice, Service, ServicePort } from '../../api/object.ts';
import { chooseEndpoints, endpointsOf, type EndpointChoice, type ProxyNode } from './endpoints.ts';

/** Who connects: a Pod of the node, a program of the node itself, or somebody outside of the cluster. */
export type Origin = 'pod' | 'node' | 'outside';

/** By which of its addresses the Service is asked for. */
export type ServiceAddress = 'clusterIP' | 'nodePort' | 'externalIP' | 'loadBalancer';

export type Fate =
  /** Rewritten to one of them; `masquerade`: they see the node as the source. */
  | { readonly verdict: 'endpoints'; readonly endpoints: readonly string[]; readonly masquerade?: true }
  /** Refused, dropped, or left to routing, which knows no such address. */
  | { readonly verdict: 'reject' | 'drop' | 'unrouted' };

/** The fate of connections to a Service port on a node; `slices` are the Service's own. */
export class PortTraffic {
  readonly choice: EndpointChoice;
  readonly #service: Service;

  constructor(service: Service, port: ServicePort, family: string, slices: readonly EndpointSlice[], node: ProxyNode) {
    const endpoints = endpointsOf(port.name ?? '', family, slices, node);
    this.choice = chooseEndpoints(service, port, endpoints, node);
    this.#service = service;
  }

  fate(origin: Origin, address: ServiceAddress): Fate {
    return address === 'clusterIP' ? this.#internal(origin) : this.#external(origin, address);
  }

  #internal(origin: Origin): Fate {
    const { cluster, local, hasAny } = this.choice;
    const endpoints = this.#service.spec?.internalTrafficPolicy === 'Local' ? local : cluster;
    if (endpoints.length === 0) return { verdict: hasAny ? 'drop' : 'reject' };
    // An answer must find its way back through the node that rewrote the address.
    return origin === 'pod'
      ? { verdict: 'endpoints', endpoints }
      : { verdict: 'endpoints', endpoints, masquerade: true };
  }

  #external(origin: Origin, address: ServiceAddress): Fate {
    const { cluster, local, hasAny } = this.choice;
    if (!hasAny) {
      // What the node itself sends is not refused: the rules that refuse see only what comes in or passes through.
      return { verdict: origin === 'node' && address !== 'nodePort' ? 'unrouted' : 'reject' };
    }
    if (this.#service.spec?.externalTrafficPolicy !== 'Local') {
      return { verdict: 'endpoints', endpoints: cluster, masquerade: true };
    }
    // Within the cluster the policy is cut short: who is there needs no load balancer.
    if (origin === 'pod') return { verdict: 'endpoints', endpoints: cluster };
    if (origin === 'node') return { verdict: 'endpoints', endpoints: cluster, masquerade: true };
    return local.length > 0 ? { verdict: 'endpoints', endpoints: local } : { verdict: 'drop' };
  }
}
