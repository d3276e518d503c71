// The ConfigMaps and Secrets that Pods of the node refer to: each is watched by name while a Pod needs it
// (pkg/kubelet/util/manager/watch_based_manager.go).
import { copyWith } from '../../base/copy.ts';
import type { ConfigMap, KubeObject, Pod, Secret } from '../../api/object.ts';
import type { Client } from '../client/client.ts';
import { omittedReason } from '../trace.ts';
import { uidOf } from './pod-names.ts';
import type { UnmodelledField } from './unmodelled.ts';

type Resource = 'configmaps' | 'secrets';

const kinds: Readonly<Record<Resource, string>> = { configmaps: 'ConfigMap', secrets: 'Secret' };

interface Watched {
  readonly users: Set<string>;
  readonly watch: { stop(): void };
  object: KubeObject | undefined;
}

export class ConfigReferences {
  readonly #client: Client;
  readonly #watched = new Map<string, Watched>();
  readonly #omits: readonly string[];

  /** `omits`: resources of which the cluster was given none. */
  constructor(client: Client, omits: readonly string[] = []) {
    this.#client = client;
    this.#omits = omits;
  }

  /** Begins to watch what the Pod refers to. */
  register(pod: Pod): void {
    const { namespace = '' } = pod.metadata;
    for (const { resource, name } of referencesOf(pod)) this.#use(resource, namespace, name, uidOf(pod));
  }

  /** Whether one that is not known here may be there all the same. */
  mayOmit(resource: Resource): boolean {
    return this.#omits.includes(resource);
  }

  /** What the Pod needs of which nobody knows here whether it is there. */
  unknownIn(pod: Pod): UnmodelledField[] {
    if (this.#omits.length === 0) return [];
    const open = referencesOf(pod).filter(({ resource, isNeeded }) => isNeeded && this.mayOmit(resource));
    if (open.length === 0) return [];
    this.register(pod);
    return open
      .filter(({ resource, name }) => !this.#find(resource, pod.metadata.namespace ?? '', name))
      .map(({ resource, name, path }) => ({ path, reason: omittedReason(kinds[resource], name) }));
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
    const watch = this.#client.watch(resource, copyWith(options, { resourceVersion }), ({ change, object }) => {
      watched.object = change === 'DELETED' ? undefined : object;
    });
    const watched: Watched = { users: new Set([podUid]), object: items[0], watch };
    this.#watched.set(key, watched);
  }
}

const keyFor = (resource: Resource, namespace: string, name: string) => `${resource}/${namespace}/${name}`;

interface Reference {
  readonly resource: Resource;
  readonly name: string;
  /** `spec.containers[0].envFrom[0].secretRef.name`. */
  readonly path: string;
  /** Without it the Pod does not start. */
  readonly isNeeded: boolean;
}

/** The ConfigMaps first, then the Secrets. Every sync of a Pod asks, and few Pods refer to much: a path is written when there is something at it. */
function referencesOf({ spec }: Pod): Reference[] {
  const maps: Reference[] = [];
  const secrets: Reference[] = [];
  const addMap = (name: string | undefined, path: string, optional: boolean | undefined) => {
    if (name) maps.push({ resource: 'configmaps', name, path, isNeeded: !optional });
  };
  const addSecret = (name: string | undefined, path: string, optional: boolean | undefined) => {
    if (name) secrets.push({ resource: 'secrets', name, path, isNeeded: !optional });
  };
  spec?.imagePullSecrets?.forEach(({ name }, i) => addSecret(name, `spec.imagePullSecrets[${i}].name`, true));
  for (const list of ['initContainers', 'containers'] as const) {
    spec?.[list]?.forEach(({ env, envFrom }, i) => {
      env?.forEach(({ valueFrom: { configMapKeyRef: map, secretKeyRef: secret } = {} }, j) => {
        const path = map || secret ? `spec.${list}[${i}].env[${j}].valueFrom` : '';
        if (map) addMap(map.name, `${path}.configMapKeyRef.name`, map.optional);
        if (secret) addSecret(secret.name, `${path}.secretKeyRef.name`, secret.optional);
      });
      envFrom?.forEach(({ configMapRef: map, secretRef: secret }, j) => {
        const path = `spec.${list}[${i}].envFrom[${j}]`;
        if (map) addMap(map.name, `${path}.configMapRef.name`, map.optional);
        if (secret) addSecret(secret.name, `${path}.secretRef.name`, secret.optional);
      });
    });
  }
  spec?.volumes?.forEach(({ configMap, secret, projected }, i) => {
    if (configMap) addMap(configMap.name, `spec.volumes[${i}].configMap.name`, configMap.optional);
    if (secret) addSecret(secret.secretName, `spec.volumes[${i}].secret.secretName`, secret.optional);
    projected?.sources?.forEach(({ configMap: map, secret: source }, j) => {
      const path = map || source ? `spec.volumes[${i}].projected.sources[${j}]` : '';
      if (map) addMap(map.name, `${path}.configMap.name`, map.optional);
      if (source) addSecret(source.name, `${path}.secret.name`, source.optional);
    });
  });
  return [...maps, ...secrets];
}
