// Answers the scheduling topics: what kube-scheduler makes of a Pod on a given cluster. The objects come as users wrote them, so
// the Pods first go through what kube-apiserver does to them on creation and that matters here.
import assert from 'node:assert/strict';
import { keyOf, type KubeObject, type Pod } from '../../../src/api/object.ts';
import { qualifiedName, resourceOfKind } from '../../../src/api/resources.ts';
import { compareBytes } from '../../../src/base/order.ts';
import { defaultTolerationSeconds } from '../../../src/simulator/kube-apiserver/admission/default-toleration-seconds.ts';
import type { AdmissionRequest } from '../../../src/simulator/kube-apiserver/admission/plugin.ts';
import { priority } from '../../../src/simulator/kube-apiserver/admission/priority.ts';
import { runtimeClass } from '../../../src/simulator/kube-apiserver/admission/runtime-class.ts';
import { defaultObject } from '../../../src/simulator/kube-apiserver/defaulting/index.ts';
import { canonicalize } from '../../../src/simulator/kube-apiserver/decoding/decode.ts';
import { podStrategy } from '../../../src/simulator/kube-apiserver/registry/pods/strategy.ts';
import type { Client } from '../../../src/simulator/client/client.ts';
import type { ClusterReader } from '../../../src/simulator/kube-apiserver/registry/reader.ts';
import {
  defaultFramework,
  evaluatePod,
  eventNote,
  runPreEnqueue,
  runReserve,
  snapshotOf,
  type Verdict,
} from '../../../src/simulator/kube-scheduler/index.ts';
import type { NodeVerdict, PluginStatus } from '../../../src/simulator/trace.ts';

interface Question {
  readonly id: string;
  readonly cluster: readonly KubeObject[];
  readonly pod?: Pod;
  /** A sequence in place of one Pod. */
  readonly pods?: readonly Pod[];
}

export function answer({ id, cluster, pod, pods = [] }: Question, framework = defaultFramework): object {
  const others = new Objects(cluster.filter(({ kind }) => kind !== 'Pod').map(stored));
  const admit = (given: Pod) => admitted(given, others);
  const existing = cluster.filter(({ kind }) => kind === 'Pod').map((given) => admit(given as Pod));
  const incoming = (pod ? [pod] : pods).map(admit);
  const objects = [...others.all(), ...existing, ...incoming].sort(byNamespaceAndName);
  const snapshot = snapshotOf(objects, framework);
  const verdictOn = (one: Pod) => {
    const gated = runPreEnqueue(framework, one, snapshot.listers);
    return gated ? { gated } : evaluatePod(snapshot, one, framework);
  };
  const [single] = incoming;
  if (pod && single) {
    const verdict = verdictOn(single);
    if ('gated' in verdict) return { id, expect: { ...gatedAnswer(single, verdict.gated), pod: presented(single) } };
    if (verdict.unknown) return { id, unknown: reasonsOf(verdict) };
    const total = snapshot.nodes.length;
    return { id, expect: { ...verdictAnswer(verdict, total, total + missing(objects)), pod: presented(single) } };
  }
  const steps: object[] = [];
  for (const one of incoming) {
    const verdict = verdictOn(one);
    const { name } = one.metadata;
    if ('gated' in verdict) {
      steps.push({ pod: name, gated: gatedAnswer(one, verdict.gated).gated });
      continue;
    }
    if (verdict.unknown) return { id, unknown: reasonsOf(verdict) };
    const { best, reason, message, cycle, preemption, nominatedNodeName } = verdict;
    const [node] = best;
    const [kept = nominatedNodeName] = preemption?.nominated ?? [];
    if (kept !== undefined) snapshot.setNominated(one, kept);
    if (node && cycle) {
      snapshot.assume(one, node);
      // Reserve asks the server for nothing.
      runReserve({
        client: {} as Client,
        cycle,
        pod: one,
        nodeName: node,
        timestamp: () => '',
        isPodGone: () => false,
        announce: () => undefined,
      });
    }
    steps.push(node ? { pod: name, best, node } : { pod: name, reason, message });
  }
  return { id, expect: { scheduled: steps.every((step) => 'node' in step), steps } };
}

const reasonsOf = ({ unknown = [] }: Verdict) => [...new Set(unknown.map(({ reason }) => reason))].join('; ');

function byNamespaceAndName(a: KubeObject, b: KubeObject): number {
  const { namespace: left = '', name: first = '' } = a.metadata;
  const { namespace: right = '', name: second = '' } = b.metadata;
  return compareBytes(left, right) || compareBytes(first, second);
}

/** The objects of a case, as the server's admission plugins look them up. */
class Objects implements ClusterReader {
  readonly #byResource = new Map<string, Map<string, KubeObject>>();

  constructor(objects: readonly KubeObject[]) {
    for (const object of objects) {
      const resource = resourceOfKind(object.apiVersion, object.kind);
      if (resource) this.#of(qualifiedName(resource)).set(keyOf(object), object);
    }
  }

