// The Pods that manifests describe, by label: whether a selector means any of them is asked for thousands of Services.
import { matchesLabels } from '../api/label-selector.ts';
import type { KubeObject } from '../api/object.ts';
import { isObject } from '../base/json.ts';
import { templatePathOf } from './template-paths.ts';

export interface DescribedPod {
  /** What it is, or makes it: its kind and name. */
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The names of its containers' ports, and their protocols: `http/TCP`. */
  readonly ports: readonly string[];
}

export class PodTemplates {
  readonly #byLabel = new Map<string, DescribedPod[]>();
  readonly #makers = new Map<string, string[]>();
  readonly #others: readonly PodTemplates[];

  /** Asks the others, too. */
  constructor(...others: readonly PodTemplates[]) {
    this.#others = others;
  }

  add(pod: DescribedPod): void {
    const ofKind = `${pod.kind} ${pod.namespace}`;
    const makers = this.#makers.get(ofKind);
    if (makers) makers.push(pod.name);
    else this.#makers.set(ofKind, [pod.name]);
    for (const [key, value] of Object.entries(pod.labels)) {
      const list = this.#byLabel.get(`${pod.namespace} ${key}=${value}`);
      if (list) list.push(pod);
      else this.#byLabel.set(`${pod.namespace} ${key}=${value}`, [pod]);
    }
  }

  /** The names of the objects of a kind that are Pods, or make some. */
  makers(kind: string, namespace: string): readonly string[] {
    const own = this.#makers.get(`${kind} ${namespace}`) ?? [];
    return this.#others.reduce((all, other) => [...all, ...other.makers(kind, namespace)], own);
  }

  /** Whether a selector with at least one label means one of the Pods. */
  has(namespace: string, selector: Readonly<Record<string, string>>): boolean {
    return this.selected(namespace, selector).length > 0;
  }

  /** The Pods that a selector with at least one label means. */
  selected(namespace: string, selector: Readonly<Record<string, string>>): readonly DescribedPod[] {
    const [first] = Object.entries(selector);
    const candidates = first ? (this.#byLabel.get(`${namespace} ${first[0]}=${first[1]}`) ?? []) : [];
    const own = candidates.filter(({ labels }) => matchesLabels(selector, labels));
    return this.#others.reduce((all, other) => [...all, ...other.selected(namespace, selector)], own);
  }
}

/** The Pods that an object is or makes, if it has any; what a user wrote may be of any shape. */
export function describedPodOf(object: KubeObject): DescribedPod | undefined {
  const path = object.kind === 'Pod' ? '' : templatePathOf(object.kind);
  if (path === undefined) return undefined;
  let template: unknown = object;
  for (const name of path.split('.')) {
    if (name) template = isObject(template) ? template[name] : undefined;
  }
  const { metadata, spec } = isObject(template) ? template : {};
  const labels = isObject(metadata) ? metadata.labels : undefined;
  if (!isObject(labels)) return undefined;
  const { name, namespace } = object.metadata;
  const isText = (entry: [string, unknown]): entry is [string, string] => typeof entry[1] === 'string';
  return {
    kind: object.kind,
    name: typeof name === 'string' ? name : '',
    namespace: typeof namespace === 'string' ? namespace : 'default',
    labels: Object.fromEntries(Object.entries(labels).filter(isText)),
    ports: isObject(spec) ? [...portNames(spec.containers), ...portNames(spec.initContainers, 'Always')] : [],
  };
}

/** Of init containers those count that run on. */
function portNames(containers: unknown, restartPolicy?: string): string[] {
  const runs = (container: unknown) =>
    isObject(container) && (restartPolicy === undefined || container.restartPolicy === restartPolicy);
  return listOf(containers)
    .filter(runs)
    .flatMap((container) => listOf((container as { ports?: unknown }).ports))
    .flatMap((port) =>
      isObject(port) && typeof port.name === 'string'
        ? `${port.name}/${typeof port.protocol === 'string' ? port.protocol : 'TCP'}`
        : [],
    );
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
