// Labels of nodes that go by another name today, where Pods select by them (pkg/api/node/util.go, Kubernetes 1.36).
import type { FieldPath } from '../../../api/field-path.ts';
import type { NodeSelectorTerm, PodSpec } from '../../../api/object.ts';

const since = (version: string, label: string) => `deprecated since ${version}; use "${label}" instead`;

const deprecated: Readonly<Record<string, string>> = {
  'beta.kubernetes.io/arch': since('v1.14', 'kubernetes.io/arch'),
  'beta.kubernetes.io/os': since('v1.14', 'kubernetes.io/os'),
  'failure-domain.beta.kubernetes.io/region': since('v1.17', 'topology.kubernetes.io/region'),
  'failure-domain.beta.kubernetes.io/zone': since('v1.17', 'topology.kubernetes.io/zone'),
  'beta.kubernetes.io/instance-type': since('v1.17', 'node.kubernetes.io/instance-type'),
};

function termWarnings({ matchExpressions = [] }: NodeSelectorTerm, path: FieldPath): string[] {
  return matchExpressions.flatMap(({ key }, i) => {
    const advice = deprecated[key];
    return advice ? [`${path.child('matchExpressions').index(i).child('key')}: ${key} is ${advice}`] : [];
  });
}

/** Also what spreads over nodes without saying which Pods count, which stands in between. */
export function nodeLabelWarnings(pod: PodSpec, spec: FieldPath): string[] {
  const found: string[] = [];
  for (const key in pod.nodeSelector) {
    if (deprecated[key]) found.push(`${spec.child('nodeSelector').key(key)}: ${deprecated[key]}`);
  }
  const affinity = pod.affinity?.nodeAffinity;
  const path = spec.child('affinity', 'nodeAffinity');
  const needed = path.child('requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms');
  affinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms.forEach((term, i) =>
    found.push(...termWarnings(term, needed.index(i))),
  );
  const preferred = path.child('preferredDuringSchedulingIgnoredDuringExecution');
  affinity?.preferredDuringSchedulingIgnoredDuringExecution?.forEach(({ preference }, i) =>
    found.push(...termWarnings(preference, preferred.index(i).child('preference'))),
  );
  pod.topologySpreadConstraints?.forEach(({ topologyKey, labelSelector }, i) => {
    const at = spec.child('topologySpreadConstraints').index(i);
    if (deprecated[topologyKey]) found.push(`${at.child('topologyKey')}: ${topologyKey} is ${deprecated[topologyKey]}`);
    if (!labelSelector) found.push(`${at.child('labelSelector')}: a null labelSelector results in matching no pod`);
  });
  return found;
}
