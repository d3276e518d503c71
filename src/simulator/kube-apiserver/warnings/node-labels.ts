// Labels of nodes that go by another name today, where Pods select by them (pkg/api/node/util.go, Kubernetes 1.36).
import type { FieldPath } from '../../../api/field-path.ts';
import type { NodeSelectorTerm, PodSpec } from '../../../api/object.ts';

const since = (version: string, label: string) => `deprecated since ${version}; use "${label}" instead`;

/** What is said of such a label of a node. */
export const deprecatedNodeLabels: Readonly<Record<string, string>> = {
  'beta.kubernetes.io/arch': since('v1.14', 'kubernetes.io/arch'),
  'beta.kubernetes.io/os': since('v1.14', 'kubernetes.io/os'),
  'failure-domain.beta.kubernetes.io/region': since('v1.17', 'topology.kubernetes.io/region'),
  'failure-domain.beta.kubernetes.io/zone': since('v1.17', 'topology.kubernetes.io/zone'),
  'beta.kubernetes.io/instance-type': since('v1.17', 'node.kubernetes.io/instance-type'),
  'app.kubernetes.io/created-by': 'deprecated since v1.9',
  'scheduler.alpha.kubernetes.io/preferAvoidPods': 'deprecated since v1.22; use Taints and Tolerations instead',
  'node-role.kubernetes.io/master': 'use "node-role.kubernetes.io/control-plane" instead',
};

export function termWarnings({ matchExpressions = [] }: NodeSelectorTerm, path: FieldPath): string[] {
  return matchExpressions.flatMap(({ key }, i) => {
    const advice = deprecatedNodeLabels[key];
    return advice ? [`${path.child('matchExpressions').index(i).child('key')}: ${key} is ${advice}`] : [];
  });
}

/** Also what spreads over nodes without saying which Pods count, which stands in between. */
export function nodeLabelWarnings(pod: PodSpec, spec: FieldPath): string[] {
  const found: string[] = [];
  for (const key in pod.nodeSelector) {
    if (deprecatedNodeLabels[key]) found.push(`${spec.child('nodeSelector').key(key)}: ${deprecatedNodeLabels[key]}`);
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
    if (deprecatedNodeLabels[topologyKey])
      found.push(`${at.child('topologyKey')}: ${topologyKey} is ${deprecatedNodeLabels[topologyKey]}`);
    if (!labelSelector) found.push(`${at.child('labelSelector')}: a null labelSelector results in matching no pod`);
  });
  return found;
}
