// The kubelet of one node: watches the node's Pods, decides which it takes, and gives each a worker (pkg/kubelet/kubelet.go).
import { refOf, type Node, type Pod } from '../../api/object.ts';
import { deepEqual } from '../../base/json.ts';
import type { ComponentContext } from '../client/component.ts';
import { Informer } from '../client/informer.ts';
import { admit, type Rejection } from './admission.ts';
import { adoptedRuntime } from './adopted-pods.ts';
import { assemble, type Assembled, type KubeletOptions, type NodeState } from './assembly.ts';
import type { Containerd } from './containerd/containerd.ts';
import { lastHeartbeat, registerNode } from './node-registration.ts';
import { isTerminalPhase } from '../../api/pod-phase.ts';
import type { LifecycleChange } from './pleg.ts';
import { uidOf } from './pod-names.ts';
import { PodWorker } from './pod-worker.ts';
import type { KubeletServices } from './services.ts';
import { unmodelledFields } from './unmodelled.ts';

export class Kubelet {
  readonly #context: ComponentContext;
  readonly #options: KubeletOptions;
  #assembled: Assembled | undefined;
  readonly #workers = new Map<string, PodWorker>();
  readonly #pods: Informer<Pod>;
  readonly #nodes: Informer<Node>;
  #imagesAtStart: NodeState['images'] = [];
  #starting = true;
  #stopped = false;

  constructor(context: ComponentContext, options: KubeletOptions) {
    const { client } = context;
    const { nodeName } = options;
    this.#context = context;
    this.#options = options;
    this.#nodes = new Informer<Node>(client, 'nodes', { fieldSelector: `metadata.name=${nodeName}` });
    this.#pods = new Informer<Pod>(client, 'pods', { fieldSelector: `spec.nodeName=${nodeName}` });
  }

  /** The parts of the program, put together for the first Pod: most nodes of most runs never see one. */
  get #services(): KubeletServices {
    return (this.#assembled ??= this.#assemble()).services;
  }

  get #containerd(): Containerd {
    return (this.#assembled ??= this.#assemble()).containerd;
  }

