// One resource as the server serves it: where its objects lie, what its strategy is, and who watches it.
import type { KubeObject } from '../../../api/object.ts';
import { patchSchemaOf, plainPatchSchema, type PatchSchema } from '../../../api/patch-schema.ts';
import { apiVersionOf, qualifiedName, type ApiResource } from '../../../api/resources.ts';
import type { Etcd } from '../../etcd/etcd.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { WatchCache } from '../watch-cache.ts';
import { conversions, olderVersions, type Conversion } from './conversions.ts';
import type { CustomKind } from '../custom-resources/custom-kind.ts';
import { customStrategy } from '../custom-resources/strategy.ts';
import { customPrefix, registryPrefix } from './keys.ts';
import type { Strategy } from './strategy.ts';
import { strategyOf } from './strategies.ts';

/** What a resource is in every run; of custom ones as long as their definition is. */
interface Facts {
  readonly name: string;
  readonly apiVersion: string;
  readonly prefix: string;
  readonly strategy: Strategy;
  readonly conversion: Conversion | undefined;
}

const known = new Map<ApiResource, Facts>();

function builtInFacts(resource: ApiResource): Facts {
  let facts = known.get(resource);
  if (!facts) known.set(resource, (facts = factsOf(resource, false)));
  return facts;
}

function factsOf(resource: ApiResource, isCustom: boolean): Facts {
  const name = qualifiedName(resource);
  return {
    name,
    apiVersion: apiVersionOf(resource),
    prefix: isCustom ? customPrefix(resource) : registryPrefix(resource),
    strategy: isCustom ? customStrategy(resource.subresources.includes('status')) : strategyOf(name),
    conversion: conversions[name],
  };
}

export class Storage {
  readonly resource: ApiResource;
  /** `pods` or `deployments.apps`. */
  readonly name: string;
  readonly apiVersion: string;
  readonly prefix: string;
  readonly strategy: Strategy;
  readonly watchers: WatchCache;
  /** Where the stored version is another one than the one served. */
  readonly conversion: Conversion | undefined;
  readonly #etcd: Etcd;
  /** By namespace (empty: all), until something is written: with every request many parts of the server look at what hardly ever changes. */
  readonly #ranges = new Map<string, readonly KubeObject[]>();
  /** By namespace and name. */
  #keys: Map<string | undefined, Map<string, string>> | undefined;
  readonly #custom: (() => readonly CustomKind[]) | undefined;
  #patchSchema: PatchSchema | undefined;

  /** `custom` gives the kind in its versions, as its definition describes it now, where the resource is not built in. */
  constructor(kernel: Kernel, etcd: Etcd, resource: ApiResource, custom?: () => readonly CustomKind[]) {
    const { name, apiVersion, prefix, strategy, conversion } = custom
      ? factsOf(resource, true)
      : builtInFacts(resource);
    this.resource = resource;
    this.name = name;
    this.apiVersion = apiVersion;
    this.#custom = custom;
    this.prefix = prefix;
    this.strategy = strategy;
    this.conversion = conversion;
    const watchers = new WatchCache(kernel, name, conversion?.fromStored);
    this.watchers = watchers;
    this.#etcd = etcd;
    etcd.watch(this.prefix, etcd.revision, (change) => {
      this.#ranges.clear();
      watchers.publish(change);
    });
  }

  get custom(): readonly CustomKind[] | undefined {
    return this.#custom?.();
  }

  /** How strategic merge patches of the kind merge. */
  get patchSchema(): PatchSchema {
    const { apiVersion, resource } = this;
    return (this.#patchSchema ??= patchSchemaOf(apiVersion, resource.kind) ?? plainPatchSchema);
  }

  /** The key in etcd. Every request asks for it, and a text that is new has to be read through before it can be looked up. */
  key(namespace: string | undefined, name: string): string {
    const within = this.resource.namespaced ? (namespace ?? '') : undefined;
    this.#keys ??= new Map<string | undefined, Map<string, string>>();
    let keys = this.#keys.get(within);
    if (!keys) this.#keys.set(within, (keys = new Map<string, string>()));
    let key = keys.get(name);
    if (key === undefined) keys.set(name, (key = `${this.prefix}${within === undefined ? '' : `${within}/`}${name}`));
    return key;
  }

  /** The stored objects, of one namespace if given, in the order of their keys. */
  range(namespace = ''): readonly KubeObject[] {
    const known = this.#ranges.get(namespace);
    if (known) return known;
    const all = this.#ranges.get('');
    if (all?.length === 0) return all;
    const prefix = namespace ? `${this.prefix}${namespace}/` : this.prefix;
    const found = this.#etcd.range(prefix).map(({ value }) => value);
    this.#ranges.set(namespace, found);
    return found;
  }

  /** The stored object as this resource serves it, in its own version or in the one named. */
  served<T extends KubeObject>(stored: KubeObject, apiVersion = this.apiVersion): T {
    return (this.#conversionOf(apiVersion)?.fromStored(stored) ?? stored) as T;
  }

  /** An object of this resource as it is stored, over what was stored until now. */
  stored(object: KubeObject, previous?: KubeObject): KubeObject {
    return this.#conversionOf(object.apiVersion)?.toStored(object, previous) ?? object;
  }

  #conversionOf(apiVersion: string): Conversion | undefined {
    return apiVersion === this.apiVersion ? this.conversion : olderVersions[`${apiVersion} ${this.resource.kind}`];
  }
}
