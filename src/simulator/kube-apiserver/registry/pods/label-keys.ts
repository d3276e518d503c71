// matchLabelKeys and mismatchLabelKeys of a new Pod become requirements of the selectors beside them, with the values that the
// Pod's own labels have at that moment (pkg/registry/core/pod/strategy.go, mutatePodAffinity and mutateTopologySpreadConstraints).
import type {
  Affinity,
  LabelSelector,
  LabelSelectorRequirement,
  Pod,
  PodAffinity,
  PodAffinityTerm,
} from '../../../../api/object.ts';

type Labels = Readonly<Record<string, string>>;

function requirements(
  operator: 'In' | 'NotIn',
  keys: readonly string[] = [],
  labels: Labels,
): LabelSelectorRequirement[] {
  return keys.flatMap((key) => {
    const value = labels[key];
    return value === undefined ? [] : [{ key, operator, values: [value] }];
  });
}

/** A selector that is absent matches nothing, with or without more requirements. */
function withRequirements<T extends { readonly labelSelector?: LabelSelector }>(
  term: T,
  more: readonly LabelSelectorRequirement[],
): T {
  const { labelSelector } = term;
  if (!labelSelector || more.length === 0) return term;
  const matchExpressions = [...(labelSelector.matchExpressions ?? []), ...more];
  return { ...term, labelSelector: { ...labelSelector, matchExpressions } };
}

function affinityTerm(term: PodAffinityTerm, labels: Labels): PodAffinityTerm {
  return withRequirements(term, [
    ...requirements('In', term.matchLabelKeys, labels),
    ...requirements('NotIn', term.mismatchLabelKeys, labels),
  ]);
}

function podAffinity(affinity: PodAffinity, labels: Labels): PodAffinity {
  const { requiredDuringSchedulingIgnoredDuringExecution: required, ...rest } = affinity;
  const { preferredDuringSchedulingIgnoredDuringExecution: preferred, ...others } = rest;
  return {
    ...others,
    ...(required && {
      requiredDuringSchedulingIgnoredDuringExecution: required.map((term) => affinityTerm(term, labels)),
    }),
    ...(preferred && {
      preferredDuringSchedulingIgnoredDuringExecution: preferred.map((weighted) => ({
        ...weighted,
        podAffinityTerm: affinityTerm(weighted.podAffinityTerm, labels),
      })),
    }),
  };
}

function withAffinity(affinity: Affinity, labels: Labels): Affinity {
  return {
    ...affinity,
    ...(affinity.podAffinity && { podAffinity: podAffinity(affinity.podAffinity, labels) }),
    ...(affinity.podAntiAffinity && { podAntiAffinity: podAffinity(affinity.podAntiAffinity, labels) }),
  };
}

/** The Pod as it is stored; the same object for a Pod without affinity to Pods and without spread constraints. */
export function withLabelKeys(pod: Pod): Pod {
  const { spec, metadata } = pod;
  const { affinity, topologySpreadConstraints: constraints } = spec ?? {};
  if (!spec || (!affinity?.podAffinity && !affinity?.podAntiAffinity && !constraints)) return pod;
  const labels = metadata.labels ?? {};
  return {
    ...pod,
    spec: {
      ...spec,
      ...(affinity && { affinity: withAffinity(affinity, labels) }),
      ...(constraints && {
        topologySpreadConstraints: constraints.map((constraint) =>
          withRequirements(constraint, requirements('In', constraint.matchLabelKeys, labels)),
        ),
      }),
    },
  };
}
