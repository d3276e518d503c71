// A Pod that got no node: which nodes said no and why, and the field of the manifest that decides it.
import type { KubeObject, Node, Pod } from '../../api/object.ts';
import { isObject } from '../../base/json.ts';
import { compareBytes } from '../../base/order.ts';
import { inquire, type Inquiry } from '../../simulator/index.ts';
import type { NodeVerdict, PluginStatus, SchedulingDecision } from '../../simulator/trace.ts';
import type { Evidence, Finding, Rule } from '../finding.ts';
import { attribute, finalKey } from '../subject.ts';
import { mostTold, nameOf, type Culprit, type Refusals } from '../culprits/culprit.ts';
import { culpritOf } from '../culprits/registry.ts';

export const unschedulable: Rule = {
  ids: ['unschedulable', 'scheduling-gated'],
  find: (evidence) => {
    const found = new Map<string, { finding: Finding; pods: Last[] }>();
    for (const last of lastDecisions(evidence).values()) {
      const key = finalKey(attribute(last.pod, evidence).subject);
      const known = found.get(key);
      if (known) known.pods.push(last);
      const finding = known ? undefined : findingOf(last, evidence);
      if (finding) found.set(key, { finding, pods: [last] });
    }
    const isOfSeveral = [...found.values()].some(({ finding }) => finding.subject.kind !== 'Pod');
    const placed = isOfSeveral ? placedPods(evidence) : new Map<string, string[]>();
    return [...found].map(([key, { finding, pods }]) => withReplicas(finding, pods.length, placed.get(key) ?? []));
  },
};

interface Last {
  readonly pod: Pod;
  readonly decision: SchedulingDecision;
  readonly seq: number;
}

/** The last word of the scheduler on every Pod that is still without a node, in the order in which it first looked at them. */
function lastDecisions({ trace, final }: Evidence): Map<string, Last> {
  const decisions = new Map<string, Last>();
  for (const { seq, ...entry } of trace) {
    if (entry.type !== 'decision' || entry.decision.type !== 'scheduling') continue;
    const pod = final.get(finalKey(entry.subject)) as Pod | undefined;
    if (pod && !pod.spec?.nodeName) decisions.set(finalKey(entry.subject), { pod, decision: entry.decision, seq });
  }
  return decisions;
}

function findingOf(last: Last, evidence: Evidence): Finding | undefined {
  const { pod, decision, seq } = last;
  const attribution = attribute(pod, evidence);
  const base = { severity: 'error', subject: attribution.subject, steps: [seq], dependsOn: 'nodes' } as const;
  if (decision.result === 'gated') {
    return {
      id: 'scheduling-gated',
      severity: 'warning',
      subject: attribution.subject,
      steps: [seq],
      related: [],
      field: { path: attribution.path('spec.schedulingGates') },
      message: pod.status?.conditions?.find(({ type }) => type === 'PodScheduled')?.message ?? 'SchedulingGated',
      explanation: `The Pod waits until somebody removes its scheduling gates${gatesOf(pod)}.`,
    };
  }
  if (decision.result !== 'unschedulable' && decision.result !== 'error') return undefined;
  const inquiry = inquire(decision);
  const culprits = culpritsOf(refusalsOf(last, inquiry, evidence));
  const says = culprits.map(({ culprit }) => culprit.says).join(' ');
  const hidden = hiddenText(
    culprits.flatMap(({ nodes }) => nodes),
    decision,
    inquiry,
  );
  return {
    ...base,
    id: 'unschedulable',
    field: { path: existing(attribution.written, attribution.path(culprits[0]?.culprit.path ?? 'spec')) },
    message: decision.message ?? 'unschedulable',
    explanation: culprits.length ? says + hidden : 'The cluster has no nodes: add one.',
    related: culprits.flatMap(({ culprit }) => culprit.related),
  };
}

/** The nodes that Pods got, by what the Pods were made from. */
function placedPods(evidence: Evidence): Map<string, string[]> {
  const placed = new Map<string, string[]>();
  for (const object of evidence.final.values()) {
    const node = object.kind === 'Pod' ? (object as Pod).spec?.nodeName : undefined;
    if (!node) continue;
    const key = finalKey(attribute(object, evidence).subject);
    const nodes = placed.get(key);
    if (nodes) nodes.push(node);
    else placed.set(key, [node]);
  }
  return placed;
}

/** Of several Pods that are made from one template: how many got a node, and where they are. The finding is of the first that did not. */
function withReplicas(finding: Finding, pending: number, nodes: readonly string[]): Finding {
  const all = nodes.length + pending;
  if (all < 2 || finding.id !== 'unschedulable') return finding;
  const counts = new Map<string, number>();
  for (const node of nodes.toSorted(compareBytes)) counts.set(node, (counts.get(node) ?? 0) + 1);
  const where = [...counts].map(([node, count]) => (count > 1 ? `${count} on ${node}` : node));
  const shown = where.length > 5 ? [...where.slice(0, 5), '…'] : where;
  const fit = nodes.length
    ? `Only ${nodes.length} of ${all} Pods fit (${shown.join(', ')})`
    : `None of the ${all} Pods fits`;
  return { ...finding, explanation: `${finding.explanation} ${fit}.` };
}

