// The kubelet and the container runtime of a node: the entry for the composition root.
import type { ComponentContext } from '../client/component.ts';
import type { KubeletOptions } from './assembly.ts';
import { Kubelet } from './kubelet.ts';

export { adoptedPod } from './adopted-pods.ts';
export type { ImageBehaviours } from './containerd/image-behaviour.ts';

/** Starts the kubelet of a node. `stop` ends the program, not what it has started. */
export function startKubelet(context: ComponentContext, options: KubeletOptions): { stop(): void } {
  const kubelet = new Kubelet(context, options);
  kubelet.start();
  return { stop: () => kubelet.stop() };
}
