// Deletes what is in a namespace: the Pods first, then everything else
// (k8s.io/kubernetes/pkg/controller/namespace/deletion/namespaced_resources_deleter.go, v1.36).
import type { KubeObject, Namespace, Pod } from '../../../api/object.ts';
import { apiVersionOf, namespacedResources, qualifiedName, resourceByQualifiedName } from '../../../api/resources.ts';
import type { Client } from '../../client/client.ts';
import { parseTime } from '../../kernel/time.ts';
import { isPodTerminal } from '../pod-state.ts';
import type { Content } from './conditions.ts';

/** How long finalizers are expected to take, in seconds. */
const finalizerSeconds = 15;

export interface Deletion extends Content {
  /** In how many seconds what remains is expected to be gone; 0: nobody knows. */
  readonly estimate: number;
  /** Pods remain, and nothing else has been looked at. */
  readonly podsRemain: boolean;
}

/** What has become of one resource. */
interface Left {
  readonly estimate: number;
  readonly items: readonly KubeObject[];
  readonly error?: string;
}

/** `now` in virtual milliseconds. */
export function deleteContent(client: Client, namespace: Namespace, now: number): Deletion {
  const name = namespace.metadata.name ?? '';
  const age = now - (parseTime(namespace.metadata.deletionTimestamp ?? '') ?? now);
  const grace = longestGracePeriod(client, name);
  const content = new Found();
  const pods = deleteAll(client, name, 'pods', age >= grace * 1000 ? 0 : grace);
  content.add('pods', pods);
  if (pods.items.length > 0) return { ...content.result, podsRemain: true };
  const custom = client.customResources().filter(({ namespaced }) => namespaced);
  for (const resource of [...namespacedResources(), ...custom.map(qualifiedName)]) {
    if (resource !== 'pods') content.add(resource, deleteAll(client, name, resource, 0));
  }
  return { ...content.result, podsRemain: false };
}

class Found {
  #estimate = 0;
  readonly #remaining = new Map<string, number>();
  readonly #finalizers = new Map<string, number>();
  readonly #errors: string[] = [];

  add(resource: string, { estimate, items, error }: Left): void {
    this.#estimate = Math.max(this.#estimate, estimate);
    if (error !== undefined) this.#errors.push(error);
    if (items.length === 0) return;
    this.#remaining.set(resource.includes('.') ? resource : `${resource}.`, items.length);
    for (const finalizer of items.flatMap(({ metadata }) => metadata.finalizers ?? [])) {
      this.#finalizers.set(finalizer, (this.#finalizers.get(finalizer) ?? 0) + 1);
    }
  }

  get result(): Omit<Deletion, 'podsRemain'> {
    return {
      estimate: this.#estimate,
      remaining: this.#remaining,
      finalizers: this.#finalizers,
      errors: this.#errors,
    };
  }
}

function longestGracePeriod(client: Client, namespace: string): number {
  const running = client.list<Pod>('pods', { namespace }).items.filter((pod) => !isPodTerminal(pod));
  return Math.max(0, ...running.map(({ spec }) => spec?.terminationGracePeriodSeconds ?? 0));
}

/** What remains without a finalizer, and longer than it should, is nothing anybody expects. */
function deleteAll(client: Client, namespace: string, resource: string, estimate: number): Left {
  const response = client.deleteCollection(resource, namespace, { propagationPolicy: 'Background' });
  if (!response.ok) return { estimate, items: [], error: response.status.message ?? '' };
  const { items } = client.list(resource, { namespace });
  if (items.length === 0) return { estimate: 0, items };
  if (estimate > 0) return { estimate, items };
  if (items.some(({ metadata }) => metadata.finalizers?.length)) return { estimate: finalizerSeconds, items };
  const error = `unexpected items still remain in namespace: ${namespace} for gvr: ${gvr(resource)}`;
  return { estimate, items, error };
}

/** A resource as Go prints it: `/v1, Resource=pods`. */
function gvr(name: string): string {
  const resource = resourceByQualifiedName(name);
  const [plural = '', ...group] = name.split('.');
  const version = resource ? apiVersionOf(resource) : group.join('.');
  return `${version.includes('/') ? version : `/${version}`}, Resource=${plural}`;
}
