// What the parts of one kubelet share.
import type { Node } from '../../api/object.ts';
import type { Client } from '../client/client.ts';
import type { EventRecorder } from '../client/event-recorder.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Participant } from '../trace.ts';
import type { BackOff } from '../client/back-off.ts';
import type { ConfigReferences } from './config-references.ts';
import type { ContainerRuntime } from './containerd/cri.ts';
import type { ImageManager } from './image-manager.ts';
import type { LifecycleEventGenerator } from './pleg.ts';
import type { ProbeManager } from './probes.ts';
import type { ReasonCache } from './reason-cache.ts';
import type { StatusManager } from './status-manager.ts';
import type { VolumeManager } from './volumes.ts';

export interface KubeletServices {
  readonly kernel: Kernel;
  readonly client: Client;
  readonly participant: Participant;
  readonly nodeName: string;
  /** The Node object as last seen. */
  node(): Node | undefined;
  readonly recorder: EventRecorder;
  readonly runtime: ContainerRuntime;
  readonly lifecycle: LifecycleEventGenerator;
  readonly statuses: StatusManager;
  readonly reasons: ReasonCache;
  readonly references: ConfigReferences;
  readonly volumes: VolumeManager;
  readonly images: ImageManager;
  readonly probes: ProbeManager;
  /** The back-off of containers that end. */
  readonly crashes: BackOff;
}
