// PodTopologySpread: the constraint that is broken, and how many Pods the domains hold.
import { refOf } from '../../../api/object.ts';
import { brokenConstraints } from '../plugins/pod-topology-spread/filtering.ts';
import type { BlameOf } from './blame.ts';

export const blameTopologySpread: BlameOf = (cycle, { node }) => {
  const constraints = cycle.pod.pod.spec?.topologySpreadConstraints ?? [];
  // the plugin knows those that refuse nodes, in the order of the Pod
  const indexes = constraints.flatMap(({ whenUnsatisfiable }, i) => (whenUnsatisfiable === 'DoNotSchedule' ? [i] : []));
  return brokenConstraints(cycle, node).map(({ index, topologyKey, domain, count, least, emptiest, maxSkew }) => ({
    path: `spec.topologySpreadConstraints[${indexes[index] ?? 0}]`,
    says:
      domain === undefined
        ? `has no label ${topologyKey}, by which Pods are to be spread`
        : `is in ${topologyKey}=${domain}, which would hold ${count} of these Pods${emptiest === undefined ? ', and as there are fewer domains than minDomains wants, the emptiest' : ` where ${emptiest}, the emptiest,`} holds ${least}: more than ${maxSkew} apart`,
    other: { object: refOf(node), path: domain === undefined ? 'metadata.labels' : `metadata.labels[${topologyKey}]` },
  }));
};
