// Which kinds and resources the server serves, and how one is found by what a person or an object calls it.
import { apiVersionOf, qualifiedName, type ApiResource } from './api-resource.ts';
import { builtinResources } from './resources.generated.ts';

export { apiVersionOf, qualifiedName, type ApiResource };

const byKind = new Map(builtinResources.map((resource) => [`${apiVersionOf(resource)} ${resource.kind}`, resource]));
const byQualifiedName = new Map([...builtinResources].reverse().map((resource) => [qualifiedName(resource), resource]));

/** The resource of an object's `apiVersion` and `kind`, or undefined if the server does not know it. */
export function resourceOfKind(apiVersion: string, kind: string): ApiResource | undefined {
  return byKind.get(`${apiVersion} ${kind}`);
}

/** The qualified names (`pods`, `deployments.apps`) of the built-in resources of which objects can be deleted with their namespace. */
export function namespacedResources(): string[] {
  const deletable = builtinResources.filter(({ namespaced, verbs }) => namespaced && verbs.includes('delete'));
  return [...new Set(deletable.map(qualifiedName))];
}

/** The resource by `pods` or `deployments.apps` (the preferred version of its group). */
export function resourceByQualifiedName(name: string): ApiResource | undefined {
  return byQualifiedName.get(name);
}

/** Whether an API group is built in; the core group is the empty name. No CustomResourceDefinition can add a kind to one of these. */
export function isBuiltinGroup(group: string): boolean {
  return builtinResources.some((resource) => resource.group === group);
}

/** The apiVersions that serve a kind, the preferred one of each group first; none for a kind that is not built in. */
export function versionsOfKind(kind: string): string[] {
  return builtinResources.filter((resource) => resource.kind === kind).map(apiVersionOf);
}

/** The names of all built-in kinds. */
export function builtinKinds(): Set<string> {
  return new Set(builtinResources.map(({ kind }) => kind));
}

/** The group and version of an apiVersion (schema.ParseGroupVersion); both empty for none, undefined for what is none. */
export function parseGroupVersion(
  apiVersion: string,
): { readonly group: string; readonly version: string } | undefined {
  if (apiVersion === '' || apiVersion === '/') return { group: '', version: '' };
  const [first = '', second, ...more] = apiVersion.split('/');
  if (more.length) return undefined;
  return second === undefined ? { group: '', version: first } : { group: first, version: second };
}
