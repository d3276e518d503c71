// Makes, mends and deletes the Pods of a StatefulSet and their claims, and tells of it (stateful_pod_control.go).
import { keyOf, type PersistentVolumeClaim, type Pod, type StatefulSet } from '../../../api/object.ts';
import { failure, type ApiStatus } from '../../../api/status.ts';
import type { EventRecorder } from '../../client/event-recorder.ts';
import { failSync, type ControllerContext } from '../controller.ts';
import { asNumbered, claimsOf, isAsNumbered, ordinalOf } from './ordinals.ts';
import { hasUnexpectedController, isWaitingForClaims, withOwners } from './retention.ts';

type Verb = 'Create' | 'Update' | 'Delete';

export class PodControl {
  readonly #context: ControllerContext;
  readonly #recorder: EventRecorder;

  constructor(context: ControllerContext, recorder: EventRecorder) {
    this.#context = context;
    this.#recorder = recorder;
  }

  /** CreateStatefulPod: its claims first. A failure ends the sync. */
  create(set: StatefulSet, pod: Pod): void {
    const refusal = this.#createClaims(set, pod);
    if (refusal) return this.#fail('Create', set, pod, refusal);
    const { client } = this.#context;
    const response = client.create<Pod>({ resource: 'pods', namespace: pod.metadata.namespace ?? '' }, pod);
    if (!response.ok && response.status.reason === 'AlreadyExists') failSync(response.status);
    this.#ownClaims(set, pod);
    if (!response.ok) return this.#fail('Create', set, pod, response.status);
    this.#tell('Create', set, pod);
  }

  delete(set: StatefulSet, pod: Pod): void {
    const { namespace = '', name = '' } = pod.metadata;
    const response = this.#context.client.delete({ resource: 'pods', namespace, name });
    if (!response.ok && response.status.reason !== 'NotFound') return this.#fail('Delete', set, pod, response.status);
    this.#tell('Delete', set, pod);
  }

  /** UpdateStatefulPod: gives the Pod its identity and its claims again, as far as they differ. */
  mend(set: StatefulSet, pod: Pod): void {
    this.#ownClaims(set, pod);
    if (isAsNumbered(set, pod)) return;
    const refusal = this.#createClaims(set, pod);
    if (refusal) return this.#fail('Update', set, pod, refusal);
    const { namespace = '', name = '' } = pod.metadata;
    const mended = asNumbered(set, pod, ordinalOf(pod));
    const response = this.#context.client.update<Pod>({ resource: 'pods', namespace, name }, mended);
    if (!response.ok) return this.#fail('Update', set, pod, response.status);
    this.#tell('Update', set, pod);
  }

  /** createMissingPersistentVolumeClaims. */
  completeClaims(set: StatefulSet, pod: Pod): void {
    const refusal = this.#createClaims(set, pod);
    if (refusal) failSync(refusal);
    this.#ownClaims(set, pod);
  }

  isWaitingForClaims(set: StatefulSet, pod: Pod): boolean {
    return isWaitingForClaims(set, pod, this.#knownClaims(set, pod));
  }

  /** UpdatePodClaimForRetentionPolicy, where the owners of a claim are not as they should be. */
  ownClaims(set: StatefulSet, pod: Pod): void {
    this.#ownClaims(set, pod);
  }

  #ownClaims(set: StatefulSet, pod: Pod): void {
    for (const claim of this.#knownClaims(set, pod)) {
      const owned = withOwners(claim, set, pod);
      if (owned === claim) continue;
      const { namespace = '', name = '' } = claim.metadata;
      if (hasUnexpectedController(claim, set, pod)) {
        const why = 'has a conflicting OwnerReference that acts as a manging controller';
        const message = `PersistentVolumeClaim ${name} ${why}, the retention policy is ignored for this claim`;
        this.#recorder.event(set, 'Warning', 'ConflictingController', message);
      }
      const response = this.#context.client.update({ resource: 'persistentvolumeclaims', namespace, name }, owned);
      if (response.ok) continue;
      const message = `could not update claim ${name} for delete policy ownerRefs: ${response.status.message}`;
      return this.#fail('Update', set, pod, { ...response.status, message });
    }
  }

  #knownClaims(set: StatefulSet, pod: Pod): PersistentVolumeClaim[] {
    const known = this.#context.informers.of<PersistentVolumeClaim>('persistentvolumeclaims');
    return claimsOf(set, ordinalOf(pod)).flatMap((claim) => known.get(keyOf(claim)) ?? []);
  }

  /** createPersistentVolumeClaims: what went wrong, if anything did. */
  #createClaims(set: StatefulSet, pod: Pod): ApiStatus | undefined {
    const { client, informers } = this.#context;
    const known = informers.of<PersistentVolumeClaim>('persistentvolumeclaims');
    const problems: string[] = [];
    for (const claim of claimsOf(set, ordinalOf(pod))) {
      const { namespace = '', name = '' } = claim.metadata;
      const existing = known.get(keyOf(claim));
      if (existing?.metadata.deletionTimestamp) problems.push(`pvc ${name} is being deleted`);
      if (existing) continue;
      const response = client.create({ resource: 'persistentvolumeclaims', namespace }, claim);
      const about = `Pod ${pod.metadata.name} in StatefulSet ${set.metadata.name}`;
      if (response.ok) {
        this.#recorder.event(set, 'Normal', 'SuccessfulCreate', `Create Claim ${name} ${about} success`);
        continue;
      }
      const { message, reason } = response.status;
      problems.push(`failed to create PVC ${name}: ${message}`);
      if (reason === 'AlreadyExists') continue;
      const failed = `Create Claim ${name} for ${about} failed error: ${message}`;
      this.#recorder.event(set, 'Warning', 'FailedCreate', failed);
    }
    if (problems.length === 0) return undefined;
    return failure(500, 'InternalError', problems.length > 1 ? `[${problems.join(', ')}]` : problems.join());
  }

  #tell(verb: Verb, set: StatefulSet, pod: Pod): void {
    const message = `${verb} Pod ${pod.metadata.name} in StatefulSet ${set.metadata.name} successful`;
    this.#recorder.event(set, 'Normal', `Successful${verb}`, message);
  }

  #fail(verb: Verb, set: StatefulSet, pod: Pod, status: ApiStatus): never {
    const about = `${verb} Pod ${pod.metadata.name} in StatefulSet ${set.metadata.name}`;
    this.#recorder.event(set, 'Warning', `Failed${verb}`, `${about} failed error: ${status.message}`);
    failSync(status);
  }
}
