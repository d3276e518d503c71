// The labels of Pods that manifests describe, by label: whether a selector means any of them is asked for thousands of Services.
import { matchesLabels, type Labels } from '../api/label-selector.ts';
import type { KubeObject } from '../api/object.ts';
import { isObject } from '../base/json.ts';
import { templatePathOf } from './template-paths.ts';

export class PodTemplates {
  readonly #byLabel = new Map<string, Labels[]>();
  readonly #others: readonly PodTemplates[];

  /** Asks the others, too. */
  constructor(...others: readonly PodTemplates[]) {
    this.#others = others;
  }

  add(object: KubeObject): void {
    const labels = podLabelsOf(object);
    const namespace = namespaceOf(object);
    for (const [key, value] of Object.entries(labels)) {
      const list = this.#byLabel.get(`${namespace} ${key}=${value}`);
      if (list) list.push(labels);
      else this.#byLabel.set(`${namespace} ${key}=${value}`, [labels]);
    }
  }

  /** Whether a selector with at least one label means one of the Pods. */
  has(namespace: string, selector: Readonly<Record<string, string>>): boolean {
    const [first] = Object.entries(selector);
    const candidates = first ? (this.#byLabel.get(`${namespace} ${first[0]}=${first[1]}`) ?? []) : [];
    return (
      candidates.some((labels) => matchesLabels(selector, labels)) ||
      this.#others.some((other) => other.has(namespace, selector))
    );
  }
}

const namespaceOf = ({ metadata }: KubeObject) =>
  typeof metadata.namespace === 'string' ? metadata.namespace : 'default';

/** The labels of the Pods that an object is or makes; what a user wrote may be of any shape. */
function podLabelsOf(object: KubeObject): Readonly<Record<string, string>> {
  const path = object.kind === 'Pod' ? '' : templatePathOf(object.kind);
  if (path === undefined) return {};
  let value: unknown = object;
  for (const name of [...path.split('.'), 'metadata', 'labels']) {
    if (name) value = isObject(value) ? value[name] : undefined;
  }
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      )
    : {};
}
