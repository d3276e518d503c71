// Topology spread constraints as the plugin works with them: the Pod's own, or the system's default for Pods of a workload.
import { isEmptySelector, matchesLabelSelector } from '../../../../api/label-selector.ts';
import {
  controllerOf,
  type LabelSelector,
  type Node,
  type Pod,
  type TopologySpreadConstraint,
} from '../../../../api/object.ts';
import { matchesRequiredNodeAffinity } from '../../../../api/node-selector.ts';
import type { NodeInfo } from '../../framework/node-info.ts';
import type { PodTopologySpreadArgs } from '../../framework/plugin-args.ts';
import type { Listers } from '../../framework/snapshot.ts';
import { untoleratedTaint } from '../../framework/tolerations.ts';

export const hostnameLabel = 'kubernetes.io/hostname';

/** A constraint with its defaults filled in. */
export interface Constraint {
  readonly topologyKey: string;
  readonly maxSkew: number;
  readonly minDomains: number;
  /** A Pod is counted if all of them select it. */
  readonly selectors: readonly (LabelSelector | undefined)[];
  readonly honorsNodeAffinity: boolean;
  readonly honorsNodeTaints: boolean;
}

/** What the scheduler asks of Pods of a workload that ask for nothing themselves. */
export interface Defaults {
  readonly constraints: readonly TopologySpreadConstraint[];
  /** They are the system's own: nodes may lack their labels. */
  readonly areSystems: boolean;
}

/** Spread over hosts and zones, without refusing a node for it. */
const systemDefaults: readonly TopologySpreadConstraint[] = [
  { topologyKey: hostnameLabel, whenUnsatisfiable: 'ScheduleAnyway', maxSkew: 3 },
  { topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway', maxSkew: 5 },
];

export function defaultsOf({ defaultingType, defaultConstraints = [] }: PodTopologySpreadArgs): Defaults {
  const areSystems = defaultingType === 'System';
  return { constraints: areSystems ? systemDefaults : defaultConstraints, areSystems };
}

type Action = 'DoNotSchedule' | 'ScheduleAnyway';

/** The constraints that hold for the Pod: its own, or the defaults if it has none and belongs to a workload. */
export function constraintsOf(pod: Pod, action: Action, listers: Listers, defaults: Defaults): readonly Constraint[] {
  if (hasOwnConstraints(pod)) return ownConstraints(pod, action);
  const constraints = defaults.constraints.filter(({ whenUnsatisfiable }) => whenUnsatisfiable === action);
  const selectors = constraints.length === 0 ? [] : workloadSelectors(pod, listers);
  return selectors.length === 0 ? [] : constraints.map((constraint) => toConstraint(constraint, selectors));
}

export const hasOwnConstraints = ({ spec }: Pod) => (spec?.topologySpreadConstraints?.length ?? 0) > 0;

/** The Pod's own constraints that refuse nodes (DoNotSchedule) or score them (ScheduleAnyway). */
function ownConstraints(pod: Pod, action: Action): readonly Constraint[] {
  return (pod.spec?.topologySpreadConstraints ?? [])
    .filter(({ whenUnsatisfiable }) => whenUnsatisfiable === action)
    .map((constraint) => toConstraint(constraint, [constraint.labelSelector, ...ownLabels(pod, constraint)]));
}

function toConstraint(
  { topologyKey, maxSkew, minDomains, nodeAffinityPolicy, nodeTaintsPolicy }: TopologySpreadConstraint,
  selectors: Constraint['selectors'],
): Constraint {
  return {
    topologyKey,
    maxSkew,
    minDomains: minDomains ?? 1,
    selectors,
    honorsNodeAffinity: nodeAffinityPolicy !== 'Ignore',
    honorsNodeTaints: nodeTaintsPolicy === 'Honor',
  };
}

/** matchLabelKeys: only Pods whose value of the label is the Pod's own are counted. The server merges them into the selector since 1.34. */
function ownLabels(pod: Pod, { matchLabelKeys = [] }: TopologySpreadConstraint): readonly LabelSelector[] {
  const labels = pod.metadata.labels ?? {};
  const own = matchLabelKeys.filter((key) => labels[key] !== undefined).map((key) => [key, labels[key] ?? ''] as const);
  return own.length === 0 ? [] : [{ matchLabels: Object.fromEntries(own) }];
}

/** helper.DefaultSelector: by what Services and the controlling ReplicationController, ReplicaSet or StatefulSet select the Pod. */
function workloadSelectors(pod: Pod, listers: Listers): readonly LabelSelector[] {
  const { namespace, labels } = pod.metadata;
  const selectors: LabelSelector[] = [];
  for (const { metadata, spec } of listers.services.values()) {
    const selector = { matchLabels: spec?.selector ?? {} };
    if (metadata.namespace === namespace && !isEmptySelector(selector) && matchesLabelSelector(selector, labels)) {
      selectors.push(selector);
    }
  }
  const owned = controllerSelector(pod, listers);
  return owned && !isEmptySelector(owned) ? [...selectors, owned] : selectors;
}

function controllerSelector(pod: Pod, listers: Listers): LabelSelector | undefined {
  const owner = controllerOf(pod);
  const key = `${pod.metadata.namespace}/${owner?.name}`;
  switch (`${owner?.apiVersion} ${owner?.kind}`) {
    case 'v1 ReplicationController':
      return { matchLabels: listers.replicationcontrollers.get(key)?.spec?.selector ?? {} };
    case 'apps/v1 ReplicaSet':
      return listers['replicasets.apps'].get(key)?.spec?.selector;
    case 'apps/v1 StatefulSet':
      return listers['statefulsets.apps'].get(key)?.spec?.selector;
    default:
      return undefined;
  }
}

export function selects({ selectors }: Constraint, labels: Readonly<Record<string, string>> | undefined): boolean {
  for (const selector of selectors) if (!matchesLabelSelector(selector, labels)) return false;
  return true;
}

/** countPodsMatchSelector: Pods of the namespace that are not being deleted. A selector without conditions counts none. */
export function countSelected(constraint: Constraint, { pods }: NodeInfo, namespace: string): number {
  if (pods.length === 0 || constraint.selectors.every((selector) => selector && isEmptySelector(selector))) return 0;
  let count = 0;
  for (const { pod, namespace: other } of pods) {
    const { deletionTimestamp, labels } = pod.metadata;
    if (other === namespace && !deletionTimestamp && selects(constraint, labels)) count++;
  }
  return count;
}

export function hasTopologyKeys(node: Node, constraints: readonly Constraint[]): boolean {
  return constraints.every(({ topologyKey }) => node.metadata.labels?.[topologyKey] !== undefined);
}

/** matchNodeInclusionPolicies: whether the Pods of the node are counted. */
export function isCounted({ honorsNodeAffinity, honorsNodeTaints }: Constraint, pod: Pod, node: Node): boolean {
  if (honorsNodeAffinity && !matchesRequiredNodeAffinity(pod, node)) return false;
  return !honorsNodeTaints || !untoleratedTaint(node.spec?.taints, pod.spec?.tolerations);
}
