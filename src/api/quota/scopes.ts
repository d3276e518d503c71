// Which Pods a ResourceQuota with scopes is about (podMatchesScopeFunc of pkg/quota/v1/evaluator/core, Kubernetes 1.36).
import type { KubeObject, Pod, PodSpec, ResourceQuota } from '../object.ts';
import { qosClass } from '../qos-class.ts';

type Requirement = { readonly scopeName: string; readonly operator: string; readonly values?: readonly string[] };

export const scopesOf = ({ spec }: ResourceQuota): readonly Requirement[] => [
  ...(spec?.scopes ?? []).map((scopeName) => ({ scopeName, operator: 'Exists' })),
  ...(spec?.scopeSelector?.matchExpressions ?? []),
];

export const isTerminating = ({ activeDeadlineSeconds }: PodSpec): boolean => (activeDeadlineSeconds ?? -1) >= 0;

function hasPriorityClass({ priorityClassName: name }: PodSpec, { operator, values = [] }: Requirement): boolean {
  if (operator === 'Exists') return Boolean(name);
  if (operator === 'DoesNotExist') return !name;
  const isOne = Boolean(name) && values.includes(name ?? '');
  return operator === 'In' ? isOne : !isOne;
}

function reachesOtherNamespaces({ affinity }: PodSpec): boolean {
  return [affinity?.podAffinity, affinity?.podAntiAffinity]
    .flatMap((rules) => [
      ...(rules?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
      ...(rules?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(({ podAffinityTerm }) => podAffinityTerm),
    ])
    .some(({ namespaces, namespaceSelector }) => Boolean(namespaces?.length) || namespaceSelector !== undefined);
}

function isIn(spec: PodSpec, requirement: Requirement): boolean {
  switch (requirement.scopeName) {
    case 'Terminating':
      return isTerminating(spec);
    case 'NotTerminating':
      return !isTerminating(spec);
    case 'BestEffort':
      return qosClass(spec) === 'BestEffort';
    case 'NotBestEffort':
      return qosClass(spec) !== 'BestEffort';
    case 'PriorityClass':
      return hasPriorityClass(spec, requirement);
    case 'CrossNamespacePodAffinity':
      return reachesOtherNamespaces(spec);
    default:
      return false;
  }
}

/** Whether a Pod is in every scope of the quota. */
const matchesScopes = (quota: ResourceQuota, { spec }: Pod): boolean =>
  scopesOf(quota).every((requirement) => spec !== undefined && isIn(spec, requirement));

/** Whether the quota is about the object; only Pods are in scopes. */
export const isInScope = (quota: ResourceQuota, resourceName: string, object: KubeObject): boolean =>
  resourceName === 'pods' ? matchesScopes(quota, object as Pod) : scopesOf(quota).length === 0;
