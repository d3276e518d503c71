// The kubelet of one node: watches the node's Pods, decides which it takes, and gives each a worker (pkg/kubelet/kubelet.go).
import { refOf, type Node, type Pod } from '../../api/object.ts';
import { patchSchemaOf } from '../../api/patch-schema.ts';
import { deepEqual } from '../../base/json.ts';
import { invariant } from '../../base/invariant.ts';
import type { ComponentContext } from '../client/component.ts';
import { EventRecorder } from '../client/event-recorder.ts';
import { Informer } from '../client/informer.ts';
import { admit, type Rejection } from './admission.ts';
import { adoptedRuntime } from './adopted-pods.ts';
import { BackOff } from '../client/back-off.ts';
import { initialBackOff, maximumBackOff } from './durations.ts';
import { ConfigReferences } from './config-references.ts';
import type { Cni } from './containerd/cni.ts';
import { Containerd } from './containerd/containerd.ts';
import type { ImageBehaviours } from './containerd/image-behaviour.ts';
import { ImageManager } from './image-manager.ts';
import { NodeImages } from './node-images.ts';
import { lastHeartbeat, registerNode } from './node-registration.ts';
import { isTerminalPhase } from '../../api/pod-phase.ts';
import { LifecycleEventGenerator, type LifecycleChange } from './pleg.ts';
import { uidOf } from './pod-names.ts';
import { PodWorker } from './pod-worker.ts';
import { ProbeManager } from './probes.ts';
import { ReasonCache } from './reason-cache.ts';
import type { KubeletServices } from './services.ts';
import { StatusManager } from './status-manager.ts';
import { unmodelledFields } from './unmodelled.ts';
import { VolumeManager } from './volumes.ts';

export interface KubeletOptions {
  readonly nodeName: string;
  readonly images: ImageBehaviours;
  readonly cni: Cni;
  /** Resources of which the cluster was given none. */
  readonly omits?: readonly string[] | undefined;
  /** A machine that joins now: the Node to be registered, as it will be once all is well. */
  readonly joins?: Node;
}

export class Kubelet {
  readonly #services: KubeletServices;
  readonly #containerd: Containerd;
  readonly #workers = new Map<string, PodWorker>();
  readonly #pods: Informer<Pod>;
  readonly #nodes: Informer<Node>;
  readonly #joins: Node | undefined;
  #starting = true;
  #stopped = false;

  constructor(context: ComponentContext, options: KubeletOptions) {
    const { client } = context;
    const { nodeName } = options;
    this.#joins = options.joins;
    this.#nodes = new Informer<Node>(client, 'nodes', { fieldSelector: `metadata.name=${nodeName}` });
    this.#pods = new Informer<Pod>(client, 'pods', { fieldSelector: `spec.nodeName=${nodeName}` });
    const lifecycle: { generator?: LifecycleEventGenerator } = {};
    this.#containerd = new Containerd(context.kernel, {
      nodeName,
      behaviours: options.images,
      cni: options.cni,
      onChange: (podUid) => lifecycle.generator?.changed(podUid),
    });
    this.#services = this.#assemble(context, options);
    lifecycle.generator = this.#services.lifecycle;
  }

  #assemble({ kernel, client }: ComponentContext, { nodeName, omits }: KubeletOptions): KubeletServices {
    const runtime = this.#containerd;
    const participant = client.actor;
    const recorder = new EventRecorder(kernel, client, { component: 'kubelet', host: nodeName });
    const references = new ConfigReferences(client, omits);
    const nodeImages = new NodeImages(kernel, client, nodeName);
    const schema = patchSchemaOf('v1', 'Pod');
    invariant(schema, 'no schema of Pods');
    const couldRun = (podUid: string) => this.#workers.get(podUid)?.couldRun ?? false;
    const statuses = new StatusManager(kernel, client, { schema, couldRun });
    return {
      kernel,
      client,
      participant,
      nodeName,
      node: () => this.#nodes.get(nodeName),
      recorder,
      runtime,
      lifecycle: new LifecycleEventGenerator(kernel, participant, runtime, (change) => this.#onLifecycle(change)),
      statuses,
      reasons: new ReasonCache(),
      references,
      volumes: new VolumeManager(kernel, client, recorder, references),
      images: new ImageManager(kernel, runtime, recorder, () => nodeImages.changed(runtime)),
      probes: new ProbeManager(kernel, {
        participant,
        runtime,
        recorder,
        statusOf: (podUid) => statuses.get(podUid),
        onResult: (podUid) => this.#workers.get(podUid)?.notify(),
      }),
      crashes: new BackOff(initialBackOff, maximumBackOff),
    };
  }

  start(): void {
    this.#nodes.start();
    if (this.#joins) registerNode(this.#services, this.#joins, () => this.#takePods());
    else this.#takePods();
  }

  #takePods(): void {
    if (this.#stopped) return;
    for (const { names, sizeBytes } of this.#services.node()?.status?.images ?? []) {
      const name = names.find((text) => !text.includes('@')) ?? names[0];
      if (name) this.#containerd.images.store(name, sizeBytes);
    }
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
