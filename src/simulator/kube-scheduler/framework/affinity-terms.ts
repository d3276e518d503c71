// Pod affinity terms, read once: whom a term means, and in which namespaces (framework.AffinityTerm).
import { matchesLabelSelector } from '../../../api/label-selector.ts';
import type { LabelSelector, Pod, PodAffinityTerm, WeightedPodAffinityTerm } from '../../../api/object.ts';

export interface AffinityTerm {
  readonly topologyKey: string;
  readonly selector: LabelSelector | undefined;
  /** Namespaces given by name; the Pod's own if the term says nothing about namespaces. */
  readonly namespaces: ReadonlySet<string>;
  readonly namespaceSelector: LabelSelector | undefined;
  /** Of preferred terms; 1 otherwise. */
  readonly weight: number;
}

export interface AffinityTerms {
  readonly requiredAffinity: readonly AffinityTerm[];
  readonly requiredAntiAffinity: readonly AffinityTerm[];
  readonly preferredAffinity: readonly AffinityTerm[];
  readonly preferredAntiAffinity: readonly AffinityTerm[];
}

/** The Pod's terms, or undefined if it has neither podAffinity nor podAntiAffinity. */
export function affinityTermsOf(pod: Pod): AffinityTerms | undefined {
  const { podAffinity, podAntiAffinity } = pod.spec?.affinity ?? {};
  if (!podAffinity && !podAntiAffinity) return undefined;
  const required = (terms: readonly PodAffinityTerm[] = []) => terms.map((term) => affinityTerm(pod, term, 1));
  const preferred = (terms: readonly WeightedPodAffinityTerm[] = []) =>
    terms.map(({ podAffinityTerm, weight }) => affinityTerm(pod, podAffinityTerm, weight));
  return {
    requiredAffinity: required(podAffinity?.requiredDuringSchedulingIgnoredDuringExecution),
    requiredAntiAffinity: required(podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution),
    preferredAffinity: preferred(podAffinity?.preferredDuringSchedulingIgnoredDuringExecution),
    preferredAntiAffinity: preferred(podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution),
  };
}

function affinityTerm(pod: Pod, term: PodAffinityTerm, weight: number): AffinityTerm {
  const { topologyKey, labelSelector, namespaces = [], namespaceSelector } = term;
  const names = namespaces.length === 0 && !namespaceSelector ? [pod.metadata.namespace ?? ''] : namespaces;
  return { topologyKey, selector: labelSelector, namespaces: new Set(names), namespaceSelector, weight };
}

/** Labels of a namespace by name. */
export type NamespaceLabels = (namespace: string) => Readonly<Record<string, string>> | undefined;

/** AffinityTerm.Matches: whether the term of a running Pod means the Pod that is to be scheduled. */
export function termMatches(term: AffinityTerm, pod: Pod, labelsOf: NamespaceLabels): boolean {
  const { namespace = '', labels } = pod.metadata;
  const inNamespace =
    term.namespaces.has(namespace) ||
    (term.namespaceSelector !== undefined && matchesLabelSelector(term.namespaceSelector, labelsOf(namespace)));
  return inNamespace && matchesLabelSelector(term.selector, labels);
}

/**
 * Whether a term of the Pod that is to be scheduled means another one. Its namespaceSelector is tried without any labels too: 1.36
 * keeps it next to the namespaces that it selects (mergeAffinityTermNamespacesIfNotEmpty), so NotIn and DoesNotExist mean all.
 */
export function ownTermMatches(term: AffinityTerm, other: Pod, labelsOf: NamespaceLabels): boolean {
  const meansAll = matchesLabelSelector(term.namespaceSelector, undefined);
  return meansAll ? matchesLabelSelector(term.selector, other.metadata.labels) : termMatches(term, other, labelsOf);
}
