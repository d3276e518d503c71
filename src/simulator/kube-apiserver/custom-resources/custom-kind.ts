// The kinds that a CustomResourceDefinition makes known (k8s.io/apiextensions-apiserver, Kubernetes 1.36).
import type {
  CustomResourceDefinition,
  CustomResourceDefinitionVersion,
  JSONSchemaProps,
} from '../../../api/object.ts';
import { apiVersionOf, type ApiResource } from '../../../api/resources.ts';

/** One served version of a custom resource. */
export interface CustomKind {
  readonly resource: ApiResource;
  readonly schema: JSONSchemaProps | undefined;
  readonly hasStatus: boolean;
  /** What the server warns of whatever is done to objects in this version. */
  readonly deprecation?: string;
  /** The version that objects are stored in, where it is another one. */
  readonly storedAs?: StoredVersion;
}

export interface StoredVersion {
  readonly apiVersion: string;
  readonly schema: JSONSchemaProps | undefined;
  /** A webhook converts: what it makes of an object only it knows. Else nothing but the apiVersion changes. */
  readonly byWebhook: boolean;
}

export const definitionsResource = 'customresourcedefinitions.apiextensions.k8s.io';

/** The kind as an object of an apiVersion is to be read; the preferred one if that version is not served. */
export function kindOfVersion(kinds: readonly CustomKind[], apiVersion: unknown): CustomKind | undefined {
  return kinds.find(({ resource }) => apiVersionOf(resource) === apiVersion) ?? kinds[0];
}

const known = new WeakMap<CustomResourceDefinition, readonly CustomKind[]>();

/** The served versions, the preferred one first. */
export function customKindsOf(definition: CustomResourceDefinition): readonly CustomKind[] {
  let kinds = known.get(definition);
  if (!kinds) known.set(definition, (kinds = kindsOf(definition)));
  return kinds;
}

/** Whether the server serves the definition's objects by now. */
export function isEstablished({ status }: CustomResourceDefinition): boolean {
  return status?.conditions?.some(({ type, status: is }) => type === 'Established' && is === 'True') ?? false;
}

function kindsOf(definition: CustomResourceDefinition): readonly CustomKind[] {
  const { versions = [] } = definition.spec;
  const stored = versions.find(({ storage }) => storage);
  const served = versions.filter((version) => version.served).sort((a, b) => compareVersions(a.name, b.name));
  return served.map((version) => ({
    ...kindOf(definition, version),
    ...(stored && stored !== version && { storedAs: storedAs(definition, stored) }),
  }));
}

function storedAs({ spec }: CustomResourceDefinition, version: CustomResourceDefinitionVersion): StoredVersion {
  return {
    apiVersion: apiVersionOf({ group: spec.group, version: version.name }),
    schema: version.schema?.openAPIV3Schema,
    byWebhook: spec.conversion?.strategy === 'Webhook',
  };
}

const verbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

/** What a deprecated version is said to be, and which one to use (defaultDeprecationWarning). */
function deprecationOf(
  { spec }: CustomResourceDefinition,
  version: CustomResourceDefinitionVersion,
): string | undefined {
  if (!version.deprecated) return undefined;
  if (version.deprecationWarning !== undefined) return version.deprecationWarning;
  const named = (name: string) => `${spec.group}/${name} ${spec.names.kind}`;
  const [newer] = (spec.versions ?? [])
    .filter(({ served, deprecated, name }) => served && !deprecated && compareVersions(name, version.name) < 0)
    .sort((a, b) => compareVersions(a.name, b.name));
  return `${named(version.name)} is deprecated${newer ? `; use ${named(newer.name)}` : ''}`;
}

function kindOf(definition: CustomResourceDefinition, version: CustomResourceDefinitionVersion): CustomKind {
  const { group, names, scope } = definition.spec;
  const { status, scale } = version.subresources ?? {};
  const resource: ApiResource = {
    group,
    version: version.name,
    kind: names.kind,
    plural: names.plural,
    singular: names.singular || names.kind.toLowerCase(),
    namespaced: scope === 'Namespaced',
    shortNames: names.shortNames ?? [],
    categories: names.categories ?? [],
    verbs,
    subresources: [...(status ? ['status'] : []), ...(scale ? ['scale'] : [])],
  };
  const schema = version.schema?.openAPIV3Schema;
  const deprecation = deprecationOf(definition, version);
  return { resource, schema, hasStatus: status !== undefined, ...(deprecation !== undefined && { deprecation }) };
}

/** CompareKubeAwareVersionStrings, descending: `v2`, `v1`, `v1beta2`, `v1alpha1`, then everything else by name. */
function compareVersions(a: string, b: string): number {
  const left = partsOf(a);
  const right = partsOf(b);
  if (!left || !right) return left ? -1 : right ? 1 : a < b ? -1 : a > b ? 1 : 0;
  for (const [i, part] of left.entries()) {
    const other = right[i] ?? 0;
    if (part !== other) return other - part;
  }
  return 0;
}

/** How stable a version is, its number, and that of the beta or alpha. */
function partsOf(version: string): readonly number[] | undefined {
  const [, major, stage, minor] = /^v([1-9]\d*)(?:(alpha|beta)([1-9]\d*))?$/.exec(version) ?? [];
  if (major === undefined) return undefined;
  return [stage === undefined ? 2 : stage === 'beta' ? 1 : 0, Number(major), Number(minor ?? 0)];
}