  #of(resource: string): Map<string, KubeObject> {
    let objects = this.#byResource.get(resource);
    if (!objects) this.#byResource.set(resource, (objects = new Map<string, KubeObject>()));
    return objects;
  }

  *all(): Generator<KubeObject> {
    for (const objects of this.#byResource.values()) yield* objects.values();
  }

  get<T extends KubeObject>(resource: string, namespace: string | undefined, name: string): T | undefined {
    return this.#of(resource).get(namespace ? `${namespace}/${name}` : name) as T | undefined;
  }

  list<T extends KubeObject>(resource: string, namespace?: string): readonly T[] {
    const all = [...this.#of(resource).values()] as T[];
    return namespace ? all.filter(({ metadata }) => metadata.namespace === namespace) : all;
  }
}

/**
 * An object as the server holds it, but that defaults were given to what was read from JSON, where what is empty is there. The
 * uid only has to tell objects apart.
 */
function stored<T extends KubeObject>(given: T): T {
  const { kind, metadata } = given;
  const uid = metadata.uid ?? [kind, metadata.namespace, metadata.name].filter(Boolean).join('-');
  return canonicalize(defaultObject({ ...given, metadata: { ...metadata, uid } }));
}

const podResource = resourceOfKind('v1', 'Pod');

/** A Pod as the scheduler gets to see it: defaults, three admission plugins, and the strategy of its registry. */
function admitted(given: Pod, reader: ClusterReader): Pod {
  const isOfSystem = isOfSystemClass(given);
  let pod = stored(isOfSystem ? withPolicy(given, undefined) : given);
  for (const plugin of [priority, runtimeClass, defaultTolerationSeconds]) {
    const request: AdmissionRequest = {
      operation: 'CREATE',
      resource: podResource as NonNullable<typeof podResource>,
      resourceName: 'pods',
      subresource: '',
      namespace: pod.metadata.namespace,
      object: pod,
      old: undefined,
      user: { name: 'kubernetes-admin', groups: [] },
      options: {},
    };
    const verdict = plugin.admit?.(request, {
      reader,
      suffix: () => '',
      loopback: { update: () => assert.fail('these plugins write nothing') },
      policies: { validating: [], mutating: [] },
    });
    if (verdict && 'object' in verdict) pod = verdict.object;
  }
  if (isOfSystem) pod = withPolicy(pod, given.spec?.preemptionPolicy);
  const created = podStrategy.prepareForCreate?.(
    pod,
    { reader, dryRun: true, timestamp: () => '', below: () => 0 },
    { name: '', groups: [] },
  ) as Pod;
  const status = { ...created.status, ...given.status };
  return { ...created, status: given.status?.conditions?.length ? status : { ...status, ...conditionsOf(created) } };
}

/** The system classes of the recordings were put in as the code has them, without the policy that the server would default. */
const isOfSystemClass = ({ spec }: Pod) =>
  spec?.priorityClassName === 'system-cluster-critical' || spec?.priorityClassName === 'system-node-critical';

function withPolicy(pod: Pod, preemptionPolicy: string | undefined): Pod {
  const { preemptionPolicy: _, ...spec } = pod.spec ?? { containers: [] };
  return { ...pod, spec: { ...spec, ...(preemptionPolicy !== undefined && { preemptionPolicy }) } };
}

const conditionsOf = ({ status }: Pod) => (status?.conditions ? { conditions: status.conditions } : {});

/** The Pod as the case shows it: without what the case did not give, times left out. */
function presented({ metadata: { uid: _, resourceVersion: __, ...metadata }, ...pod }: Pod): object {
  const conditions = pod.status?.conditions?.map((condition) => ({ ...condition, lastTransitionTime: null }));
  return { ...pod, metadata, status: { ...pod.status, ...(conditions && { conditions }) } };
}

function gatedAnswer({ status }: Pod, gated: PluginStatus) {
  const condition = status?.conditions?.find(({ type }) => type === 'PodScheduled');
  const { reason, message } = condition ?? {};
  return { scheduled: false, gated: { ...gated, ...(condition && { condition: { reason, message } }) } };
}

/** The recordings count nodes that are not there as soon as a Pod is said to be on them, as the scheduler's cache does. */
function missing(objects: readonly KubeObject[]): number {
  const nodes = new Set(objects.filter(({ kind }) => kind === 'Node').map(keyOf));
  const used = objects.filter(({ kind }) => kind === 'Pod').map((pod) => (pod as Pod).spec?.nodeName ?? '');
  return new Set(used.filter((name) => name && !nodes.has(name))).size;
}

function verdictAnswer(verdict: Verdict, total: number, counted: number): object {
  const { result, best, reason, message, skipped, preFilter, nodes, postFilter, preemption } = verdict;
  const note = message && eventNote(message);
  const isLarge = counted > sampledFrom;
  return {
    scheduled: result === 'scheduled',
    ...(best.length > 0 && { best }),
    ...(message !== undefined && { reason, message }),
    ...(note !== message && { event: note }),
    ...(skipped.length > 0 && { skipped }),
    ...(preFilter.length > 0 && { preFilter: preFilter.map(preFilterAnswer) }),
    ...(total > 0 && {
      nodes: Object.fromEntries(Object.entries(nodes).map(([name, node]) => [name, nodeAnswer(node)])),
    }),
    ...(postFilter && { postFilter }),
    ...(preemption && { preemption }),
    ...(isLarge && { sampling: { nodes: counted, feasibleStop: feasibleStop(counted) } }),
  };
}

const preFilterAnswer = ({ reasons, ...status }: PluginStatus) =>
  reasons.length > 0 ? { ...status, reasons } : status;

const nodeAnswer = ({ all, ...node }: NodeVerdict) => (all.length > 0 ? { ...node, all } : node);

const sampledFrom = 100;

/** numFeasibleNodesToFind: how many nodes that fit the default scheduler looks for in a large cluster. */
function feasibleStop(total: number): number {
  const percentage = Math.max(50 - Math.floor(total / 125), 5);
  return Math.max(Math.floor((total * percentage) / 100), sampledFrom);
}
