// PodTopologySpread: spreads the Pods of a workload over hosts, zones or other domains, by refusing nodes and by scoring them.
import type { Node, Pod } from '../../../../api/object.ts';
import { deepEqual } from '../../../../base/json.ts';
import { isSamePod } from '../../framework/pod-info.ts';
import type { Plugin } from '../../framework/plugin.ts';
import { argumentsOf, type PodTopologySpreadArgs } from '../../framework/plugin-args.ts';
import type { Listers } from '../../framework/snapshot.ts';
import { constraintsOf, defaultsOf, hasTopologyKeys, selects, type Constraint } from './constraints.ts';
import { addPod, filter, preFilter, removePod } from './filtering.ts';
import { normalizeScore, preScore, score } from './scoring.ts';

export const podTopologySpread = withArguments(argumentsOf('PodTopologySpread'));

function withArguments(args: PodTopologySpreadArgs): Plugin {
  const defaults = defaultsOf(args);
  const constraints = (pod: Pod, listers: Listers) => constraintsOf(pod, 'DoNotSchedule', listers, defaults);
  return {
    name: 'PodTopologySpread',
    configured: (given) => withArguments(given as PodTopologySpreadArgs),
    preFilter: (cycle) => preFilter(cycle, defaults),
    addPod,
    removePod,
    filter,
    preScore: (cycle, feasible) => preScore(cycle, feasible, defaults),
    score,
    normalizeScore,

    queueingHints: [
      {
        resource: 'Pod',
        actions: ['Add', 'Delete', 'UpdatePodLabel', 'UpdatePodToleration'],
        isWorthTrying: (pod, { before, after }, listers) =>
          isPodChangeWorthTrying(pod, before, after, constraints(pod, listers)),
      },
      {
        resource: 'Node',
        actions: ['Add', 'Delete', 'UpdateNodeLabel', 'UpdateNodeTaint'],
        isWorthTrying: (pod, { before, after }, listers) =>
          isNodeChangeWorthTrying(before, after, constraints(pod, listers)),
      },
    ],
  };
}

/** A Pod that is counted came, went, or is counted differently; or the Pod itself tolerates more. */
function isPodChangeWorthTrying(
  pod: Pod,
  before: Pod | undefined,
  after: Pod | undefined,
  constraints: readonly Constraint[],
): boolean {
  const changed = after ?? before;
  const isUninvolved = (other: Pod | undefined) => other !== undefined && !isInvolved(other, pod);
  if (!changed || isUninvolved(before) || isUninvolved(after)) return false;
  const anySelects = ({ metadata }: Pod) => constraints.some((constraint) => selects(constraint, metadata.labels));
  if (!before || !after) return anySelects(changed);
  const toleratesMore = isSamePod(after, pod) && !deepEqual(before.spec?.tolerations, after.spec?.tolerations);
  if (toleratesMore && constraints.some(({ honorsNodeTaints }) => honorsNodeTaints)) return true;
  return constraints.some(
    (constraint) => selects(constraint, before.metadata.labels) !== selects(constraint, after.metadata.labels),
  );
}

/** involvedInTopologySpreading: Pods of the namespace that have a node, or for which one is kept. */
function isInvolved(other: Pod, pod: Pod): boolean {
  if (isSamePod(other, pod)) return true;
  const hasNode = Boolean(other.spec?.nodeName || other.status?.nominatedNodeName);
  return hasNode && other.metadata.namespace === pod.metadata.namespace;
}

/** A node became, or ceased to be, part of a domain, or of another one. */
function isNodeChangeWorthTrying(
  before: Node | undefined,
  after: Node | undefined,
  constraints: readonly Constraint[],
): boolean {
  const was = before !== undefined && hasTopologyKeys(before, constraints);
  const is = after !== undefined && hasTopologyKeys(after, constraints);
  if (!before || !after || was !== is) return was || is;
  return is && (isMoved(before, after, constraints) || !deepEqual(before.spec?.taints, after.spec?.taints));
}

const isMoved = (before: Node, after: Node, constraints: readonly Constraint[]) =>
  constraints.some(({ topologyKey: key }) => before.metadata.labels?.[key] !== after.metadata.labels?.[key]);
