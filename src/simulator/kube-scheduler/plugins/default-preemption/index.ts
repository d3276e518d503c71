// DefaultPreemption: finds the node on which removing Pods of lower priority makes room for the Pod, with the least harm done.
// It only says so: the eviction is carried out by the scheduler, behind the scheduling cycle (SchedulerAsyncPreemption).
import type { Pod } from '../../../../api/object.ts';
import { availability } from '../../framework/fit-error.ts';
import type { Cycle, Plugin } from '../../framework/plugin.ts';
import { argumentsOf, type DefaultPreemptionArgs } from '../../framework/plugin-args.ts';
import { failed, unresolvable, unschedulable, type Status } from '../../framework/status.ts';
import type { PluginStatus } from '../../../trace.ts';
import { preemptionOf, type Candidate } from './candidates.ts';
import { selectVictims } from './victims.ts';

export const defaultPreemption = withArguments(argumentsOf('DefaultPreemption'));

function withArguments(args: DefaultPreemptionArgs): Plugin {
  return {
    name: 'DefaultPreemption',
    configured: (given) => withArguments(given as DefaultPreemptionArgs),

    preEnqueue(pod, _listers, ongoing) {
      return ongoing?.isPreempting(pod)
        ? unresolvable('waiting for the preemption for this pod to be finished')
        : undefined;
    },

    postFilter(cycle, nodes) {
      const ineligible = ineligibility(cycle, nodes);
      if (ineligible) return unschedulable(`preemption: not eligible due to ${ineligible}`);
      const { candidates, refusals } = dryRun(cycle, nodes, args);
      if (candidates.length > 0) return { code: 'Success', reasons: [], preemption: preemptionOf(candidates) };
      const errors = refusals.filter(({ code }) => code === 'Error').flatMap(({ reasons }) => reasons);
      if (errors.length > 0) return failed(`preemption: ${aggregate(errors)}`);
      const reason = `preemption: ${availability(cycle.snapshot.nodes.length, refusals)}`;
      return { ...unschedulable(reason), nominatedNodeName: '' };
    },

    /** A Pod that waits for its victims waits for what other plugins refused it for: the deletions are theirs to look at. */
    queueingHints: [{ resource: 'Pod', actions: ['Delete'], isWorthTrying: () => false }],
  };
}

const notHelpful = unschedulable('Preemption is not helpful for scheduling');

/**
 * DryRunPreemption, on every node of which removing Pods may change the verdict. Where only a part of a large cluster is looked at,
 * it ends when there are enough candidates and one of them violates no budget; the real one begins at a random node.
 */
function dryRun(cycle: Cycle, nodes: ReadonlyMap<string, PluginStatus>, args: DefaultPreemptionArgs) {
  const { snapshot, searchFrom } = cycle;
  const budgets = [...snapshot.listers['poddisruptionbudgets.policy'].values()];
  const mayHelp = snapshot.nodes.filter(({ name }) => nodes.get(name)?.code === 'Unschedulable');
  const enough = searchFrom === undefined ? Infinity : enoughCandidates(args, mayHelp.length);
  const candidates: Candidate[] = [];
  const refusals: Status[] = Array.from({ length: snapshot.nodes.length - mayHelp.length }, () => notHelpful);
  for (const node of mayHelp) {
    if (candidates.length >= enough && candidates.some(({ violations }) => violations === 0)) break;
    const found = selectVictims(cycle, node, budgets);
    if ('code' in found) refusals.push(found);
    else candidates.push({ node: node.name, ...found });
  }
  return { candidates, refusals };
}

/** calculateNumCandidates. */
function enoughCandidates(args: DefaultPreemptionArgs, nodes: number): number {
  return Math.max(Math.trunc((nodes * args.minCandidateNodesPercentage) / 100), args.minCandidateNodesAbsolute);
}

/** utilerrors.Aggregate: every message once, in brackets if there are several. */
function aggregate(messages: readonly string[]): string {
  const all = [...new Set(messages)];
  return all.length === 1 ? all.join() : `[${all.join(', ')}]`;
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
