// kube-apiserver: the one place where components meet. Takes requests, checks them, stores objects in etcd, feeds watches.
import type { KubeObject } from '../../api/object.ts';
import { resourceByQualifiedName, type ApiResource } from '../../api/resources.ts';
import { alreadyExists, notFound, type ApiStatus } from '../../api/status.ts';
import { invariant } from '../../base/invariant.ts';
import type { ApiResponse, Client, CreateTarget, ListOptions, Target, WatchEvent } from '../client/client.ts';
import type { Change, Etcd } from '../etcd/etcd.ts';
import { watchDelay } from '../kernel/durations.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Participant, Verb } from '../trace.ts';

export class Server {
  readonly kernel: Kernel;
  readonly etcd: Etcd;

  constructor(kernel: Kernel, etcd: Etcd) {
    this.kernel = kernel;
    this.etcd = etcd;
  }

  /** A client for a user of the API. */
  connect(actor: Participant): Client {
    return new ServerClient(this, actor);
  }
}

const ok = <T extends KubeObject>(code: number, object: T): ApiResponse<T> => ({
  ok: true,
  code,
  object,
  warnings: [],
});
const no = (status: ApiStatus) => ({ ok: false, code: status.code, status, warnings: [] }) as const;

function keyIn(resource: ApiResource, namespace: string | undefined, name: string): string {
  return resource.namespaced
    ? `/registry/${resource.plural}/${namespace}/${name}`
    : `/registry/${resource.plural}/${name}`;
}

class ServerClient implements Client {
  readonly actor: Participant;
  readonly #server: Server;

  constructor(server: Server, actor: Participant) {
    this.#server = server;
    this.actor = actor;
  }

  #resource(name: string): ApiResource {
    const resource = resourceByQualifiedName(name);
    invariant(resource, `no resource ${name}`);
    return resource;
  }

  #request<T extends KubeObject>(
    verb: Verb,
    target: Omit<Target, 'name'> & { name?: string },
    body: unknown,
    work: () => ApiResponse<T>,
  ): ApiResponse<T> {
    const { kernel } = this.#server;
    const request = kernel.record(this.actor, 'kube-apiserver', { type: 'request', verb, target, body });
    const response = kernel.causedBy(request, work);
    kernel.record('kube-apiserver', this.actor, {
      type: 'response',
      request,
      code: response.code,
      body: response.ok ? response.object : response.status,
    });
    return response;
  }

  get<T extends KubeObject>(target: Target): ApiResponse<T> {
    const resource = this.#resource(target.resource);
    return this.#request('get', target, undefined, () => {
      const found = this.#server.etcd.get(keyIn(resource, target.namespace, target.name));
      return found ? ok(200, found.value as T) : no(notFound(resource, target.name));
    });
  }

  list<T extends KubeObject>(name: string, options: ListOptions = {}): { items: T[]; resourceVersion: string } {
    const resource = this.#resource(name);
    const prefix = `/registry/${resource.plural}/${options.namespace ? `${options.namespace}/` : ''}`;
    const items = this.#server.etcd.range(prefix).map(({ value }) => value as T);
    return { items, resourceVersion: String(this.#server.etcd.revision) };
  }

  watch<T extends KubeObject>(
    name: string,
    options: ListOptions & { resourceVersion: string },
    onEvent: (event: WatchEvent<T>) => void,
  ): { stop(): void } {
    const { kernel, etcd } = this.#server;
    const resource = this.#resource(name);
    const prefix = `/registry/${resource.plural}/${options.namespace ? `${options.namespace}/` : ''}`;
    const deliver = ({ current, previous }: Change) => {
      const object = (current ?? previous)?.value as T;
      const change = !current ? 'DELETED' : previous ? 'MODIFIED' : 'ADDED';
      kernel.after(watchDelay, this.actor, () => {
        const seq = kernel.record('kube-apiserver', this.actor, { type: 'watch', change, resource: name, object });
        kernel.causedBy(seq, () => onEvent({ change, object }));
      });
    };
    const watcher = etcd.watch(prefix, Number(options.resourceVersion), deliver);
    invariant(watcher, 'watch from a compacted revision');
    return { stop: () => watcher.cancel() };
  }

  create<T extends KubeObject>(target: CreateTarget, body: unknown): ApiResponse<T> {
    const resource = this.#resource(target.resource);
    return this.#request('create', target, body, () => {
      const given = body as T;
      const { kernel, etcd } = this.#server;
      const name = given.metadata.name ?? `${given.metadata.generateName}${kernel.random.suffix()}`;
      const namespace = target.namespace ?? given.metadata.namespace;
      const stored = etcd.put(keyIn(resource, namespace, name), 0, (revision) => ({
        ...given,
        metadata: {
          ...given.metadata,
          name,
          ...(resource.namespaced && { namespace }),
          uid: kernel.random.uid(),
          creationTimestamp: kernel.timestamp(),
          resourceVersion: String(revision),
        },
      }));
      return stored ? ok(201, stored.value as T) : no(alreadyExists(resource, name));
    });
  }

  update<T extends KubeObject>(target: Target, body: T): ApiResponse<T> {
    const resource = this.#resource(target.resource);
    return this.#request('update', target, body, () => {
      const key = keyIn(resource, target.namespace, target.name);
      const { etcd } = this.#server;
      const before = etcd.get(key);
      const stored =
        before &&
        etcd.put(key, before.modRevision, (revision) => ({
          ...body,
          metadata: { ...body.metadata, resourceVersion: String(revision) },
        }));
      return stored ? ok(200, stored.value as T) : no(notFound(resource, target.name));
    });
  }

  patch<T extends KubeObject>(target: Target): ApiResponse<T> {
    return no(notFound(this.#resource(target.resource), target.name));
  }

  delete<T extends KubeObject>(target: Target): ApiResponse<T> {
    const resource = this.#resource(target.resource);
    return this.#request('delete', target, undefined, () => {
      const key = keyIn(resource, target.namespace, target.name);
      const { etcd } = this.#server;
      const found = etcd.get(key);
      if (!found) return no(notFound(resource, target.name));
      etcd.delete(key, found.modRevision);
      return ok(200, found.value as T);
    });
  }

  raw(uri: string): void {
    this.#server.kernel.record(this.actor, 'kube-apiserver', {
      type: 'request',
      verb: 'get',
      target: { resource: '', uri },
    });
  }
}
