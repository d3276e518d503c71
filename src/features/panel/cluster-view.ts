// The nodes that runs start from, for a tree: taints, what is free, and which Pods are on them.
import type { Node, Pod } from '../../api/object.ts';
import { keyOf } from '../../api/object.ts';
import { formatQuantity } from '../../api/quantity.ts';
import { taintText } from '../../api/tolerations.ts';
import type { ClusterNode } from '../../protocol/requests.ts';
import { objectsAt, type ClusterState } from '../../simulator/index.ts';
import type { ParsedFile } from '../sources.ts';
import { Capacities } from './capacities.ts';
import { Places } from './places.ts';

export interface ClusterLook {
  readonly state: ClusterState;
  /** The files that it is written in; none for a preset. */
  readonly files: readonly ParsedFile[];
  readonly uriOf: (file: string) => string | undefined;
}

export function clusterView({ state, files, uriOf }: ClusterLook): ClusterNode[] {
  const capacities = new Capacities(objectsAt<Pod>(state, 'pods'));
  const places = new Places(files, uriOf);
  return objectsAt<Node>(state, 'nodes').map((node) => {
    const { name = '' } = node.metadata;
    const place = places.ofField({ apiVersion: 'v1', kind: 'Node', name });
    return {
      name,
      taints: (node.spec?.taints ?? []).map(taintText),
      free: ['cpu', 'memory'].flatMap((resource) => {
        const all = node.status?.allocatable?.[resource];
        return all === undefined
          ? []
          : `${resource}: ${formatQuantity(capacities.free(node, resource))} of ${String(all)} free`;
      }),
      pods: capacities.podsOn(name).map(keyOf),
      ...(place && { place: { uri: place.uri, line: place.range.start.line } }),
    };
  });
}
