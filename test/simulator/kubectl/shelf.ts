// Objects on a shelf: a server that only hands out what lies there, for tests of what kubectl prints.
import type { KubeObject } from '../../../src/api/object.ts';
import { matchesRequirement, parseSelector } from '../../../src/api/label-selector.ts';
import {
  qualifiedName,
  resourceByQualifiedName,
  resourceOfKind,
  type ApiResource,
} from '../../../src/api/resources.ts';
import { notFound } from '../../../src/api/status.ts';
import { isObject } from '../../../src/base/json.ts';
import type { ApiResponse, Client, ListOptions, ListResponse, Target } from '../../../src/simulator/client/client.ts';
import { Kernel } from '../../../src/simulator/kernel/kernel.ts';
import { parseTime } from '../../../src/simulator/kernel/time.ts';
import { noFiles, runKubectl } from '../../../src/simulator/kubectl/index.ts';

/** The moment of every look. */
export const now = '2026-01-01T01:00:00Z';
/** Five and a half minutes before. */
export const then = '2026-01-01T00:54:30Z';

export interface Printed {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a command prints about the objects. */
export function lookAt(objects: readonly KubeObject[], command: string): Printed {
  const kernel = new Kernel({ seed: 1, time: parseTime(now) ?? 0 });
  const output = { stdout: '', stderr: '' };
  const options = { args: command.split(' '), files: noFiles };
  const run = runKubectl({ kernel, client: new Shelf(objects) }, options, (stream, text) => (output[stream] += text));
  for (;;) {
    const { done, value } = run.next();
    if (done) return { exitCode: value, ...output };
  }
}

const refuse = (): never => {
  throw new Error('a shelf only hands out');
};

class Shelf implements Client {
  readonly actor = 'kubectl';
  readonly #objects: readonly KubeObject[];
  readonly create = refuse;
  readonly update = refuse;
  readonly patch = refuse;
  readonly delete = refuse;
  readonly deleteCollection = refuse;
  readonly watch = refuse;
  readonly impersonate = refuse;

  constructor(objects: readonly KubeObject[]) {
    this.#objects = objects;
  }

  customResources(): readonly ApiResource[] {
    return [];
  }

  raw(): void {}

  get<T extends KubeObject>({ resource, namespace, name }: Target): ApiResponse<T> {
    const object = this.#of<T>(resource).find(
      ({ metadata }) => metadata.name === name && metadata.namespace === namespace,
    );
    const warnings: string[] = [];
    if (object) return { ok: true, code: 200, object, warnings };
    const found = resourceByQualifiedName(resource);
    return { ok: false, code: 404, status: notFound(found ?? { group: '', plural: resource }, name), warnings };
  }

  list<T extends KubeObject>(resource: string, options: ListOptions = {}): ListResponse<T> {
    const labels = parseSelector(options.labelSelector ?? '') ?? [];
    const items = this.#of<T>(resource).filter(
      (object) =>
        (options.namespace === undefined || object.metadata.namespace === options.namespace) &&
        labels.every((requirement) => matchesRequirement(requirement, object.metadata.labels)) &&
        matchesFields(object, options.fieldSelector),
    );
    return { items, resourceVersion: '1', warnings: [] };
  }

  #of<T extends KubeObject>(resource: string): readonly T[] {
    return this.#objects.filter(({ apiVersion, kind }) => {
      const own = resourceOfKind(apiVersion, kind);
      return own && qualifiedName(own) === resource;
    }) as readonly KubeObject[] as readonly T[];
  }
}

function matchesFields(object: KubeObject, selector = ''): boolean {
  return selector
    .split(',')
    .filter((term) => term !== '')
    .every((term) => {
      const [, path = '', operator, wanted] = /^([^!=]+)(!?=)(.*)$/.exec(term) ?? [];
      const found = path.split('.').reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), object);
      return ((found ?? '') === wanted) === (operator === '=');
    });
}
