// What Pods want of the Pods around them: near to some, apart from others.
import { matchesLabelSelector } from '../../api/label-selector.ts';
import type { Pod, PodAffinityTerm } from '../../api/object.ts';
import { nearest, nearestKey } from '../suggest.ts';
import { firstBlame, listed, nameOf, otherSides, roomText, told, type Culprit, type Refusals } from './culprit.ts';

export function podAffinity(refusals: Refusals): Culprit {
  const first = firstBlame(refusals);
  const why = told(refusals) ?? `${listed(refusals.nodes)}: ${refusals.reasons.join(', ')}`;
  const term = nearTerm(first?.path, refusals.pod);
  return {
    path: first?.path ?? 'spec.affinity',
    says: `${why}. ${(term && meantText(term, refusals)) ?? remedyOf(first?.path)}${roomText(refusals)}`,
    related: otherSides(refusals),
  };
}

function nearTerm(path: string | undefined, { spec }: Pod): PodAffinityTerm | undefined {
  const index = /^spec\.affinity\.podAffinity\..*\[(\d+)\]$/.exec(path ?? '')?.[1];
  return spec?.affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.[Number(index)];
}

/** What is nearly what the term asks for: the topology key, the label of other Pods, their namespace, the node they are on. */
function meantText(term: PodAffinityTerm, refusals: Refusals): string | undefined {
  const { all, pod, inquiry, blame } = refusals;
  const { topologyKey, labelSelector } = term;
  const keys = new Set(all.flatMap(({ metadata }) => Object.keys(metadata.labels ?? {})));
  if (!keys.has(topologyKey)) {
    const meant = nearestKey(topologyKey, keys);
    return meant && `Did you mean ${meant}?`;
  }
  // the term's own Pods are somewhere else: on a node that has something else against the Pod
  const refused = new Set(refusals.nodes);
  const place = all.find((node) => !refused.has(node) && blame(node).length === 0);
  if (place)
    return `Such a Pod is on ${nameOf(place)}: see to what keeps the Pod from there, or only prefer to be near.`;
  const isOwn = term.namespaces === undefined && term.namespaceSelector === undefined;
  const wanted = Object.entries(labelSelector?.matchLabels ?? {});
  const valuesOf = new Map(wanted.map(([key]) => [key, new Set<string>()]));
  for (const { metadata } of inquiry?.placedPods() ?? []) {
    const { namespace, labels } = metadata;
    if (isOwn && namespace !== pod.metadata.namespace && matchesLabelSelector(labelSelector, labels)) {
      return `There is such a Pod in the namespace ${namespace}: name it in namespaces of the term.`;
    }
    for (const [key, values] of valuesOf) if (labels?.[key] !== undefined) values.add(labels[key]);
  }
  for (const [key, value] of wanted) {
    const values = valuesOf.get(key) ?? new Set<string>();
    const meant = values.has(value) ? undefined : nearest(value, values);
    if (meant !== undefined) return `There are Pods with ${key}=${meant}: did you mean that in place of ${value}?`;
  }
  return undefined;
}

function remedyOf(path: string | undefined): string {
  if (path?.includes('podAffinity')) return 'Let such a Pod run first, or only prefer to be near it.';
  return path === 'metadata.labels'
    ? 'Give the Pod other labels, or add a node.'
    : 'Only prefer to be apart, or add a node.';
}