  #assemble(): Assembled {
    return assemble(this.#context, this.#options, {
      node: () => this.#nodes.get(this.#options.nodeName),
      images: this.#imagesAtStart,
      workerOf: (podUid) => this.#workers.get(podUid),
      onLifecycle: (change) => this.#onLifecycle(change),
    });
  }

  start(): void {
    this.#nodes.start();
    const { joins, nodeName } = this.#options;
    const { images = [] } = (joins ?? this.#nodes.get(nodeName))?.status ?? {};
    this.#imagesAtStart = images;
    if (joins) registerNode(this.#services, joins, () => this.#takePods());
    else this.#takePods();
  }

  #takePods(): void {
    if (this.#stopped) return;
    this.#pods.handle({
      onAdd: (pod) => this.#add(pod),
      onUpdate: (pod, previous) => this.#update(pod, previous),
      onDelete: (pod) => this.#remove(pod),
    });
    this.#pods.start();
    this.#starting = false;
  }

  /** The program ends; what runs on the node runs on, unattended. */
  stop(): void {
    lastHeartbeat(this.#services);
    this.#stopped = true;
  }

  #add(pod: Pod): void {
    if (this.#stopped || isTerminalPhase(pod.status?.phase)) return;
    if (this.#starting && pod.status?.containerStatuses) {
      this.#adopt(pod);
      return;
    }
    const rejection = this.#admission(pod);
    if (rejection) {
      this.#reject(pod, rejection);
      return;
    }
    const { kernel, participant } = this.#services;
    for (const field of [...unmodelledFields(pod), ...this.#services.references.unknownIn(pod)]) {
      kernel.record(participant, participant, { type: 'unknown', subject: refOf(pod), ...field });
    }
    this.#work(pod).update(pod);
  }

  #work(pod: Pod): PodWorker {
    const worker = new PodWorker(this.#services, pod, () => this.#finished(uidOf(pod)));
    this.#workers.set(uidOf(pod), worker);
    return worker;
  }

  /** A Pod that was here before: its status is true, nothing is to be done. */
  #adopt(pod: Pod): void {
    const { lifecycle, statuses, references, volumes, probes } = this.#services;
    const { sandbox, containers } = adoptedRuntime(pod);
    for (const { image } of [...(pod.spec?.containers ?? []), ...(pod.spec?.initContainers ?? [])]) {
      if (image && !this.#containerd.imageStatus(image)) this.#containerd.images.store(image);
    }
    this.#containerd.adopt(pod, sandbox, containers);
    lifecycle.accept(uidOf(pod));
    statuses.accept(pod);
    references.register(pod);
    volumes.accept(pod);
    probes.add(pod);
    const worker = this.#work(pod);
    if (pod.metadata.deletionTimestamp) worker.update(pod);
  }

  #admission(pod: Pod): Rejection | undefined {
    const { kernel, participant } = this.#services;
    const node = this.#services.node();
    const others = [...this.#pods.values()].filter(
      (other) => this.#workers.has(uidOf(other)) && !isTerminalPhase(other.status?.phase),
    );
    const rejection = node && admit(pod, node, others);
    const decision = { type: 'kubelet-admission', allowed: !rejection, ...rejection } as const;
    kernel.record(participant, participant, { type: 'decision', subject: refOf(pod), decision });
    return rejection;
  }

  #reject(pod: Pod, { reason, message }: Rejection): void {
    const { recorder, statuses } = this.#services;
    const { generation } = pod.metadata;
    recorder.event(pod, 'Warning', reason, message);
    statuses.set(pod, {
      ...(generation && { observedGeneration: generation }),
      ...(pod.status?.qosClass && { qosClass: pod.status.qosClass }),
      phase: 'Failed',
      reason,
      message: `Pod was rejected: ${message}`,
    });
  }

  #update(pod: Pod, previous: Pod): void {
    const worker = this.#workers.get(uidOf(pod));
    if (this.#stopped || !worker) return;
    if (concernsKubelet(pod, previous)) worker.update(pod);
  }

  #remove(pod: Pod): void {
    const worker = this.#workers.get(uidOf(pod));
    if (this.#stopped) return;
    if (!worker || worker.finished) this.#forget(uidOf(pod));
    else worker.remove();
  }

  #onLifecycle({ podUid, died }: LifecycleChange): void {
    if (this.#stopped) return;
    for (const id of died) this.#collect(podUid, id);
    this.#workers.get(podUid)?.notify();
  }

  /** Of the containers of one name that have ended, the newest is kept (MaxPerPodContainer). */
  #collect(podUid: string, id: string): void {
    const { containers } = this.#containerd.podStatus(podUid);
    const name = containers.find((container) => container.id === id)?.name;
    const ended = containers.filter((container) => container.name === name && container.state === 'exited');
    for (const old of ended.slice(1)) this.#containerd.removeContainer(old.id);
  }

  #finished(podUid: string): void {
    const known = [...this.#pods.values()].some((pod) => uidOf(pod) === podUid);
    if (!known) this.#forget(podUid);
  }

  #forget(podUid: string): void {
    const { lifecycle, statuses, reasons, runtime, probes, references, volumes } = this.#services;
    runtime.removePod(podUid);
    probes.remove(podUid);
    references.unregister(podUid);
    volumes.unmount(podUid);
    lifecycle.forget(podUid);
    statuses.forget(podUid);
    reasons.forget(podUid);
    this.#workers.delete(podUid);
  }
}

/** Whether a change is more than a new status. A condition that a readiness gate waits for is one too. */
function concernsKubelet(pod: Pod, previous: Pod): boolean {
  const { metadata, spec, status } = pod;
  const before = previous.metadata;
  return (
    metadata.generation !== before.generation ||
    metadata.deletionTimestamp !== before.deletionTimestamp ||
    metadata.deletionGracePeriodSeconds !== before.deletionGracePeriodSeconds ||
    !deepEqual(metadata.labels, before.labels) ||
    !deepEqual(metadata.annotations, before.annotations) ||
    ((spec?.readinessGates ?? []).length > 0 && !deepEqual(status?.conditions, previous.status?.conditions))
  );
}
