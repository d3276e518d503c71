// How a name becomes the names that are asked for: the search list of a Pod's resolv.conf and the C library's walk through it
// (kubelet's network/dns; glibc's res_search). Pure.
import type { Pod } from '../../api/object.ts';

export const clusterDomain = 'cluster.local';

/** What of resolv.conf decides the names that are asked for. */
export interface SearchPath {
  readonly searches: readonly string[];
  readonly ndots: number;
}

/** The search path of a Pod, or undefined where it is the node's, which a simulation doesn't know. */
export function searchPathOf({ metadata, spec }: Pod): SearchPath | undefined {
  const policy = spec?.dnsPolicy ?? 'ClusterFirst';
  const { searches = [], options = [] } = spec?.dnsConfig ?? {};
  const isCluster = policy === 'ClusterFirstWithHostNet' || (policy === 'ClusterFirst' && !spec?.hostNetwork);
  if (!isCluster && policy !== 'None') return undefined;
  const own = isCluster ? [`${metadata.namespace}.svc.${clusterDomain}`, `svc.${clusterDomain}`, clusterDomain] : [];
  const ndots = options.findLast(({ name }) => name === 'ndots')?.value;
  return {
    searches: [...new Set([...own, ...searches])],
    ndots: ndots === undefined ? (isCluster ? 5 : 1) : Number(ndots),
  };
}

/**
 * The names that are asked for one after the other until one is answered, each with its final dot. A name with fewer dots
 * than ndots goes through the search list first, one with a final dot is asked for alone.
 */
export function namesTried(name: string, { searches, ndots }: SearchPath): string[] {
  if (name.endsWith('.')) return [name];
  const dots = name.split('.').length - 1;
  const searched = searches.map((search) => (search.endsWith('.') ? `${name}.${search}` : `${name}.${search}.`));
  return dots < ndots ? [...searched, `${name}.`] : [`${name}.`, ...searched];
}

/** The queries that a short name causes in a Pod; undefined where they depend on the node's resolv.conf. */
export function dnsQueries(pod: Pod, name: string): string[] | undefined {
  const path = searchPathOf(pod);
  return path && namesTried(name, path);
}