const gatesOf = (pod: Pod) => {
  const names = pod.spec?.schedulingGates?.map(({ name }) => name) ?? [];
  return names.length ? ` (${names.join(', ')})` : '';
};

/**
 * The nodes by the plugin that was the first to reject them: first those that the Pod selects, then those that one plugin alone
 * objects to, where mending it would do. Nodes that a Pod of a DaemonSet is not made for are not spoken of.
 */
function refusalsOf(
  { decision, pod }: Last,
  inquiry: Inquiry | undefined,
  evidence: Evidence,
): [plugin: string, refusals: Refusals][] {
  const { nodes, preFilter } = decision;
  const { nodes: all } = evidence;
  const groups = new Map<string, { nodes: Node[]; selected: number; alone: number }>();
  const isMadeForOne = Object.values(nodes).some(({ first }) => first?.plugin) && preFilter.some((one) => one.nodes);
  for (const node of all) {
    const { first, all: failing } = nodes[nameOf(node)] ?? {};
    if (!first || !failing || (isMadeForOne && !first.plugin)) continue;
    const plugin = first.plugin ?? preFilter.find((status) => status.nodes)?.plugin ?? 'NodeAffinity';
    const group = groups.get(plugin) ?? { nodes: [], selected: 0, alone: 0 };
    group.nodes.push(node);
    if (!failing.some((one) => one.plugin === 'NodeAffinity')) group.selected++;
    // a node that is too small even without other Pods is not the one that was meant
    const isTooSmall = plugin === 'NodeResourcesFit' && first.code === 'UnschedulableAndUnresolvable';
    if (failing.length === 1 && failing[0]?.plugin === plugin && !isTooSmall) group.alone++;
    groups.set(plugin, group);
  }
  // a node that has the labels that the Pod asks for is the one that was meant
  const isMeant = ({ selected }: { readonly selected: number }) => Number(selected > 0);
  return [...groups]
    .sort(([, a], [, b]) => isMeant(b) - isMeant(a) || b.alone - a.alone || b.nodes.length - a.nodes.length)
    .map(([plugin, group]) => {
      const blame = (node: Node) => inquiry?.blame(nameOf(node), plugin) ?? [];
      const reasons = new Set(group.nodes.flatMap((node) => reasonsOf(nodes[nameOf(node)], plugin)));
      return [plugin, { pod, nodes: group.nodes, all, reasons: [...reasons], blame, inquiry, evidence }];
    });
}

function reasonsOf(verdict: NodeVerdict | undefined, plugin: string): readonly string[] {
  const status = verdict?.all.find((one) => one.plugin === plugin) ?? verdict?.first;
  return status?.reasons ?? [];
}

/** One culprit for each plugin; that the control plane takes no ordinary Pods is as it should be, where other nodes have their own reasons. */
function culpritsOf(
  refusals: readonly [plugin: string, refusals: Refusals][],
): { culprit: Culprit; nodes: readonly Node[] }[] {
  const culprits = refusals.map(([plugin, own]) => ({ culprit: culpritOf(plugin, own), nodes: own.nodes }));
  const unusual = culprits.filter(({ culprit }) => !culprit.isUsual);
  return unusual.length ? unusual : culprits;
}

/** What the scheduler does not come to, as it stops at a node's first failing filter: `worker-2 also lacks 500m of cpu.` */
function hiddenText(nodes: readonly Node[], decision: SchedulingDecision, inquiry: Inquiry | undefined): string {
  const texts: string[] = [];
  // Where the Pod was refused before any node was looked at, nothing of what nodes have against it has been told.
  const told = decision.preFilter.filter(({ code }) => code !== 'Success').flatMap(({ reasons }) => reasons);
  const isNew = ({ reasons }: PluginStatus) => !reasons.some((reason) => told.some((one) => reason.includes(one)));
  for (const node of nodes) {
    const all = decision.nodes[nameOf(node)]?.all ?? [];
    const next = told.length > 0 ? all.find(isNew) : all[1];
    if (!next?.plugin || texts.length >= mostTold) continue;
    const [blame] = inquiry?.blame(nameOf(node), next.plugin) ?? [];
    const says = blame?.says.replace(/: .*/, '') ?? `refuses it: ${next.reasons.join(', ')}`;
    texts.push(`${nameOf(node)} also ${says}`);
  }
  return texts.length ? ` ${texts.join('; ')}.` : '';
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
