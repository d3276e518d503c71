// Why no node takes a Pod: the field that decides, what stands against it, and what nobody would be told otherwise.
import type { Node, Pod } from '../../api/object.ts';
import type { Inquiry } from '../../simulator/index.ts';
import type { NodeVerdict, PluginStatus, SchedulingDecision } from '../../simulator/trace.ts';
import type { Evidence, RelatedPlace } from '../finding.ts';
import { mostTold, nameOf, sentencesOf, type Culprit, type Predicate, type Refusals } from './culprit.ts';
import { culpritOf } from './registry.ts';
import { isKeptFree } from './taints.ts';

export interface Explanation {
  /** The field of the Pod that decides. */
  readonly path: string;
  readonly says: string;
  readonly related: readonly RelatedPlace[];
}

/** Of a decision that gave the Pod no node. */
export function explain(
  pod: Pod,
  decision: SchedulingDecision,
  inquiry: Inquiry | undefined,
  evidence: Evidence,
): Explanation {
  const culprits = culpritsOf(refusalsOf(pod, decision, inquiry, evidence));
  const says = culprits.map(({ culprit }, i) => (i > 0 && culprit.brief) || culprit.says).join(' ');
  return {
    path: culprits[0]?.culprit.path ?? 'spec',
    says: culprits.length ? says + hiddenText(culprits, decision, inquiry) : 'The cluster has no nodes: add one.',
    related: culprits.flatMap(({ culprit }) => culprit.related),
  };
}

/**
 * The nodes by the plugin that was the first to reject them: first those that the Pod selects, then those that one plugin alone
 * objects to, where mending it would do, then by how many nodes it is against in all, and last that nodes are kept for others. Nodes that
 * a Pod of a DaemonSet is not made for are not spoken of.
 */
function refusalsOf(
  pod: Pod,
  { nodes, preFilter }: SchedulingDecision,
  inquiry: Inquiry | undefined,
  evidence: Evidence,
): [plugin: string, refusals: Refusals][] {
  const { nodes: all } = evidence;
  const groups = new Map<string, { nodes: Node[]; selected: number; alone: number }>();
  const against = new Map<string, number>();
  const isMadeForOne = Object.values(nodes).some(({ first }) => first?.plugin) && preFilter.some((one) => one.nodes);
  for (const node of all) {
    const { first, all: failing } = nodes[nameOf(node)] ?? {};
    if (!first || !failing || (isMadeForOne && !first.plugin)) continue;
    const plugin = first.plugin ?? preFilter.find((status) => status.nodes)?.plugin ?? 'NodeAffinity';
    const group = groups.get(plugin) ?? { nodes: [], selected: 0, alone: 0 };
    group.nodes.push(node);
    // neither a node that is too small even without other Pods nor one that is kept free is the one that was meant
    const isTooSmall = plugin === 'NodeResourcesFit' && first.code === 'UnschedulableAndUnresolvable';
    const isUsual = plugin === 'TaintToleration' && isKeptFree(node);
    if (!isUsual && !failing.some((one) => one.plugin === 'NodeAffinity')) group.selected++;
    for (const one of isUsual ? failing.slice(1) : failing) {
      against.set(one.plugin ?? '', (against.get(one.plugin ?? '') ?? 0) + 1);
    }
    if (failing.length === 1 && failing[0]?.plugin === plugin && !isTooSmall && !isUsual) group.alone++;
    groups.set(plugin, group);
  }
  // a node that has the labels that the Pod asks for is the one that was meant
  const isMeant = ({ selected }: { readonly selected: number }) => Number(selected > 0);
  const times = (plugin: string) => against.get(plugin) ?? 0;
  return [...groups]
    .sort(
      ([one, a], [other, b]) =>
        isMeant(b) - isMeant(a) ||
        b.alone - a.alone ||
        times(other) - times(one) ||
        Number(one === 'TaintToleration') - Number(other === 'TaintToleration') ||
        b.nodes.length - a.nodes.length,
    )
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

interface Told {
  readonly plugin: string;
  readonly culprit: Culprit;
  readonly nodes: readonly Node[];
}

/** One culprit for each plugin; that the control plane takes no ordinary Pods is as it should be, where other nodes have their own reasons. */
function culpritsOf(refusals: readonly [plugin: string, refusals: Refusals][]): Told[] {
  const culprits = refusals.map(([plugin, own]) => {
    const culprit = culpritOf(plugin, own);
    return { plugin, culprit, nodes: culprit.told ?? own.nodes };
  });
  const unusual = culprits.filter(({ culprit }) => !culprit.isUsual);
  return unusual.length ? unusual : culprits;
}

/** What the scheduler does not come to, as it stops at a node's first failing filter: `worker-2 also lacks 500m of cpu.` */
function hiddenText(culprits: readonly Told[], decision: SchedulingDecision, inquiry: Inquiry | undefined): string {
  const predicates: Predicate[] = [];
  const said = new Set(culprits.flatMap(({ culprit, plugin }) => (culprit.isOfAll ? plugin : [])));
  // Where the Pod was refused before any node was looked at, nothing of what nodes have against it has been told.
  const told = decision.preFilter.filter(({ code }) => code !== 'Success').flatMap(({ reasons }) => reasons);
  const isNew = ({ reasons }: PluginStatus) => !reasons.some((reason) => told.some((one) => reason.includes(one)));
  for (const node of culprits.flatMap(({ nodes }) => nodes)) {
    if (predicates.length >= mostTold) break;
    if (told.length > 0 && isKeptFree(node)) continue;
    const all = decision.nodes[nameOf(node)]?.all ?? [];
    for (const { plugin = '', reasons } of told.length > 0 ? all.filter(isNew) : all.slice(1)) {
      if (said.has(plugin)) continue;
      const [blame] = inquiry?.blame(nameOf(node), plugin) ?? [];
      const says = blame?.says.replace(/: .*/, '') ?? `refuses it: ${reasons.join(', ')}`;
      predicates.push([nameOf(node), says]);
      break;
    }
  }
  return predicates.length ? ` ${sentencesOf(predicates, ' also').join('; ')}.` : '';
}
