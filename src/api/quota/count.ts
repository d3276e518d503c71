// What the objects of a namespace use of a quota (quota.CalculateUsage of k8s.io/apiserver/pkg/quota/v1, Kubernetes 1.36).
import type { KubeObject, ResourceQuota } from '../object.ts';
import { addQuantities } from '../quantity.ts';
import { qualifiedName, resourceByQualifiedName, type ApiResource } from '../resources.ts';
import { countsAgainst } from './resources.ts';
import { isInScope } from './scopes.ts';
import { usageOf, zero, type Usage } from './usage.ts';

/** What has more to it than its number, and what had a name in quotas before all could be counted as `count/…`. */
const named = [
  ...['pods', 'services', 'persistentvolumeclaims'],
  ...['configmaps', 'secrets', 'replicationcontrollers', 'resourcequotas'],
];

/** The resources that a quota's entries are about, with these entries. */
export function countedResources({ spec }: ResourceQuota): ReadonlyMap<ApiResource, readonly string[]> {
  const names = Object.keys(spec?.hard ?? {});
  const byNumber = names.flatMap((name) => (name.startsWith('count/') ? [name.slice('count/'.length)] : []));
  const counted = new Map<ApiResource, readonly string[]>();
  for (const resource of new Set([...named, ...byNumber])) {
    const known = resourceByQualifiedName(resource);
    const own = known?.namespaced ? names.filter((name) => countsAgainst(name, known)) : [];
    if (known && own.length > 0) counted.set(known, own);
  }
  return counted;
}

/** What is used, by the quota's entries. `objectsOf` gives the objects of a resource, also those of other namespaces. */
export function countUsage(quota: ResourceQuota, objectsOf: (resource: ApiResource) => Iterable<KubeObject>): Usage {
  const total: Usage = new Map();
  for (const [resource, names] of countedResources(quota)) {
    for (const name of names) total.set(name, total.get(name) ?? zero);
    for (const object of objectsOf(resource)) {
      const isThere = object.metadata.namespace === quota.metadata.namespace;
      if (!isThere || !isInScope(quota, qualifiedName(resource), object)) continue;
      for (const [name, amount] of usageOf(qualifiedName(resource), object)) {
        if (names.includes(name)) total.set(name, addQuantities(total.get(name) ?? zero, amount));
      }
    }
  }
  return total;
}
