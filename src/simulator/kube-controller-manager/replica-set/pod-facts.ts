// What a ReplicaSet asks of each of its Pods in every sync: answered once for a version of the Pod, as most Pods stay as they are.
import { matchesLabels, matchesLabelSelector, podSelectorOf } from '../../../api/label-selector.ts';
import type { Pod, ReplicaSet, ReplicationController } from '../../../api/object.ts';
import { Attached } from '../../../base/attached.ts';
import { isPodActive, isPodReady } from '../pod-state.ts';

interface PodFacts {
  readonly isActive: boolean;
  readonly isReady: boolean;
  /** It is where the owner is, and has the labels that the owner selects. */
  readonly isSelected: boolean;
  /** It has all labels of the template. */
  readonly isFullyLabeled: boolean;
}

/** The facts, with what of the owner they stand on. */
const known = new Attached<Pod, { readonly facts: PodFacts; readonly selector: unknown; readonly labels: unknown }>();

export function podFactsOf(pod: Pod, owner: ReplicaSet | ReplicationController): PodFacts {
  const selector = owner.spec?.selector;
  const labels = owner.spec?.template?.metadata?.labels;
  const before = known.get(pod);
  if (before && before.selector === selector && before.labels === labels) return before.facts;
  const facts = {
    isActive: isPodActive(pod),
    isReady: isPodReady(pod),
    isSelected:
      pod.metadata.namespace === owner.metadata.namespace &&
      matchesLabelSelector(podSelectorOf(owner), pod.metadata.labels),
    isFullyLabeled: matchesLabels(labels, pod.metadata.labels),
  };
  known.set(pod, { facts, selector, labels });
  return facts;
}
