// Creates and deletes Pods in the name of their owner, and tells of it (controller.RealPodControl and slowStartBatch).
import type { KubeObject, Pod } from '../../api/object.ts';
import type { ApiStatus } from '../../api/status.ts';
import type { EventRecorder } from '../client/event-recorder.ts';
import type { ControllerContext } from './controller.ts';

export class OwnedPodControl {
  readonly #context: ControllerContext;
  readonly #recorder: EventRecorder;

  constructor(context: ControllerContext, recorder: EventRecorder) {
    this.#context = context;
    this.#recorder = recorder;
  }

  /** What the server refused; in a namespace that is going away Pods are missing for good, and nobody is told. */
  create(owner: KubeObject, pod: Pod): ApiStatus | undefined {
    const target = { resource: 'pods', namespace: owner.metadata.namespace ?? '' };
    const response = this.#context.client.create<Pod>(target, pod);
    if (response.ok) {
      const message = `Created pod: ${response.object.metadata.name}`;
      this.#recorder.event(owner, 'Normal', 'SuccessfulCreate', message);
      return undefined;
    }
    if (response.status.details?.causes?.some(({ reason }) => reason === 'NamespaceTerminating')) return undefined;
    this.#recorder.event(owner, 'Warning', 'FailedCreate', `Error creating: ${response.status.message}`);
    return response.status;
  }

  /** What the server refused; that the Pod is gone already is told to nobody. */
  delete(owner: KubeObject, pod: Pod): ApiStatus | undefined {
    const { namespace = '', name = '' } = pod.metadata;
    const response = this.#context.client.delete({ resource: 'pods', namespace, name });
    if (response.ok) {
      this.#recorder.event(owner, 'Normal', 'SuccessfulDelete', `Deleted pod: ${name}`);
      return undefined;
    }
    if (response.status.reason !== 'NotFound') {
      this.#recorder.event(owner, 'Warning', 'FailedDelete', `Error deleting: ${response.status.message}`);
    }
    return response.status;
  }
}

/**
 * In batches of 1, 2, 4 …, so that what is refused once is not tried many times more. `create` answers with a refusal.
 * Returns how many came to be, and the first refusal.
 */
export function slowStart<T>(
  items: readonly T[],
  create: (item: T) => ApiStatus | undefined,
): { readonly created: number; readonly failure: ApiStatus | undefined } {
  let created = 0;
  let failure: ApiStatus | undefined;
  for (let begin = 0, size = 1; begin < items.length && !failure; begin += size, size *= 2) {
    for (const item of items.slice(begin, begin + size)) {
      const refusal = create(item);
      if (!refusal) created++;
      failure ??= refusal;
    }
  }
  return { created, failure };
}
