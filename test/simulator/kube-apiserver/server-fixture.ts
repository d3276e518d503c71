// A server with the little that every cluster has, for tests that send requests and look at what comes of them.
import type { KubeObject } from '../../../src/api/object.ts';
import { qualifiedName, resourceOfKind } from '../../../src/api/resources.ts';
import type { ApiResponse, Client } from '../../../src/simulator/client/client.ts';
import { Etcd } from '../../../src/simulator/etcd/etcd.ts';
import { Kernel } from '../../../src/simulator/kernel/kernel.ts';
import { Server } from '../../../src/simulator/kube-apiserver/server.ts';
import type { TraceEntry } from '../../../src/simulator/trace.ts';

/** An object as one writes it: whatever a manifest may hold. */
export type Manifest = Readonly<Record<string, unknown>>;

export class Cluster {
  readonly kernel = new Kernel({ seed: 1 });
  readonly etcd = new Etcd();
  readonly server = new Server(this.kernel, this.etcd);
  readonly kubectl: Client = this.server.connect('kubectl');

  /** With the namespace default and its ServiceAccount, and further objects. */
  constructor(...objects: Manifest[]) {
    this.add({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } });
    this.add({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' } });
    for (const object of objects) this.add(object);
  }

  /** Creates an object that must be accepted. */
  add<T extends KubeObject>(manifest: Manifest): T {
    const response = this.create<T>(manifest);
    if (!response.ok) throw new Error(response.status.message);
    return response.object;
  }

  create<T extends KubeObject>(manifest: Manifest, client = this.kubectl): ApiResponse<T> {
    const object = manifest as unknown as KubeObject;
    const resource = resourceOfKind(object.apiVersion, object.kind);
    if (!resource) throw new Error(`no kind ${object.kind}`);
    const namespace = resource.namespaced ? (object.metadata.namespace ?? 'default') : undefined;
    const target = { resource: qualifiedName(resource), ...(namespace && { namespace }) };
    return client.create<T>(target, manifest, { fieldValidation: 'Strict' });
  }

  /** Delivers what the watchers have coming. */
  settle(): void {
    this.kernel.run({ horizon: this.kernel.now + 1000, maxSteps: 10_000 });
  }

  trace<K extends TraceEntry['type']>(type: K): Extract<TraceEntry, { type: K }>[] {
    return this.kernel.trace.filter((entry): entry is Extract<TraceEntry, { type: K }> => entry.type === type);
  }

  /** Why something is unknown, in the order in which it was met. */
  unknown(): string[] {
    return this.trace('unknown').map(({ reason }) => reason);
  }
}

export const message = (response: ApiResponse<KubeObject>): string => (response.ok ? '' : response.status.message);

/** A Pod of one container. */
export function pod(name: string, spec: Manifest = {}, metadata: Manifest = {}): Manifest {
  const containers = [{ name: 'app', image: 'nginx' }];
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, ...metadata }, spec: { containers, ...spec } };
}
