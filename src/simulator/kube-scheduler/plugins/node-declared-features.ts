// NodeDeclaredFeatures: a Pod that needs a feature of the kubelet fits only on nodes that declare it (status.declaredFeatures).
// Which Pod needs what: k8s.io/component-helpers/nodedeclaredfeatures (1.36).
import type { Node, Pod } from '../../../api/object.ts';
import { deepEqual } from '../../../base/json.ts';
import { isSamePod } from '../framework/pod-info.ts';
import type { Plugin } from '../framework/plugin.ts';
import { skip, unresolvable } from '../framework/status.ts';

export const nodeDeclaredFeatures: Plugin = {
  name: 'NodeDeclaredFeatures',

  preFilter({ pod }) {
    return requiredFeatures(pod.pod).length === 0 ? skip : undefined;
  },

  filter({ pod }, { node }) {
    const declared = node.status?.declaredFeatures ?? [];
    return requiredFeatures(pod.pod).every((feature) => declared.includes(feature))
      ? undefined
      : unresolvable("node(s) didn't match Pod's required features");
  },

  queueingHints: [
    {
      resource: 'Node',
      actions: ['Add', 'UpdateNodeDeclaredFeature'],
      isWorthTrying: (_pod, { before, after }) =>
        !before || !deepEqual((before as Node).status?.declaredFeatures, (after as Node).status?.declaredFeatures),
    },
    {
      resource: 'Pod',
      actions: ['Update'],
      isWorthTrying: (pod, { before, after }) =>
        isSamePod(pod, after as Pod) && !deepEqual(requiredFeatures(before as Pod), requiredFeatures(after as Pod)),
    },
  ],
};

function requiredFeatures({ spec }: Pod): readonly string[] {
  const features: string[] = [];
  const containers = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])];
  const restartsAll = containers.some(({ restartPolicyRules = [] }) =>
    restartPolicyRules.some(({ action }) => action === 'RestartAllContainers'),
  );
  if (restartsAll) features.push('RestartAllContainersOnContainerExits');
  if (spec?.hostNetwork && spec.hostUsers === false) features.push('UserNamespacesHostNetworkSupport');
  return features;
}
