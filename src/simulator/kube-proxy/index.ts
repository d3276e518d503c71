// kube-proxy: on every node, the rules that send a Service's traffic to its endpoints (the iptables proxier's timing).
import { keyOf, refOf, type EndpointSlice, type Node, type Service } from '../../api/object.ts';
import { deepEqual } from '../../base/json.ts';
import type { ApiResponse } from '../client/client.ts';
import type { ComponentContext } from '../client/component.ts';
import { Informer } from '../client/informer.ts';
import type { ProxyNode } from './endpoints.ts';
import { rulesOf, serviceKeyOf, type ServiceRules } from './rules.ts';

export { rewrite, rulesOf } from './rules.ts';

/** minSyncPeriod: changes that come within a second of a sync wait for the next one. Virtual milliseconds. */
const minSyncPeriod = 1000;

/** From a change until the rules stand, if no sync was just done. Virtual milliseconds. */
const syncDelay = 5;

const zoneLabel = 'topology.kubernetes.io/zone';

/** Starts the kube-proxy of a node. The rules of Services that are there are taken to stand. */
export function startKubeProxy(context: ComponentContext, { nodeName }: { readonly nodeName: string }): void {
  new KubeProxy(context, nodeName).start();
}

type Verdict = ServiceRules['otherwise'] | 'unrouted';

class KubeProxy {
  readonly #context: ComponentContext;
  readonly #nodeName: string;
  readonly #services: Informer<Service>;
  readonly #slices = new Map<string, Map<string, EndpointSlice>>();
  /** The rules that stand, by Service. */
  readonly #rules = new Map<string, readonly ServiceRules[]>();
  readonly #changed = new Set<string>();
  #lastSync = -minSyncPeriod;
  #scheduled = false;
  #started = false;

  constructor(context: ComponentContext, nodeName: string) {
    this.#context = context;
    this.#nodeName = nodeName;
    const changed = (service: Service) => this.#change(keyOf(service));
    this.#services = new Informer<Service>(context.client, 'services');
    this.#services.handle({ onAdd: changed, onUpdate: changed, onDelete: changed });
  }

  start(): void {
    const put = (slice: EndpointSlice) => this.#put(slice);
    const slices = new Informer<EndpointSlice>(this.#context.client, 'endpointslices.discovery.k8s.io');
    slices.handle({ onAdd: put, onUpdate: put, onDelete: (slice) => this.#remove(slice) });
    this.#services.start();
    slices.start();
    this.#sync({ silent: true });
    this.#started = true;
  }

  #put(slice: EndpointSlice): void {
    const key = serviceKeyOf(slice);
    if (key === undefined) return;
    const slices = this.#slices.get(key) ?? new Map<string, EndpointSlice>();
    this.#slices.set(key, slices.set(keyOf(slice), slice));
    this.#change(key);
  }

  #remove(slice: EndpointSlice): void {
    const key = serviceKeyOf(slice);
    if (key === undefined) return;
    this.#slices.get(key)?.delete(keyOf(slice));
    this.#change(key);
  }

  #change(key: string): void {
    this.#changed.add(key);
    if (this.#scheduled || !this.#started) return;
    this.#scheduled = true;
    const { kernel, client } = this.#context;
    const delay = Math.max(syncDelay, this.#lastSync + minSyncPeriod - kernel.now);
    kernel.after(delay, client.actor, () => {
      this.#scheduled = false;
      this.#lastSync = kernel.now;
      this.#sync({ silent: false });
    });
  }

  /** Brings the rules of all changed Services up to date, and tells of those that differ. */
  #sync({ silent }: { readonly silent: boolean }): void {
    if (this.#changed.size === 0) return;
    const node = new NodeOfProxy(this.#context, this.#nodeName);
    for (const key of this.#changed) {
      const service = this.#services.get(key);
      const slices = [...(this.#slices.get(key)?.values() ?? [])];
      const rules = service ? rulesOf(service, slices, node) : [];
      const before = this.#rules.get(key) ?? [];
      if (rules.length > 0) this.#rules.set(key, rules);
      else this.#rules.delete(key);
      if (!silent) this.#tell(service, rules, before);
    }
    this.#changed.clear();
  }

  #tell(service: Service | undefined, rules: readonly ServiceRules[], before: readonly ServiceRules[]): void {
    const { kernel, client } = this.#context;
    const subject = service && refOf(service);
    const record = ({ service: name, address }: ServiceRules, endpoints: readonly string[], verdict?: Verdict) => {
      const action = { type: 'service-rules', service: name, address, endpoints, ...(verdict && { verdict }) } as const;
      kernel.record(client.actor, client.actor, { type: 'action', ...(subject && { subject }), action });
    };
    for (const rule of before) {
      const stays = rules.some(({ address, protocol }) => address === rule.address && protocol === rule.protocol);
      if (!stays) record(rule, [], 'unrouted');
    }
    for (const rule of rules) {
      const { endpoints, otherwise } = rule;
      const isNew = !before.some((known) => deepEqual(known, rule));
      if (isNew) record(rule, endpoints, endpoints.length > 0 ? undefined : otherwise);
    }
  }
}

/** The proxy's node; its zone is asked for by the rules of few Services, and looked up only then, once. */
class NodeOfProxy implements ProxyNode {
  readonly name: string;
  readonly #context: ComponentContext;
  #node: ApiResponse<Node> | undefined;

  constructor(context: ComponentContext, name: string) {
    this.#context = context;
    this.name = name;
  }

  get zone(): string | undefined {
    const { kernel, client } = this.#context;
    this.#node ??= kernel.untraced(() => client.get<Node>({ resource: 'nodes', name: this.name }));
    return this.#node.ok ? this.#node.object.metadata.labels?.[zoneLabel] : undefined;
  }
}
