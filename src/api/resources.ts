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

/** The resource by `pods` or `deployments.apps` (the preferred version of its group). */
export function resourceByQualifiedName(name: string): ApiResource | undefined {
  return byQualifiedName.get(name);
}
