// The quota controller: counts what a namespace's objects use of its quotas, when a quota is new or asks for something else, and when
// something goes (k8s.io/kubernetes/pkg/controller/resourcequota, v1.36). What is added, kube-apiserver counts as it admits it.
import { keyOf, type KubeObject, type Pod, type ResourceQuota, type Service } from '../../api/object.ts';
import { addQuantities, compareQuantities, negateQuantity, parseQuantity } from '../../api/quantity.ts';
import { countedResources, countUsage } from '../../api/quota/count.ts';
import { isTerminating } from '../../api/quota/scopes.ts';
import { amountsOf, zero, type Usage } from '../../api/quota/usage.ts';
import { qualifiedName } from '../../api/resources.ts';
import { deepEqual } from '../../base/json.ts';
import type { Informer } from '../client/informer.ts';
import { succeeded, SyncQueue, type Controller, type ControllerContext } from './controller.ts';
import { isPodTerminal } from './pod-state.ts';

export const resourceQuotaController: Controller = {
  name: 'resourcequota-controller',
  start(context) {
    new QuotaController(context).listen();
  },
};

class QuotaController {
  readonly #context: ControllerContext;
  readonly #queue: SyncQueue;
  readonly #quotas: Informer<ResourceQuota>;
  /** The resources that some quota is about: only these are watched. */
  readonly #watched = new Set<string>();
  /** Keys of quotas that came with a count, of objects of which the run may know only a part. */
  readonly #given = new Set<string>();
  /** What such counts have beyond the objects that are known, by the quota's key: it stays counted. */
  readonly #unseen = new Map<string, Usage>();

  constructor(context: ControllerContext) {
    this.#context = context;
    this.#quotas = context.informers.of<ResourceQuota>('resourcequotas');
    this.#queue = new SyncQueue(context, (key) => this.#sync(key));
  }

  listen(): void {
    this.#quotas.handle({
      onAdd: (quota) => {
        if (!this.#context.informers.started && isCounted(quota)) this.#given.add(keyOf(quota));
        this.#watchFor(quota);
        this.#queue.add(keyOf(quota));
      },
      onUpdate: (quota, previous) => {
        if (deepEqual(quota.spec?.hard, previous.spec?.hard)) return;
        this.#watchFor(quota);
        this.#queue.add(keyOf(quota));
      },
    });
  }

  #watchFor(quota: ResourceQuota): void {
    for (const resource of countedResources(quota).keys()) this.#watch(qualifiedName(resource));
  }

  #watch(resource: string): void {
    if (this.#watched.has(resource)) return;
    this.#watched.add(resource);
    this.#context.informers.of(resource).handle({
      onUpdate: (object, previous) => {
        if (frees(resource, object, previous)) this.#replenish(resource, object);
      },
      onDelete: (object) => this.#replenish(resource, object),
    });
  }

  #replenish(resource: string, { metadata: { namespace } }: KubeObject): void {
    for (const quota of this.#quotas.values()) {
      if (quota.metadata.namespace !== namespace) continue;
      const isAbout = [...countedResources(quota).keys()].some((counted) => qualifiedName(counted) === resource);
      if (isAbout) this.#queue.add(keyOf(quota));
    }
  }

  #sync(key: string): void {
    const quota = this.#quotas.get(key);
    if (!quota) return;
    const { hard = {} } = quota.spec ?? {};
    const before = quota.status?.used ?? {};
    const counted = countUsage(quota, (resource) => this.#context.informers.of(qualifiedName(resource)).values());
    if (this.#given.delete(key)) {
      this.#unseen.set(key, beyond(before, counted));
      return;
    }
    for (const [name, amount] of this.#unseen.get(key) ?? []) {
      counted.set(name, addQuantities(counted.get(name) ?? zero, amount));
    }
    // entries that this program cannot count stay as they are
    const all = Object.entries({ ...before, ...amountsOf(counted) });
    const used = Object.fromEntries(all.filter(([name]) => name in hard));
    if (quota.status?.used && deepEqual(quota.status.hard, hard) && isSame(used, before)) return;
    const { namespace = '', name = '' } = quota.metadata;
    const target = { resource: 'resourcequotas', namespace, name, subresource: 'status' };
    succeeded(this.#context.client.update<ResourceQuota>(target, { ...quota, status: { hard, used } }));
  }
}

type Amounts = Readonly<Record<string, string | number>>;

const isCounted = ({ spec, status }: ResourceQuota) =>
  deepEqual(spec?.hard, status?.hard) &&
  Object.keys(status?.hard ?? {}).every((name) => status?.used?.[name] !== undefined);

function beyond(amounts: Amounts, counted: Usage): Usage {
  const rest: Usage = new Map();
  for (const [name, known] of counted) {
    const more = addQuantities(parseQuantity(amounts[name] ?? 0) ?? zero, negateQuantity(known));
    if (more.mantissa > 0n) rest.set(name, more);
  }
  return rest;
}

function isSame(a: Amounts, b: Amounts): boolean {
  const names = Object.keys({ ...a, ...b });
  return names.every((name) => {
    const [one, other] = [a, b].map((amounts) => parseQuantity(amounts[name] ?? ''));
    return one && other && compareQuantities(one, other) === 0;
  });
}

/** Whether an update may take less of a quota (DefaultUpdateFilter). */
function frees(resource: string, now: KubeObject, before: KubeObject): boolean {
  if (resource === 'pods') {
    const [pod, previous] = [now as Pod, before as Pod];
    const isBound = pod.spec && previous.spec && isTerminating(pod.spec) !== isTerminating(previous.spec);
    return Boolean(isBound) || (isPodTerminal(pod) && !isPodTerminal(previous));
  }
  if (resource === 'services') return (now as Service).spec?.type !== (before as Service).spec?.type;
  return resource === 'persistentvolumeclaims';
}
