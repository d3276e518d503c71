// A Pod that got no node: which nodes said no and why, and the field of the manifest that decides it.
import type { KubeObject, Pod } from '../../api/object.ts';
import { isObject } from '../../base/json.ts';
import type { SchedulingDecision } from '../../simulator/trace.ts';
import type { Evidence, Finding, Rule } from '../finding.ts';
import { attribute, finalKey } from '../subject.ts';
import type { Culprit } from './culprit.ts';
import { culpritOf } from './unschedulable-culprits.ts';

export const unschedulable: Rule = {
  ids: ['unschedulable', 'scheduling-gated'],
  find: (evidence) => [...lastDecisions(evidence).values()].flatMap((last) => findingOf(last, evidence) ?? []),
};

interface Last {
  readonly pod: Pod;
  readonly decision: SchedulingDecision;
  readonly seq: number;
}

/** The last word of the scheduler on every Pod that is still without a node. */
function lastDecisions({ trace, final }: Evidence): Map<string, Last> {
  const decisions = new Map<string, Last>();
  for (const { seq, ...entry } of trace) {
    if (entry.type !== 'decision' || entry.decision.type !== 'scheduling') continue;
    const pod = final.get(finalKey(entry.subject)) as Pod | undefined;
    if (pod && !pod.spec?.nodeName) decisions.set(finalKey(entry.subject), { pod, decision: entry.decision, seq });
  }
  return decisions;
}

function findingOf({ pod, decision, seq }: Last, evidence: Evidence): Finding | undefined {
  const attribution = attribute(pod, evidence);
  const base = { severity: 'error', subject: attribution.subject, steps: [seq], dependsOn: 'nodes' } as const;
  if (decision.result === 'gated') {
    return {
      ...{ id: 'scheduling-gated', severity: 'warning', subject: attribution.subject, steps: [seq], related: [] },
      field: { path: attribution.path('spec.schedulingGates') },
      message: pod.status?.conditions?.find(({ type }) => type === 'PodScheduled')?.message ?? 'SchedulingGated',
      explanation: `The Pod waits until somebody removes its scheduling gates${gatesOf(pod)}.`,
    };
  }
  if (decision.result !== 'unschedulable' && decision.result !== 'error') return undefined;
  const culprits = culpritsOf(pod, decision, evidence);
  return {
    ...{ ...base, id: 'unschedulable' },
    field: { path: existing(attribution.written, attribution.path(culprits[0]?.path ?? 'spec')) },
    message: decision.message ?? 'unschedulable',
    explanation: culprits.length ? culprits.map(({ says }) => says).join(' ') : 'The cluster has no nodes: add one.',
    related: culprits.flatMap(({ related }) => related),
  };
}

const gatesOf = (pod: Pod) => {
  const names = pod.spec?.schedulingGates?.map(({ name }) => name) ?? [];
  return names.length ? ` (${names.join(', ')})` : '';
};

/** One culprit for each plugin that was first to reject some node; the one that decides stands first. */
function culpritsOf(pod: Pod, { nodes, preFilter }: SchedulingDecision, evidence: Evidence): Culprit[] {
  const groups = new Map<string, string[]>();
  const alone = new Map<string, number>();
  for (const [name, { first, all }] of Object.entries(nodes)) {
    if (!first) continue;
    const plugin = first.plugin ?? preFilter.find((status) => status.nodes)?.plugin ?? 'NodeAffinity';
    groups.set(plugin, [...(groups.get(plugin) ?? []), name]);
    // where one plugin alone objects, mending it would do
    const only = all.length === 1 ? all[0]?.plugin : undefined;
    if (only !== undefined) alone.set(only, (alone.get(only) ?? 0) + 1);
  }
  const weight = (plugin: string, names: readonly string[]) => (alone.get(plugin) ?? 0) * 10_000 + names.length;
  const culprits = [...groups]
    .sort(([a, namesA], [b, namesB]) => weight(b, namesB) - weight(a, namesA))
    .map(([plugin, names]) => culpritOf(plugin, names, nodes, pod, evidence.nodes));
  // that the control plane takes no ordinary Pods is as it should be, where other nodes have their own reasons
  const unusual = culprits.filter(({ isUsual }) => !isUsual);
  return unusual.length ? unusual : culprits;
}

/** The path, or the nearest part of it that the manifest has. */
function existing(object: KubeObject | undefined, path: string): string {
  const steps = path.match(/[^.[\]]+|\[[^\]]*\]/g) ?? [];
  let value: unknown = object;
  let found = '';
  for (const step of steps) {
    const key = step.replace(/^\[|\]$/g, '');
    value = Array.isArray(value) ? (value as unknown[])[Number(key)] : isObject(value) ? value[key] : undefined;
    if (value === undefined) break;
    found += step.startsWith('[') || !found ? step : `.${step}`;
  }
  return object ? found : path;
}
