// The images of the node in its Node object: the scheduler prefers nodes that have them (pkg/kubelet/nodestatus, Images).
import type { ContainerImage, Node } from '../../api/object.ts';
import { compareBytes } from '../../base/order.ts';
import type { Client } from '../client/client.ts';
import { nextTick } from '../kernel/durations.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { ContainerRuntime } from './containerd/cri.ts';
import { nodeStatusPeriod } from './durations.ts';

/** No more images than these are told (nodeStatusMaxImages). */
const maximumImages = 50;

export class NodeImages {
  readonly #kernel: Kernel;
  readonly #client: Client;
  readonly #nodeName: string;
  #scheduled = false;

  constructor(kernel: Kernel, client: Client, nodeName: string) {
    this.#kernel = kernel;
    this.#client = client;
    this.#nodeName = nodeName;
  }

  /** Images have changed: the Node says so with its next status. */
  changed(runtime: ContainerRuntime): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    const { now } = this.#kernel;
    const wait = nextTick(now, nodeStatusPeriod) - now;
    this.#kernel.after(wait, this.#client.actor, () => this.#write(runtime), { background: true });
  }

  #write(runtime: ContainerRuntime): void {
    this.#scheduled = false;
    const target = { resource: 'nodes', name: this.#nodeName };
    if (!this.#client.get<Node>(target).ok) return;
    const patch = { status: { images: listedImages(runtime) } };
    this.#client.patch<Node>({ ...target, subresource: 'status' }, 'strategic', patch);
  }
}

/** The largest first. */
function listedImages(runtime: ContainerRuntime): ContainerImage[] {
  return runtime
    .listImages()
    .map(({ repoDigest, tag, size }) => ({ names: tag ? [repoDigest, tag] : [repoDigest], sizeBytes: size }))
    .sort((a, b) => b.sizeBytes - a.sizeBytes || compareBytes(a.names[0] ?? '', b.names[0] ?? ''))
    .slice(0, maximumImages);
}
