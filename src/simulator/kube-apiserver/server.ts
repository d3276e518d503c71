// kube-apiserver: the one place where components meet. A request goes through authentication, authorization, decoding, defaulting,
// admission, validation and its resource's strategy into etcd; watchers hear of what is written.
import type { KubeObject } from '../../api/object.ts';
import type { Client } from '../client/client.ts';
import type { Etcd } from '../etcd/etcd.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Participant } from '../trace.ts';
import { userOf } from './authentication.ts';
import { definitionsResource } from './custom-resources/custom-kind.ts';
import { establishDefinitions } from './custom-resources/establish.ts';
import { Authorizer } from './authorization/authorizer.ts';
import type { User } from './request.ts';
import { ServerClient } from './server-client.ts';
import { serverName } from './server-name.ts';
import { Store } from './store.ts';
import { served } from './verbs/read.ts';

export interface ServerOptions {
  /** Users that are others than those a kubeadm cluster has, by participant. */
  readonly users?: Readonly<Record<Participant, User>>;
}

export class Server {
  readonly store: Store;
  readonly authorizer: Authorizer;
  readonly #options: ServerOptions;
  #loopback: Client | undefined;

  constructor(kernel: Kernel, etcd: Etcd, options: ServerOptions = {}) {
    this.store = new Store(kernel, etcd, {
      written: ({ resource, name }) => {
        if (resource.group === 'rbac.authorization.k8s.io') this.authorizer.forget();
        if (resource.group === 'admissionregistration.k8s.io') this.store.policies.changed();
        if (name === definitionsResource) establishDefinitions(this.store);
      },
      loopback: () => (this.#loopback ??= this.connect(serverName)),
    });
    this.authorizer = new Authorizer(this.store.reader);
    this.#options = options;
  }

  /** The objects of a resource as they are served: a look from outside, which is no request. */
  objects<T extends KubeObject>(resource: string): readonly T[] {
    const storage = this.store.storage(resource);
    if (storage.resource.group === 'rbac.authorization.k8s.io') this.store.bootstrapPolicy();
    return served(storage, storage.range()) as readonly T[];
  }

  /** A client for a user of the API. */
  connect(actor: Participant): Client {
    return new ServerClient(this.store, this.authorizer, actor, this.#options.users?.[actor] ?? userOf(actor));
  }
}
