// DefaultPreemption: says whether removing Pods of lower priority would make room. That it would not is told as the real one
// tells it; which Pods it would remove is not modelled.
import type { Pod } from '../../../api/object.ts';
import { availability } from '../framework/fit-error.ts';
import type { NodeInfo } from '../framework/node-info.ts';
import type { Cycle, Plugin } from '../framework/plugin.ts';
import { runFilters, suppose } from '../framework/runtime.ts';
import { unschedulable, type Status } from '../framework/status.ts';
import type { PluginStatus } from '../../trace.ts';

export const defaultPreemption: Plugin = {
  name: 'DefaultPreemption',

  /** Would hold a Pod back while its victims are being deleted. */
  preEnqueue() {
    return undefined;
  },

  postFilter(cycle, nodes) {
    const ineligible = ineligibility(cycle, nodes);
    if (ineligible) return unschedulable(`preemption: not eligible due to ${ineligible}`);
    const outcomes = new Map<string, Status>();
    for (const node of cycle.snapshot.nodes) {
      const outcome = nodes.get(node.name)?.code === 'Unschedulable' ? dryRun(cycle, node) : notHelpful;
      if (!outcome)
        return { code: 'Success', reasons: [`removing Pods of lower priority from ${node.name} would help`] };
      outcomes.set(node.name, outcome);
    }
    return unschedulable(`preemption: ${availability(cycle.snapshot.nodes.length, outcomes.values())}`);
  },
};

const notHelpful = unschedulable('Preemption is not helpful for scheduling');

/** SelectVictimsOnNode up to its first question; undefined if the Pod would fit without the Pods of lower priority. */
function dryRun(cycle: Cycle, node: NodeInfo): Status | undefined {
  const lower = node.pods.filter(({ priority }) => priority < cycle.pod.priority);
  if (lower.length === 0) return unschedulable('No preemption victims found for incoming pod');
  const cleared = suppose(cycle, node, 'removed', lower);
  return runFilters(cleared.cycle, cleared.node);
}

/** PodEligibleToPreemptOthers. */
function ineligibility({ pod, snapshot }: Cycle, nodes: ReadonlyMap<string, PluginStatus>): string | undefined {
  if (pod.pod.spec?.preemptionPolicy === 'Never') return 'preemptionPolicy=Never.';
  const nominated = snapshot.node(pod.pod.status?.nominatedNodeName ?? '');
  if (!nominated || nodes.get(nominated.name)?.code === 'UnschedulableAndUnresolvable') return undefined;
  const isLeaving = nominated.pods.some((other) => other.priority < pod.priority && isBeingPreempted(other.pod));
  return isLeaving ? 'a terminating pod on the nominated node.' : undefined;
}

function isBeingPreempted({ metadata, status }: Pod): boolean {
  const condition = status?.conditions?.find(({ type }) => type === 'DisruptionTarget');
  return (
    Boolean(metadata.deletionTimestamp) && condition?.status === 'True' && condition.reason === 'PreemptionByScheduler'
  );
}
