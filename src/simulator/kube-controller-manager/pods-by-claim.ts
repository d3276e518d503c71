// Which Pods use a claim, be it by name or as an ephemeral volume (k8s.io/kubernetes/pkg/controller/volume/common, PodPVCIndex).
import { keyOf, type PersistentVolumeClaim, type Pod } from '../../api/object.ts';
import { claimNameOf } from '../../api/persistent-volume.ts';
import type { Informer } from '../client/informer.ts';

export class PodsByClaim {
  readonly #byClaim = new Map<string, Map<string, Pod>>();

  constructor(informer: Informer<Pod>) {
    const put = (pod: Pod) => {
      for (const claim of claimKeysOf(pod)) {
        const pods = this.#byClaim.get(claim) ?? new Map<string, Pod>();
        this.#byClaim.set(claim, pods.set(keyOf(pod), pod));
      }
    };
    informer.handle({
      onAdd: put,
      onUpdate: put,
      onDelete: (pod) => {
        for (const claim of claimKeysOf(pod)) {
          const pods = this.#byClaim.get(claim);
          pods?.delete(keyOf(pod));
          if (pods?.size === 0) this.#byClaim.delete(claim);
        }
      },
    });
  }

  /** In the order in which they became known. */
  using(claim: PersistentVolumeClaim): Iterable<Pod> {
    return this.#byClaim.get(keyOf(claim))?.values() ?? [];
  }
}

/** The keys of the claims that a Pod uses. */
export function claimKeysOf(pod: Pod): string[] {
  return (pod.spec?.volumes ?? []).flatMap((volume) => {
    const name = claimNameOf(pod, volume);
    return name ? [`${pod.metadata.namespace}/${name}`] : [];
  });
}
