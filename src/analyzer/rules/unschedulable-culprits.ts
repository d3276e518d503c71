// Names the culprit behind a filter plugin's reason: the taint, the label, the request, and the node that has or lacks it.
import type { Container, Node, Pod } from '../../api/object.ts';
import { refOf } from '../../api/object.ts';
import { untoleratedTaints } from '../../api/tolerations.ts';
import { compareQuantities, parseQuantity } from '../../api/quantity.ts';
import type { NodeVerdict } from '../../simulator/trace.ts';
import type { RelatedPlace } from '../finding.ts';

export interface Culprit {
  /** The field of the Pod that decides it. */
  readonly path: string;
  /** One plain sentence. */
  readonly says: string;
  readonly related: readonly RelatedPlace[];
}

type Verdicts = Readonly<Record<string, NodeVerdict>>;

/** Why a plugin rejected the nodes of these names. */
export function culpritOf(
  plugin: string,
  names: readonly string[],
  verdicts: Verdicts,
  pod: Pod,
  all: readonly Node[],
): Culprit {
  const nodes = all.filter(({ metadata }) => names.includes(metadata.name ?? ''));
  switch (plugin) {
    case 'TaintToleration':
      return taints(nodes, pod);
    case 'NodeUnschedulable':
      return {
        path: 'spec',
        says: `${list(nodes)} ${are(nodes)} cordoned: run kubectl uncordon.`,
        related: places(nodes, 'spec.unschedulable', 'cordoned'),
      };
    case 'NodeAffinity':
      return affinity(nodes, pod, all);
    case 'NodeResourcesFit':
      return resources(nodes, verdicts, pod);
    case 'NodePorts':
      return ports(nodes, pod);
    default:
      return { path: 'spec', says: `${list(nodes)}: ${reasonsOf(plugin, nodes, verdicts).join(', ')}.`, related: [] };
  }
}

function reasonsOf(plugin: string, nodes: readonly Node[], verdicts: Verdicts): string[] {
  const of = ({ metadata }: Node) =>
    verdicts[metadata.name ?? '']?.all.find((status) => status.plugin === plugin)?.reasons ?? [];
  return [...new Set(nodes.flatMap(of))];
}

const nameOf = ({ metadata }: Node) => metadata.name ?? '';
const are = (nodes: readonly Node[]) => (nodes.length === 1 ? 'is' : 'are');
const have = (nodes: readonly Node[]) => (nodes.length === 1 ? 'has' : 'have');

/** `Node worker-1`, `Nodes a, b and c`, `Nodes a, b, c and 7 more`. */
function list(nodes: readonly Node[]): string {
  const names = nodes.map(nameOf);
  if (names.length === 1) return `Node ${names[0]}`;
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  return `Nodes ${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

function places(nodes: readonly Node[], path: string, note: string): RelatedPlace[] {
  return nodes.map((node) => ({ object: refOf(node), path, note }));
}

const taintText = ({ key, value, effect }: { key: string; value?: string; effect: string }) =>
  `${key}${value ? `=${value}` : ''}:${effect}`;

function taints(nodes: readonly Node[], pod: Pod): Culprit {
  const groups = new Map<string, Node[]>();
  for (const node of nodes) {
    const [taint] = untoleratedTaints(node.spec?.taints, pod.spec?.tolerations, ['NoSchedule', 'NoExecute']);
    if (taint) groups.set(taintText(taint), [...(groups.get(taintText(taint)) ?? []), node]);
  }
  const texts = [...groups].map(([taint, tainted]) => `${list(tainted)} ${have(tainted)} the taint ${taint}`);
  return {
    path: 'spec.tolerations',
    says: `${texts.join('; ')}: the Pod does not tolerate ${groups.size === 1 ? 'it' : 'them'}. Add a toleration, or remove the taint.`,
    related: [...groups].flatMap(([taint, tainted]) => places(tainted, 'spec.taints', taint)),
  };
}

function affinity(nodes: readonly Node[], pod: Pod, all: readonly Node[]): Culprit {
  for (const [key, value] of Object.entries(pod.spec?.nodeSelector ?? {})) {
    const values = [...new Set(all.flatMap(({ metadata }) => metadata.labels?.[key] ?? []))];
    if (values.includes(value)) continue;
    const hint = values.length ? `the label ${key} has ${values.join(', ')} there` : `no node has a label ${key}`;
    return {
      path: `spec.nodeSelector[${key}]`,
      says: `No node has the label ${key}=${value}: ${hint}. Correct the selector, or label a node.`,
      related: [],
    };
  }
  const required = pod.spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  const path = required
    ? 'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution'
    : 'spec.nodeSelector';
  return {
    path,
    says: `${list(nodes)} ${nodes.length === 1 ? 'does' : 'do'} not have the labels that the Pod asks for.`,
    related: places(nodes, 'metadata.labels', 'labels'),
  };
}

/** The container that asks for most of a resource. */
function largestRequest(pod: Pod, resource: string): { path: string; request: string } | undefined {
  const found = (pod.spec?.containers ?? []).flatMap((container: Container, index) => {
    const request = container.resources?.requests?.[resource];
    const quantity = request === undefined ? undefined : parseQuantity(request);
    return quantity
      ? [{ quantity, request: String(request), path: `spec.containers[${index}].resources.requests[${resource}]` }]
      : [];
  });
  return found.sort((a, b) => compareQuantities(b.quantity, a.quantity))[0];
}

function resources(nodes: readonly Node[], verdicts: Verdicts, pod: Pod): Culprit {
  const reasons = reasonsOf('NodeResourcesFit', nodes, verdicts);
  const [lacking] = reasons.flatMap((reason) => /^Insufficient (.+)$/.exec(reason)?.[1] ?? []);
  if (lacking === undefined) {
    return {
      path: 'spec',
      says: `${list(nodes)}: ${reasons.join(', ')}. Free a place, or add a node.`,
      related: places(nodes, 'status.allocatable', 'allocatable'),
    };
  }
  const largest = largestRequest(pod, lacking);
  const offers = nodes.map((node) => `${nameOf(node)} has ${String(node.status?.allocatable?.[lacking] ?? 0)} in all`);
  const shown = offers.length > 3 ? [...offers.slice(0, 3), `and ${offers.length - 3} more`] : offers;
  return {
    path: largest?.path ?? 'spec.containers',
    says: `Not enough ${lacking} is free${largest ? ` for the request of ${largest.request}` : ''} (${shown.join(', ')}). Ask for less, or add a node.`,
    related: places(nodes, `status.allocatable[${lacking}]`, 'allocatable'),
  };
}

function ports(nodes: readonly Node[], pod: Pod): Culprit {
  for (const [i, container] of (pod.spec?.containers ?? []).entries()) {
    for (const [j, { hostPort }] of (container.ports ?? []).entries()) {
      if (!hostPort) continue;
      return {
        path: `spec.containers[${i}].ports[${j}].hostPort`,
        says: `Host port ${hostPort} is taken on ${list(nodes).replace(/^Node/, 'node')}. Use another port, or a Service instead.`,
        related: [],
      };
    }
  }
  return { path: 'spec.containers', says: `A host port of the Pod is taken on ${list(nodes)}.`, related: [] };
}
