// The server's side of etcd: every write is a compare-and-swap, is traced, and has an author.
import { copyWith, type Writable } from '../../base/copy.ts';
import { refOf, type CustomResourceDefinition, type KubeObject } from '../../api/object.ts';
import { resourceByQualifiedName } from '../../api/resources.ts';
import type { ApiStatus } from '../../api/status.ts';
import { invariant } from '../../base/invariant.ts';
import type { Client } from '../client/client.ts';
import type { Etcd } from '../etcd/etcd.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { Random } from '../kernel/random.ts';
import { formatTime } from '../kernel/time.ts';
import type { Participant, StoreDetails } from '../trace.ts';
import { PolicySource } from './admission/policies/source.ts';
import { bootstrapPolicyObjects } from './authorization/bootstrap-roles.ts';
import { customKindsOf, definitionsResource } from './custom-resources/custom-kind.ts';
import { canonicalize } from './decoding/decode.ts';
import { Growth } from './limits/large.ts';
import { storeRefusal } from './limits/sizes.ts';
import { traced } from './redaction.ts';
import { atRevision } from './registry/object-meta.ts';
import { isComponent } from './authentication.ts';
import type { ClusterReader } from './registry/reader.ts';
import { Storage } from './registry/storage.ts';
import type { StrategyContext } from './registry/strategy.ts';
import type { WriteRequest } from './request.ts';
import { serverName } from './server-name.ts';

/** The uids of the bootstrap policy are the same in every run. */
const policySeed = 0xbac;

/** Whose store it is. */
export interface StoreServer {
  /** Called after every write, with what was written to. */
  readonly written: (storage: Storage) => void;
  /** The server as a client of itself. */
  readonly loopback: () => Client;
}

export class Store {
  readonly kernel: Kernel;
  readonly etcd: Etcd;
  readonly reader: ClusterReader;
  readonly policies: PolicySource;
  readonly #storages = new Map<string, Storage>();
  readonly #server: StoreServer;
  readonly #context: StrategyContext;
  readonly #dryContext: StrategyContext;
  readonly #growth = new Growth();
  #hasPolicy = false;

  constructor(kernel: Kernel, etcd: Etcd, server: StoreServer) {
    this.kernel = kernel;
    this.etcd = etcd;
    this.#server = server;
    this.reader = {
      get: <T extends KubeObject>(resource: string, namespace: string | undefined, name: string) =>
        etcd.get(this.storage(resource).key(namespace, name))?.value as T | undefined,
      list: <T extends KubeObject>(resource: string, namespace?: string) =>
        this.storage(resource).range(namespace) as readonly T[],
    };
    this.policies = new PolicySource(kernel, this.reader);
    this.#context = {
      reader: this.reader,
      dryRun: false,
      timestamp: () => kernel.timestamp(),
      below: (bound) => kernel.random.next() % bound,
    };
    this.#dryContext = copyWith(this.#context, { dryRun: true });
  }

  /** A resource by its qualified name (`pods`, `deployments.apps`). */
  storage(name: string): Storage {
    const known = this.#storages.get(name);
    if (known) return known;
    const resource = resourceByQualifiedName(name);
    const storage = resource ? new Storage(this.kernel, this.etcd, resource) : this.#customStorage(name);
    invariant(storage, `no resource ${name}`);
    this.#storages.set(name, storage);
    return storage;
  }

  /** A resource is called as the definition that makes it known. */
  #customStorage(name: string): Storage | undefined {
    const kinds = () => {
      const definition = this.reader.get<CustomResourceDefinition>(definitionsResource, undefined, name);
      return definition ? customKindsOf(definition) : [];
    };
    const [preferred] = kinds();
    return preferred && new Storage(this.kernel, this.etcd, preferred.resource, kinds);
  }

  /** Five characters for a generated name. */
  readonly suffix = (): string => this.kernel.random.suffix();

  /** The server as a client of itself. */
  get loopback(): Client {
    return this.#server.loopback();
  }

  /** What strategies are given; the same one for all requests. */
  strategyContext(dryRun = false): StrategyContext {
    return dryRun ? this.#dryContext : this.#context;
  }

  /** Makes the roles and bindings that the server has made for itself, unless the cluster was given with roles like these. */
  bootstrapPolicy(): void {
    if (this.#hasPolicy) return;
    this.#hasPolicy = true;
    const isThere = (resource: string, namespace: string | undefined, name = '') =>
      this.etcd.get(this.storage(resource).key(namespace, name)) !== undefined;
    if (isThere('clusterroles.rbac.authorization.k8s.io', undefined, 'cluster-admin')) return;
    const random = new Random(policySeed);
    for (const [resource, object] of bootstrapPolicyObjects()) {
      const { namespace, name = '' } = object.metadata;
      if (isThere(resource, namespace, name)) continue;
      const metadata = { ...object.metadata, uid: random.uid(), creationTimestamp: formatTime(0) };
      const made = canonicalize({ ...object, metadata });
      this.etcd.put(this.storage(resource).key(namespace, name), 0, (revision) => atRevision(made, revision));
    }
  }

  /** Why etcd would not take an object in place of the one there is, if so. Too near to its limit it is unknown. */
  refusal(
    key: string,
    previous: KubeObject | undefined,
    { object, actor, custom }: WriteRequest,
  ): ApiStatus | undefined {
    const isLarge = this.#growth.isLarge(key, object, previous, isComponent(actor));
    const refused = isLarge ? storeRefusal(object, custom !== undefined) : undefined;
    if (refused !== 'open') return refused;
    const reason = 'whether the object is too large for etcd';
    this.kernel.record(serverName, serverName, { type: 'unknown', subject: refOf(object), reason });
    return undefined;
  }

  /** Writes an object over the one there is (`previous`, as it was read), or as a new one. Returns it with its revision. */
  put(storage: Storage, key: string, object: KubeObject, actor: Participant): KubeObject {
    const { etcd, kernel } = this;
    const previous = etcd.get(key);
    const revision = etcd.revision + 1;
    const current = atRevision(storage.stored(object, previous?.value), revision);
    // The line comes first, so that what the watchers see is caused by it.
    const change = previous ? 'MODIFIED' : 'ADDED';
    const { name: resource } = storage;
    const write: Writable<StoreDetails> = {
      type: 'store',
      change,
      key,
      revision,
      resource,
      actor,
      object: traced(current),
    };
    if (previous) write.previous = traced(previous.value);
    const line = kernel.record(serverName, 'etcd', write);
    const written = kernel.causedBy(line, () => etcd.put(key, previous?.modRevision ?? 0, () => current));
    invariant(written, `${key} changed while it was written`);
    this.#server.written(storage);
    return storage.served(current, object.apiVersion);
  }

  delete(storage: Storage, key: string, actor: Participant): void {
    const { etcd, kernel } = this;
    const previous = etcd.get(key);
    invariant(previous, `${key} is gone`);
    const line = kernel.record(serverName, 'etcd', {
      type: 'store',
      change: 'DELETED',
      key,
      revision: etcd.revision + 1,
      resource: storage.name,
      actor,
      object: traced(previous.value),
      previous: traced(previous.value),
    });
    kernel.causedBy(line, () => etcd.delete(key, previous.modRevision));
    this.#server.written(storage);
  }
}
