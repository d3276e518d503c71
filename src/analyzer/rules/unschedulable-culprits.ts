// Names the culprit behind a filter plugin's reason: the taint, the label, the request, and the node that has or lacks it.
import { compareQuantities, parseQuantity } from '../../api/quantity.ts';
import type { Container, Node, Pod } from '../../api/object.ts';
import { taintText, untoleratedTaints } from '../../api/tolerations.ts';
import type { NodeVerdict } from '../../simulator/trace.ts';
import { affinityCulprit } from './affinity-culprit.ts';
import { listed, nameOf, placesOf, type Culprit } from './culprit.ts';

type Verdicts = Readonly<Record<string, NodeVerdict>>;

/** The field that a plugin goes by, where nothing more can be said. */
const fields: Readonly<Record<string, string>> = {
  NodeName: 'spec.nodeName',
  PodTopologySpread: 'spec.topologySpreadConstraints',
  InterPodAffinity: 'spec.affinity',
  VolumeBinding: 'spec.volumes',
  VolumeZone: 'spec.volumes',
  DynamicResources: 'spec.resourceClaims',
};

/** Why a plugin rejected the nodes of these names. */
export function culpritOf(
  plugin: string,
  names: readonly string[],
  verdicts: Verdicts,
  pod: Pod,
  all: readonly Node[],
): Culprit {
  const wanted = new Set(names);
  const nodes = all.filter(({ metadata }) => wanted.has(metadata.name ?? ''));
  switch (plugin) {
    case 'TaintToleration':
      return taints(nodes, pod);
    case 'NodeUnschedulable':
      return {
        path: 'spec',
        says: `${listed(nodes)} ${nodes.length === 1 ? 'is' : 'are'} cordoned: run kubectl uncordon.`,
        related: placesOf(nodes, 'spec.unschedulable', 'cordoned'),
      };
    case 'NodeAffinity':
      return affinityCulprit(nodes, pod, all);
    case 'NodeResourcesFit':
      return resources(nodes, verdicts, pod);
    case 'NodePorts':
      return ports(nodes, pod);
    default: {
      const says = `${listed(nodes)}: ${reasonsOf(plugin, nodes, verdicts).join(', ')}.`;
      return { path: fields[plugin] ?? 'spec', says, related: [] };
    }
  }
}

function reasonsOf(plugin: string, nodes: readonly Node[], verdicts: Verdicts): string[] {
  const of = (node: Node) => verdicts[nameOf(node)]?.all.find((status) => status.plugin === plugin)?.reasons ?? [];
  return [...new Set(nodes.flatMap(of))];
}

/** A taint by which kubeadm keeps ordinary Pods from the control plane. */
const isOfControlPlane = (taint: string) => taint.startsWith('node-role.kubernetes.io/');

function taints(nodes: readonly Node[], pod: Pod): Culprit {
  const groups = new Map<string, Node[]>();
  for (const node of nodes) {
    const [taint] = untoleratedTaints(node.spec?.taints, pod.spec?.tolerations, ['NoSchedule', 'NoExecute']);
    if (!taint) continue;
    const group = groups.get(taintText(taint));
    if (group) group.push(node);
    else groups.set(taintText(taint), [node]);
  }
  const unusual = [...groups].filter(([taint]) => !isOfControlPlane(taint));
  const shown = unusual.length ? unusual : [...groups];
  const texts = shown.map(([taint, own]) => `${listed(own)} ${own.length === 1 ? 'has' : 'have'} the taint ${taint}`);
  return {
    path: 'spec.tolerations',
    says: `${texts.join('; ')}: the Pod does not tolerate ${shown.length === 1 ? 'it' : 'them'}. Add a toleration, or remove the taint.`,
    related: [...groups].flatMap(([taint, own]) => placesOf(own, 'spec.taints', taint)),
    isUsual: unusual.length === 0,
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
      says: `${listed(nodes)}: ${reasons.join(', ')}. Free a place, or add a node.`,
      related: placesOf(nodes, 'status.allocatable', 'allocatable'),
    };
  }
  const largest = largestRequest(pod, lacking);
  const offers = nodes.map((node) => `${nameOf(node)} has ${String(node.status?.allocatable?.[lacking] ?? 0)} in all`);
  const shown = offers.length > 3 ? [...offers.slice(0, 3), `and ${offers.length - 3} more`] : offers;
  return {
    path: largest?.path ?? 'spec.containers',
    says: `Not enough ${lacking} is free${largest ? ` for the request of ${largest.request}` : ''} (${shown.join(', ')}): ask for less, or add a node.`,
    related: placesOf(nodes, `status.allocatable[${lacking}]`, 'allocatable'),
  };
}

function ports(nodes: readonly Node[], pod: Pod): Culprit {
  const where = listed(nodes).replace(/^Node/, 'node');
  for (const [i, container] of (pod.spec?.containers ?? []).entries()) {
    for (const [j, { hostPort }] of (container.ports ?? []).entries()) {
      if (!hostPort) continue;
      const path = `spec.containers[${i}].ports[${j}].hostPort`;
      return {
        path,
        says: `Host port ${hostPort} is taken on ${where}: use another port, or a Service instead.`,
        related: [],
      };
    }
  }
  return { path: 'spec.containers', says: `A host port of the Pod is taken on ${where}.`, related: [] };
}
