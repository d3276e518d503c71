// The parts of one kubelet, put together.
import type { Node } from '../../api/object.ts';
import { patchSchemaOf } from '../../api/patch-schema.ts';
import { invariant } from '../../base/invariant.ts';
import { BackOff } from '../client/back-off.ts';
import type { ComponentContext } from '../client/component.ts';
import { EventRecorder } from '../client/event-recorder.ts';
import { ConfigReferences } from './config-references.ts';
import type { Cni } from './containerd/cni.ts';
import { Containerd } from './containerd/containerd.ts';
import type { ImageBehaviours } from './containerd/image-behaviour.ts';
import { initialBackOff, maximumBackOff } from './durations.ts';
import { ImageManager } from './image-manager.ts';
import { NodeImages } from './node-images.ts';
import { LifecycleEventGenerator, type LifecycleChange } from './pleg.ts';
import type { PodWorker } from './pod-worker.ts';
import { ProbeManager } from './probes.ts';
import { ReasonCache } from './reason-cache.ts';
import type { KubeletServices } from './services.ts';
import { StatusManager } from './status-manager.ts';
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

/** What the parts want to know of the kubelet they belong to. */
export interface NodeState {
  readonly node: () => Node | undefined;
  /** What the Node tells of its images when the kubelet starts. */
  readonly images: NonNullable<NonNullable<Node['status']>['images']>;
  readonly workerOf: (podUid: string) => PodWorker | undefined;
  readonly onLifecycle: (change: LifecycleChange) => void;
}

export interface Assembled {
  readonly services: KubeletServices;
  readonly containerd: Containerd;
}

export function assemble(
  { kernel, client }: ComponentContext,
  { nodeName, images: behaviours, cni, omits }: KubeletOptions,
  { node, images, workerOf, onLifecycle }: NodeState,
): Assembled {
  const participant = client.actor;
  const onChange = (podUid: string) => lifecycle.changed(podUid);
  const containerd = new Containerd(kernel, { nodeName, behaviours, cni, onChange });
  const lifecycle = new LifecycleEventGenerator(kernel, participant, containerd, onLifecycle);
  for (const { names, sizeBytes } of images) {
    const name = names.find((text) => !text.includes('@')) ?? names[0];
    if (name) containerd.images.store(name, sizeBytes);
  }
  const recorder = new EventRecorder(kernel, client, { component: 'kubelet', host: nodeName });
  const references = new ConfigReferences(client, omits);
  const nodeImages = new NodeImages(kernel, client, nodeName);
  const schema = patchSchemaOf('v1', 'Pod');
  invariant(schema, 'no schema of Pods');
  const couldRun = (podUid: string) => workerOf(podUid)?.couldRun ?? false;
  const statuses = new StatusManager(kernel, client, { schema, couldRun });
  const services: KubeletServices = {
    kernel,
    client,
    participant,
    nodeName,
    node,
    recorder,
    runtime: containerd,
    lifecycle,
    statuses,
    reasons: new ReasonCache(),
    references,
    volumes: new VolumeManager(kernel, client, recorder, references),
    images: new ImageManager(kernel, containerd, recorder, () => nodeImages.changed(containerd)),
    probes: new ProbeManager(kernel, {
      participant,
      runtime: containerd,
      recorder,
      statusOf: (podUid) => statuses.get(podUid),
      onResult: (podUid) => workerOf(podUid)?.notify(),
    }),
    crashes: new BackOff(initialBackOff, maximumBackOff),
  };
  return { services, containerd };
}
