// The ConfigMaps and Secrets that Pods of the node refer to: each is watched by name while a Pod needs it
// (pkg/kubelet/util/manager/watch_based_manager.go).
import type { ConfigMap, Container, KubeObject, Pod, Secret } from '../../api/object.ts';
import type { Client } from '../client/client.ts';
import { allContainers, uidOf } from './pod-names.ts';

type Resource = 'configmaps' | 'secrets';

interface Watched {
  readonly users: Set<string>;
  readonly watch: { stop(): void };
  object: KubeObject | undefined;
}

export class ConfigReferences {
  readonly #client: Client;
  readonly #watched = new Map<string, Watched>();

  constructor(client: Client) {
    this.#client = client;
  }

  /** Begins to watch what the Pod refers to. */
  register(pod: Pod): void {
    const { namespace = '' } = pod.metadata;
    for (const [resource, names] of referencesOf(pod)) {
      for (const name of names) this.#use(resource, namespace, name, uidOf(pod));
    }
  }

  /** Stops watching what no other Pod refers to. */
  unregister(podUid: string): void {
    for (const [key, { users, watch }] of this.#watched) {
      users.delete(podUid);
      if (users.size > 0) continue;
      watch.stop();
      this.#watched.delete(key);
    }
  }

  configMap(namespace: string, name: string): ConfigMap | undefined {
    return this.#find<ConfigMap>('configmaps', namespace, name);
  }

  secret(namespace: string, name: string): Secret | undefined {
    return this.#find<Secret>('secrets', namespace, name);
  }

  #find<T extends KubeObject>(resource: Resource, namespace: string, name: string): T | undefined {
    return this.#watched.get(keyFor(resource, namespace, name))?.object as T | undefined;
  }

  #use(resource: Resource, namespace: string, name: string, podUid: string): void {
    const key = keyFor(resource, namespace, name);
    const known = this.#watched.get(key);
    if (known) {
      known.users.add(podUid);
      return;
    }
    const options = { namespace, fieldSelector: `metadata.name=${name}` };
    const { items, resourceVersion } = this.#client.list(resource, options);
    const watch = this.#client.watch(resource, { ...options, resourceVersion }, ({ change, object }) => {
      watched.object = change === 'DELETED' ? undefined : object;
    });
    const watched: Watched = { users: new Set([podUid]), object: items[0], watch };
    this.#watched.set(key, watched);
  }
}

const keyFor = (resource: Resource, namespace: string, name: string) => `${resource}/${namespace}/${name}`;

function referencesOf(pod: Pod): [Resource, Set<string>][] {
  const configMaps = new Set<string>();
  const secrets = new Set<string>();
  for (const { name } of pod.spec?.imagePullSecrets ?? []) if (name) secrets.add(name);
  for (const container of allContainers(pod)) addEnvironment(container, configMaps, secrets);
  for (const volume of pod.spec?.volumes ?? []) {
    if (volume.configMap?.name) configMaps.add(volume.configMap.name);
    if (volume.secret?.secretName) secrets.add(volume.secret.secretName);
    for (const source of volume.projected?.sources ?? []) {
      if (source.configMap?.name) configMaps.add(source.configMap.name);
      if (source.secret?.name) secrets.add(source.secret.name);
    }
  }
  return [
    ['configmaps', configMaps],
    ['secrets', secrets],
  ];
}

function addEnvironment({ env = [], envFrom = [] }: Container, configMaps: Set<string>, secrets: Set<string>): void {
  for (const { valueFrom } of env) {
    if (valueFrom?.configMapKeyRef?.name) configMaps.add(valueFrom.configMapKeyRef.name);
    if (valueFrom?.secretKeyRef?.name) secrets.add(valueFrom.secretKeyRef.name);
  }
  for (const { configMapRef, secretRef } of envFrom) {
    if (configMapRef?.name) configMaps.add(configMapRef.name);
    if (secretRef?.name) secrets.add(secretRef.name);
  }
}
