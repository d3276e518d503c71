// Creates and deletes Pods in the name of their owner, and tells of it (controller.RealPodControl, and slowStartBatch of the controllers).
import type { KubeObject, Pod } from '../../api/object.ts';
import type { ApiStatus } from '../../api/status.ts';
import type { EventRecorder } from '../client/event-recorder.ts';
import type { ControllerContext } from './controller.ts';

export interface Creations {
  readonly created: number;
  readonly failure: ApiStatus | undefined;
}

export class OwnedPodControl {
  readonly #context: ControllerContext;
  readonly #recorder: EventRecorder;

  constructor(context: ControllerContext, recorder: EventRecorder) {
    this.#context = context;
    this.#recorder = recorder;
  }

  /**
   * Creates a Pod for each item, in batches of 1, 2, 4 …, so that what is refused once is not tried many times more.
   * Returns how many came to be, and the first refusal.
   */
  createAll<T>(owner: KubeObject, items: readonly T[], podOf: (item: T) => Pod): Creations {
    const target = { resource: 'pods', namespace: owner.metadata.namespace ?? '' };
    let created = 0;
    let failure: ApiStatus | undefined;
    for (let begin = 0, size = 1; begin < items.length && !failure; begin += size, size *= 2) {
      const batch = items.slice(begin, begin + size);
      const answers = batch.map((item) => this.#context.client.create<Pod>(target, podOf(item)));
      const refusals = answers.flatMap((answer) =>
        answer.ok || isOfEndingNamespace(answer.status) ? [] : answer.status,
      );
      created += answers.length - refusals.length;
      failure = refusals[0];
      // The requests of a batch go out together, and a refusal comes back before what has to be stored.
      for (const { message } of refusals) {
        this.#recorder.event(owner, 'Warning', 'FailedCreate', `Error creating: ${message}`);
      }
      for (const answer of answers) {
        if (!answer.ok) continue;
        this.#recorder.event(owner, 'Normal', 'SuccessfulCreate', `Created pod: ${answer.object.metadata.name}`);
      }
    }
    return { created, failure };
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

/** In a namespace that is going away Pods are missing for good: that counts as done, and nobody is told. */
const isOfEndingNamespace = ({ details }: ApiStatus) =>
  details?.causes?.some(({ reason }) => reason === 'NamespaceTerminating') ?? false;
