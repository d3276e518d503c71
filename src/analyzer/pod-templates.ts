// The labels of Pods that manifests describe, by label: whether a selector means any of them is asked for thousands of Services.
import { matchesLabels } from '../api/label-selector.ts';
import type { KubeObject } from '../api/object.ts';
import { isObject } from '../base/json.ts';
import { templatePathOf } from './template-paths.ts';

export interface PodLabels {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

export class PodTemplates {
  readonly #byLabel = new Map<string, PodLabels['labels'][]>();
  readonly #others: readonly PodTemplates[];

  /** Asks the others, too. */
  constructor(...others: readonly PodTemplates[]) {
    this.#others = others;
  }

  add({ namespace, labels }: PodLabels): void {
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

/** The labels of the Pods that an object is or makes, if it has any; what a user wrote may be of any shape. */
export function podLabelsOf(object: KubeObject): PodLabels | undefined {
  const path = object.kind === 'Pod' ? '' : templatePathOf(object.kind);
  if (path === undefined) return undefined;
  let value: unknown = object;
  for (const name of [...path.split('.'), 'metadata', 'labels']) {
    if (name) value = isObject(value) ? value[name] : undefined;
  }
  if (!isObject(value)) return undefined;
  const { namespace } = object.metadata;
  const isText = (entry: [string, unknown]): entry is [string, string] => typeof entry[1] === 'string';
  return {
    namespace: typeof namespace === 'string' ? namespace : 'default',
    labels: Object.fromEntries(Object.entries(value).filter(isText)),
  };
}
