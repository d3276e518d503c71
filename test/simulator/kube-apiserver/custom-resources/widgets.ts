// A custom kind with a bit of everything, and a server that knows it.
import type { CustomResourceDefinition, JSONSchemaProps, KubeObject } from '../../../../src/api/object.ts';
import { Etcd } from '../../../../src/simulator/etcd/etcd.ts';
import { Kernel } from '../../../../src/simulator/kernel/kernel.ts';
import { Server } from '../../../../src/simulator/kube-apiserver/server.ts';

const options = { fieldValidation: 'Strict' } as const;

export function makeDefinition(spec: JSONSchemaProps, subresources: object = { status: {} }): CustomResourceDefinition {
  const openAPIV3Schema = { type: 'object', properties: { spec, status: { type: 'object' } } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'widgets', kind: 'Widget' },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema }, subresources }],
    },
  };
}

/** A server with the definition of Widgets, and what it says to them. */
export class WidgetServer {
  readonly #kernel = new Kernel({ seed: 1 });
  readonly #client = new Server(this.#kernel, new Etcd()).connect('kubectl');

  constructor(spec: JSONSchemaProps, subresources?: object) {
    this.#client.create(
      { resource: 'namespaces' },
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } },
    );
    const definitions = 'customresourcedefinitions.apiextensions.k8s.io';
    const made = this.#client.create({ resource: definitions }, makeDefinition(spec, subresources));
    if (!made.ok) throw new Error(made.status.message);
  }

  /** The stored spec as JSON, or the message of the refusal without its beginning. */
  create(spec: unknown, more: object = {}): string {
    const body = { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'w' }, spec, ...more };
    const answer = this.#client.create<Widget>({ resource, namespace: 'default' }, body, options);
    return answer.ok ? JSON.stringify(answer.object.spec) : shortened(answer.status.message);
  }

  /** The same for the Widget that is there. */
  update(change: object): string {
    const target = { resource, namespace: 'default', name: 'w' };
    const answer = this.#client.patch<Widget>(target, 'merge', change, options);
    return answer.ok ? JSON.stringify(answer.object.spec) : shortened(answer.status.message);
  }

  get widget(): Widget {
    const answer = this.#client.get<Widget>({ resource, namespace: 'default', name: 'w' });
    if (!answer.ok) throw new Error(answer.status.message);
    return answer.object;
  }

  /** What was met that is not modelled. */
  get unknown(): readonly string[] {
    return this.#kernel.trace.flatMap((entry) => (entry.type === 'unknown' ? [entry.reason] : []));
  }
}

const resource = 'widgets.example.com';

interface Widget extends KubeObject {
  readonly spec?: unknown;
  readonly status?: unknown;
}

const shortened = (message: string) =>
  message.replace(/^Widget.example.com "\w*" is invalid: /, '').replace(/^Widget in version "v1" cannot be .*?: /, '');
