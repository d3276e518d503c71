// A control plane with real controllers and no nodes: what kubelets would say about Pods is said by the test.
import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import type { Event, KubeObject, Pod } from '../../../src/api/object.ts';
import { resourceOfKind, qualifiedName } from '../../../src/api/resources.ts';
import type { Client } from '../../../src/simulator/client/client.ts';
import { loadObjects } from '../../../src/simulator/cluster.ts';
import { Etcd } from '../../../src/simulator/etcd/etcd.ts';
import { Kernel } from '../../../src/simulator/kernel/kernel.ts';
import { Server } from '../../../src/simulator/kube-apiserver/server.ts';
import { startControllerManager } from '../../../src/simulator/kube-controller-manager/index.ts';
import type { StoreDetails, Trace, TraceEntry } from '../../../src/simulator/trace.ts';

const emptyCluster = new URL('../../../media/clusters/empty.yaml', import.meta.url);

export function objectsOf(yaml: string): KubeObject[] {
  return parseAllDocuments(yaml)
    .map((document) => document.toJS() as KubeObject & { readonly items?: readonly KubeObject[] })
    .flatMap((object) => object?.items ?? (object ? [object] : []));
}

let bootstrap: KubeObject[] | undefined;

/** A cluster whose controllers have come to rest, and a hand on it. */
export class World {
  readonly kernel = new Kernel({ seed: 1 });
  readonly user: Client;
  readonly #kubelet: Client;
  #begin = 0;

  constructor(...objects: readonly KubeObject[]) {
    bootstrap ??= objectsOf(readFileSync(emptyCluster, 'utf8'));
    const empty = { snapshot: new Etcd().snapshot(), time: 0 };
    const { snapshot } = loadObjects(empty, [...bootstrap, ...objects]);
    const server = new Server(this.kernel, new Etcd(snapshot));
    this.user = server.connect('kubectl');
    this.#kubelet = server.connect('kube-scheduler');
    startControllerManager(this.kernel, (actor) => server.connect(actor));
    this.run(1000);
    this.#begin = this.kernel.trace.length;
  }

  /** What happened since the cluster came to rest. */
  get trace(): Trace {
    return this.kernel.trace.slice(this.#begin);
  }

  /** Lets virtual milliseconds pass. */
  run(milliseconds: number): this {
    this.kernel.runTo(this.kernel.now + milliseconds, 100_000);
    return this;
  }

  /** Creates what the YAML says, in the namespace default where it says none. */
  create(yaml: string): this {
    for (const object of objectsOf(yaml)) {
      const resource = resourceOfKind(object.apiVersion, object.kind);
      if (!resource) throw new Error(`no such kind: ${object.kind}`);
      const namespace = object.metadata.namespace ?? 'default';
      const response = this.user.create({ resource: qualifiedName(resource), namespace }, object);
      if (!response.ok) throw new Error(response.status.message);
    }
    return this;
  }

  /** Replaces an object by what a change makes of it; `subresource` as the kubelet or a user would name it. */
  change<T extends KubeObject>(resource: string, name: string, change: (object: T) => T, subresource?: string): this {
    const target = { resource, namespace: 'default', name };
    const found = this.user.get<T>(target);
    if (!found.ok) throw new Error(found.status.message);
    const response = this.user.update<T>({ ...target, ...(subresource && { subresource }) }, change(found.object));
    if (!response.ok) throw new Error(response.status.message);
    return this;
  }

  delete(resource: string, name: string): this {
    this.user.delete({ resource, namespace: 'default', name }, { gracePeriodSeconds: 0 });
    return this;
  }

  get<T extends KubeObject>(resource: string, name: string): T | undefined {
    const response = this.kernel.untraced(() => this.user.get<T>({ resource, namespace: 'default', name }));
    return response.ok ? response.object : undefined;
  }

  list<T extends KubeObject>(resource: string): readonly T[] {
    return this.kernel.untraced(() => this.user.list<T>(resource, { namespace: 'default' }).items);
  }

  /** Says of every Pod that it has a node, an address and is ready, as a scheduler and a kubelet would. */
  startPods(isReady: (pod: Pod) => boolean = () => true): this {
    for (const pod of this.list<Pod>('pods')) if (!pod.status?.podIP && isReady(pod)) this.#startPod(pod);
    return this;
  }

  #started = 0;

  #startPod(pod: Pod): void {
    const { name = '', namespace = 'default' } = pod.metadata;
    const target = { kind: 'Node', name: wantedNode(pod) ?? 'node1' };
    const binding = { apiVersion: 'v1', kind: 'Binding', metadata: { name }, target };
    if (!pod.spec?.nodeName)
      this.#kubelet.create({ resource: 'pods', namespace, name, subresource: 'binding' }, binding);
    const ip = `10.244.0.${++this.#started}`;
    const time = this.kernel.timestamp();
    const ready = { type: 'Ready', status: 'True', lastTransitionTime: time };
    const status = { phase: 'Running', podIP: ip, podIPs: [{ ip }], conditions: [ready] };
    this.change<Pod>('pods', name, (current) => ({ ...current, status: { ...current.status, ...status } }), 'status');
  }

  /** Deletes the Pods that are on their way out, as their kubelets would in the end. */
  endPods(): this {
    for (const { metadata } of this.list<Pod>('pods')) {
      if (metadata.deletionTimestamp) this.delete('pods', metadata.name ?? '');
    }
    return this;
  }

  /** The Events in the order of writing: `Normal ScalingReplicaSet Deployment/web: …`. */
  events(): string[] {
    return this.stores()
      .filter(({ resource, change }) => resource === 'events' && change === 'ADDED')
      .map(({ object }) => {
        const { type, reason, involvedObject, message } = object as Event;
        return `${type} ${reason} ${involvedObject.kind}/${involvedObject.name}: ${message}`;
      });
  }

  stores(): (TraceEntry & StoreDetails)[] {
    return this.trace.filter((entry): entry is TraceEntry & StoreDetails => entry.type === 'store');
  }

  /** What was told to be unknown, and why. */
  unknown(): string[] {
    return this.trace.flatMap((entry) => (entry.type === 'unknown' ? [`${entry.subject.kind}: ${entry.reason}`] : []));
  }
}

/** The only node that the Pod can get, if it names one as the Pods of a DaemonSet do. */
function wantedNode({ spec }: Pod): string | undefined {
  const required = spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return required?.nodeSelectorTerms[0]?.matchFields?.[0]?.values?.[0];
}

/** A node that is ready, as a cluster file would have it. */
export function node(name: string, labels: Readonly<Record<string, string>> = {}): KubeObject {
  return { apiVersion: 'v1', kind: 'Node', metadata: { name, labels } };
}
