// Builders and questions for the scheduler's tests: short descriptions of nodes and Pods in, lines of text out.
import type { Container, KubeObject, Node, Pod, PodSpec, Taint, Toleration } from '../../../src/api/object.ts';
import type { Client } from '../../../src/simulator/client/client.ts';
import type { ClusterEvent } from '../../../src/simulator/kube-scheduler/framework/cluster-event.ts';
import { CycleState } from '../../../src/simulator/kube-scheduler/framework/cycle-state.ts';
import type { Binding, Cycle, Plugin } from '../../../src/simulator/kube-scheduler/framework/plugin.ts';
import { podInfoOf } from '../../../src/simulator/kube-scheduler/framework/pod-info.ts';
import type { Status } from '../../../src/simulator/kube-scheduler/framework/status.ts';
import { defaultFramework, evaluatePod, snapshotOf } from '../../../src/simulator/kube-scheduler/index.ts';

type Labels = Readonly<Record<string, string>>;

export interface NodeOptions {
  readonly labels?: Labels;
  /** `key=value:effect` or `key:effect`. */
  readonly taints?: readonly string[];
  readonly allocatable?: Labels;
  /** Size by name. */
  readonly images?: Readonly<Record<string, number>>;
  readonly unschedulable?: boolean;
  readonly declaredFeatures?: readonly string[];
}

function taintOf(text: string): Taint {
  const [, key = '', value, effect = ''] = /^([^=:]+)(?:=([^:]*))?:(.*)$/.exec(text) ?? [];
  return { key, effect, ...(value !== undefined && { value }) };
}

/** A node with 4 cpus, 8Gi and room for 110 Pods. */
export function makeNode(name: string, options: NodeOptions = {}): Node {
  const { labels, taints = [], allocatable, images = {}, unschedulable, declaredFeatures } = options;
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name, ...labels } },
    spec: { taints: taints.map(taintOf), ...(unschedulable && { unschedulable }) },
    status: {
      allocatable: allocatable ?? { cpu: '4', memory: '8Gi', pods: '110' },
      images: Object.entries(images).map(([image, sizeBytes]) => ({ names: [image], sizeBytes })),
      ...(declaredFeatures && { declaredFeatures }),
    },
  };
}

export interface PodOptions extends Partial<PodSpec> {
  readonly on?: string;
  readonly labels?: Labels;
  readonly requests?: Labels;
  readonly hostPorts?: readonly number[];
  readonly image?: string;
  readonly owner?: { readonly kind: string; readonly name: string };
  readonly status?: Pod['status'];
}

/** A Pod with one container, in the namespace default. */
export function makePod(name: string, options: PodOptions = {}): Pod {
  const { on, labels, requests, hostPorts = [], image = 'nginx', owner, status, ...spec } = options;
  const container: Container = {
    name: 'app',
    image,
    ...(requests && { resources: { requests } }),
    ports: hostPorts.map((hostPort) => ({ containerPort: 80, hostPort })),
  };
  const ownerReferences = owner && [{ ...owner, apiVersion: 'apps/v1', uid: owner.name, controller: true }];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'default',
      uid: name,
      ...(labels && { labels }),
      ...(ownerReferences && { ownerReferences }),
    },
    spec: { containers: [container], ...(on && { nodeName: on }), ...spec },
    ...(status && { status }),
  };
}

/** Tolerates everything with the key (or everything at all). */
export const tolerate = (key?: string): Toleration => ({ operator: 'Exists', ...(key && { key }) });

export function makeService(name: string, selector: Labels): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'default' },
    spec: { selector },
  } as KubeObject;
}

/** A Pod on its way to a node, with a client. */
export function bindingOf(client: Client, cluster: readonly KubeObject[], pod: Pod, nodeName: string): Binding {
  return {
    client,
    cycle: cycleOf(cluster, pod),
    pod,
    nodeName,
    timestamp: () => '2026-01-01T00:00:00Z',
    isPodGone: () => false,
    announce: () => undefined,
  };
}

function cycleOf(cluster: readonly KubeObject[], pod: Pod): Cycle {
  return { framework: defaultFramework, snapshot: snapshotOf(cluster), pod: podInfoOf(pod), state: new CycleState() };
}

const short: Readonly<Record<string, string>> = { Unschedulable: 'U', UnschedulableAndUnresolvable: 'U&U' };

const text = (status: Status | undefined) =>
  status ? `${short[status.code] ?? status.code} ${status.reasons.join(', ')}`.trim() : 'fits';

/** What a plugin's PreFilter and Filter say: `Skip`, `U&U reason`, or a line for each node. */
export function askFilter(plugin: Plugin, cluster: readonly KubeObject[], pod: Pod): string[] {
  const cycle = cycleOf(cluster, pod);
  const before = plugin.preFilter?.(cycle);
  if (before && before.code !== 'Success') return [text(before)];
  const only = before?.nodes ? [`only ${[...before.nodes].join(' ')}`] : [];
  return [...only, ...cycle.snapshot.nodes.map((node) => `${node.name}: ${text(plugin.filter?.(cycle, node))}`)];
}

/** What a plugin's PreScore, Score and NormalizeScore say of all nodes: `Skip`, or `node: raw normalized`. */
export function askScore(plugin: Plugin, cluster: readonly KubeObject[], pod: Pod): string[] {
  const cycle = cycleOf(cluster, pod);
  const { nodes } = cycle.snapshot;
  const before = plugin.preScore?.(cycle, nodes);
  if (before) return [text(before)];
  const raw = nodes.map((node) => plugin.score?.(cycle, node) ?? NaN);
  const normalized = nodes.map((node, i) => ({ node, score: raw[i] ?? NaN }));
  plugin.normalizeScore?.(cycle, normalized);
  return normalized.map(({ node, score }, i) => `${node.name}: ${raw[i]} ${score}`);
}

/** Whether a plugin that refused the Pod wants another attempt after a change. */
export function isWokenBy(plugin: Plugin, pod: Pod, event: ClusterEvent): boolean {
  return (plugin.queueingHints ?? []).some(({ resource, actions, isWorthTrying }) => {
    const isMeant = resource === event.resource || (resource === 'Pod' && event.resource.endsWith('Pod'));
    return isMeant && actions.includes(event.action) && (isWorthTrying?.(pod, event, snapshotOf([]).listers) ?? true);
  });
}

/** What the whole default profile makes of the Pod: `→ best nodes`, the message, or `unknown: reasons`. */
export function judge(cluster: readonly KubeObject[], pod: Pod): string {
  const { result, best, message, unknown = [] } = evaluatePod(snapshotOf(cluster), pod, defaultFramework);
  if (result === 'scheduled') return `→ ${best.join(' ')}`;
  return result === 'unknown' ? `unknown: ${unknown.map(({ reason }) => reason).join('; ')}` : (message ?? '');
}
