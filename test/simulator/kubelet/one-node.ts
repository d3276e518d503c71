// A node with its kubelet and a real kube-apiserver, for tests: Pods go in, Events and statuses come out.
import type {
  ConfigMap,
  Container,
  ContainerState,
  Event,
  KubeObject,
  Node,
  Pod,
  PodSpec,
} from '../../../src/api/object.ts';
import { Etcd } from '../../../src/simulator/etcd/etcd.ts';
import { Kernel } from '../../../src/simulator/kernel/kernel.ts';
import { Server } from '../../../src/simulator/kube-apiserver/server.ts';
import { startKubelet, type ImageBehaviours } from '../../../src/simulator/kubelet/index.ts';
import type { Client } from '../../../src/simulator/client/client.ts';
import { makeContainer, makeNode, makePod } from './pod-fixture.ts';

const limits = { horizon: 600_000, maxSteps: 100_000 };

const namespaced = (kind: string, name: string) => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, namespace: 'default' },
});

export class OneNode {
  readonly kernel = new Kernel({ seed: 1 });
  readonly admin: Client;
  #addresses = 1;
  readonly #server: Server;
  readonly #images: ImageBehaviours;
  #kubelet: { stop(): void };

  constructor(images: ImageBehaviours = {}, { node = makeNode() } = {}) {
    this.#server = new Server(this.kernel, new Etcd());
    this.#images = images;
    this.admin = this.#server.connect('kubectl');
    this.create('namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } });
    this.create('serviceaccounts', namespaced('ServiceAccount', 'default'));
    const rootCertificates: ConfigMap = { ...namespaced('ConfigMap', 'kube-root-ca.crt'), data: { 'ca.crt': '' } };
    this.create('configmaps', rootCertificates);
    const created = this.create<Node>('nodes', node);
    if (created)
      this.admin.update(
        { resource: 'nodes', name: 'node1', subresource: 'status' },
        { ...created, status: node.status },
      );
    this.#kubelet = this.#start();
  }

  #start(): { stop(): void } {
    const cni = { add: () => ({ ip: `10.244.0.${++this.#addresses}` }), remove: () => undefined };
    const context = { kernel: this.kernel, client: this.#server.connect('kubelet/node1') };
    return startKubelet(context, { nodeName: 'node1', images: this.#images, cni });
  }

  stop(): void {
    this.#kubelet.stop();
  }

  /** Another kubelet on the same node. */
  restart(): void {
    this.#kubelet.stop();
    this.#kubelet = this.#start();
  }

  /** Creates an object; what the server refuses is the test's mistake. */
  create<T extends KubeObject>(resource: string, object: T): T {
    const { namespace } = object.metadata;
    const response = this.admin.create<T>({ resource, ...(namespace && { namespace }) }, object);
    if (!response.ok) throw new Error(response.status.message);
    return response.object;
  }

  /** Creates a Pod that is on the node already, as the scheduler would have bound it. */
  createPod(pod: Pod): Pod {
    const { containers = [], ...spec } = pod.spec ?? {};
    return this.create('pods', { ...pod, spec: { ...spec, containers, nodeName: 'node1' } });
  }

  /** Runs until nothing is left to do but what is far away. */
  settle(): this {
    this.kernel.run(limits);
    return this;
  }

  run(milliseconds: number): this {
    this.kernel.runTo(this.kernel.now + milliseconds, limits.maxSteps);
    return this;
  }

  pod(name = 'myapp'): Pod | undefined {
    const response = this.admin.get<Pod>({ resource: 'pods', namespace: 'default', name });
    return response.ok ? response.object : undefined;
  }

  /** `Running ready; app: running` and so on: phase, readiness, and the state of each container. */
  summary(name = 'myapp'): string {
    const status = this.pod(name)?.status;
    if (!status) return 'gone';
    const ready = status.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True');
    const containers = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
    const states = containers.map(({ name: container, state, restartCount }) => {
      return `${container}: ${stateText(state)}${restartCount > 0 ? ` (${restartCount})` : ''}`;
    });
    return [`${status.phase}${ready ? ' ready' : ''}`, ...states].join('; ');
  }

  /** The Events in order, `Pulling app` with the container they are about, counts left out. */
  events(): string[] {
    const events = this.admin.list<Event>('events', { namespace: 'default' }).items;
    const order = new Map<string | undefined, number>();
    for (const entry of this.kernel.trace) {
      if (entry.type === 'store' && entry.change === 'ADDED') order.set(entry.object.metadata.name, entry.seq);
    }
    const placeOf = ({ metadata }: Event) => order.get(metadata.name) ?? 0;
    return [...events]
      .sort((a, b) => placeOf(a) - placeOf(b))
      .map(({ reason = '', message = '', involvedObject }) => {
        const container = /\{(.*)\}/.exec(involvedObject.fieldPath ?? '')?.[1];
        return `${reason}${container ? ` ${container}` : ''}: ${message}`;
      });
  }
}

/** A Pod as a user writes it: without what the server adds. */
export function userPod(spec: Partial<PodSpec> = {}): Pod {
  return { ...makePod(spec), metadata: { name: 'myapp', namespace: 'default' } };
}

/** A node on which one Pod has come to rest. */
export function settled(images: ImageBehaviours, container: Partial<Container>, spec: Partial<PodSpec> = {}): OneNode {
  const node = new OneNode(images);
  node.createPod(userPod({ containers: [makeContainer(container)], ...spec }));
  return node.settle();
}

/** That Pod, as a request names it. */
export const target = { resource: 'pods', namespace: 'default', name: 'myapp' };

function stateText(state: ContainerState | undefined): string {
  if (state?.running) return 'running';
  if (state?.terminated) return `${state.terminated.reason} ${state.terminated.exitCode}`;
  return state?.waiting?.reason ?? 'waiting';
}
