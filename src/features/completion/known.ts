// What exists, by the cluster and by the files: what a field may name.
import type { CustomResourceDefinition, JSONSchemaProps, KubeObject, Node } from '../../api/object.ts';
import { apiVersionOf, resourceByQualifiedName } from '../../api/resources.ts';
import { builtinResources } from '../../api/resources.generated.ts';
import { isObject } from '../../base/json.ts';
import { objectsAt, type ClusterState } from '../../simulator/index.ts';
import type { ParsedFile } from '../sources.ts';

export interface Existing {
  /** How it is written. */
  readonly value: string;
  /** Where it is: a file's name, or the cluster. */
  readonly where: string;
}

export interface KnownRequest {
  readonly state: ClusterState;
  /** The file itself, and those beside it. */
  readonly files: readonly ParsedFile[];
  /** Of objects that name none. */
  readonly namespace: string;
}

export interface KnownKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespaced: boolean;
  /** Of a custom resource. */
  readonly schema?: JSONSchemaProps;
}

interface Found {
  readonly object: KubeObject;
  readonly where: string;
}

/** A state never changes, and is asked with every word. */
const inStates = new WeakMap<ClusterState, Map<string, readonly KubeObject[]>>();

/** The kinds that can be applied. */
const builtinKinds: readonly KnownKind[] = builtinResources
  .filter(({ verbs }) => verbs.includes('patch'))
  .map((resource) => ({ apiVersion: apiVersionOf(resource), kind: resource.kind, namespaced: resource.namespaced }));

export class Known {
  readonly #request: KnownRequest;
  #customKinds: readonly KnownKind[] | undefined;

  constructor(request: KnownRequest) {
    this.#request = request;
  }

  get namespace(): string {
    return this.#request.namespace;
  }

  /** The objects of a resource (`pods`, `deployments.apps`) that an object in a namespace may name; those of the files first. */
  objects<T extends KubeObject>(resource: string, namespace: string): readonly (Found & { readonly object: T })[] {
    const { files, namespace: standard } = this.#request;
    const kind = resourceByQualifiedName(resource)?.kind;
    const written = files.flatMap(({ name: where, declared }) =>
      declared.filter(({ object }) => object.kind === kind).map(({ object }) => ({ object, where })),
    );
    const stored = this.#inState(resource).map((object) => ({ object, where: 'in the cluster' }));
    const isNear = ({ object: { metadata } }: Found, own?: string) => (metadata.namespace ?? own) === namespace;
    const isClusterWide = resourceByQualifiedName(resource)?.namespaced === false;
    const near = isClusterWide
      ? [...written, ...stored]
      : [...written.filter((one) => isNear(one, standard)), ...stored.filter((one) => isNear(one))];
    return near as unknown as readonly (Found & { readonly object: T })[];
  }

  #inState(resource: string): readonly KubeObject[] {
    const { state } = this.#request;
    const known = inStates.get(state) ?? new Map<string, readonly KubeObject[]>();
    inStates.set(state, known);
    const objects = known.get(resource) ?? objectsAt(state, resource);
    known.set(resource, objects);
    return objects;
  }

  /** Each name once. */
  names(resource: string, namespace: string): readonly Existing[] {
    return distinct(
      this.objects(resource, namespace).map(({ object, where }) => ({ value: object.metadata.name, where })),
    );
  }

  /** The keys of a ConfigMap or Secret. */
  keysOf(resource: 'configmaps' | 'secrets', name: unknown, namespace: string): readonly Existing[] {
    return distinct(
      this.objects(resource, namespace)
        .filter(({ object }) => object.metadata.name === name)
        .flatMap(({ object, where }) =>
          ['data', 'binaryData', 'stringData'].flatMap((part) =>
            Object.keys(objectIn(object, part)).map((value) => ({ value, where })),
          ),
        ),
    );
  }

  get nodes(): readonly Node[] {
    return this.objects<Node>('nodes', '').map(({ object }) => object);
  }

  /** The kinds that the server knows, and those that definitions in the cluster and in the files make known. */
  get kinds(): readonly KnownKind[] {
    this.#customKinds ??= this.objects<CustomResourceDefinition>(
      'customresourcedefinitions.apiextensions.k8s.io',
      '',
    ).flatMap(({ object }) => kindsOf(object));
    return [...builtinKinds, ...this.#customKinds];
  }
}

/** What somebody is writing may be anything yet. */
function kindsOf(definition: CustomResourceDefinition): KnownKind[] {
  const spec = objectIn(definition, 'spec');
  const { kind } = objectIn(spec, 'names');
  const versions = Array.isArray(spec.versions) ? (spec.versions as unknown[]) : [];
  return versions.flatMap((version) => {
    if (!isObject(version) || version.served === false || typeof kind !== 'string') return [];
    const schema = objectIn(version, 'schema').openAPIV3Schema;
    return {
      apiVersion: `${String(spec.group)}/${String(version.name)}`,
      kind,
      namespaced: spec.scope !== 'Cluster',
      ...(isObject(schema) && { schema: schema as JSONSchemaProps }),
    };
  });
}

export function objectIn(value: unknown, name: string): Readonly<Record<string, unknown>> {
  const inner = isObject(value) ? value[name] : undefined;
  return isObject(inner) ? inner : {};
}

/** In the order of their first appearance. */
export function distinct(found: readonly { readonly value: string | undefined; readonly where: string }[]): Existing[] {
  const byValue = new Map<string, Existing>();
  for (const { value, where } of found) if (value && !byValue.has(value)) byValue.set(value, { value, where });
  return [...byValue.values()];
}
