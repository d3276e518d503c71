// One sync of one Deployment: what every strategy needs, and the syncs without a strategy (scaled, paused).
// Like the real controller it works on the Deployment as it was when the sync began; a status written early in a sync
// makes a later write of the same sync conflict, and the sync is tried again (k8s.io/kubernetes/pkg/controller/deployment).
import { copyWith } from '../../../base/copy.ts';
import { controllerOf } from '../../../api/object.ts';
import type { Deployment, DeploymentCondition, DeploymentStatus, Pod, ReplicaSet } from '../../../api/object.ts';
import { badRequest, type ApiStatus } from '../../../api/status.ts';
import { podTemplateHash } from '../../../api/template-hash.ts';
import { deepEqual } from '../../../base/json.ts';
import { compareBytes } from '../../../base/order.ts';
import type { Client } from '../../client/client.ts';
import type { EventRecorder } from '../../client/event-recorder.ts';
import { failSync, succeeded } from '../controller.ts';
import { withoutUndefined } from '../go-status.ts';
import { controllerReference } from '../owner-reference.ts';
import {
  maxRevision,
  newReplicaSetAnnotations,
  replicasDiffer,
  revisionAnnotation,
  withReplicas,
} from './annotations.ts';
import { maxSurge, newReplicaCount, replicasOf } from './fenceposts.ts';
import {
  calculateStatus,
  foundNewReplicaSet,
  hasProgressDeadline,
  makeCondition,
  newReplicaSetCreated,
  progressing,
  replicaSetCreateError,
  rolloutStatus,
  stuckCheckDelay,
  withDeploymentCondition,
  type ReplicaSets,
} from './status.ts';

/** What a sync needs of the controller around it. */
export interface DeploymentWorld {
  readonly client: Client;
  readonly recorder: EventRecorder;
  now(): number;
  /** A ReplicaSet as the controller last heard of it. */
  replicaSet(namespace: string, name: string): ReplicaSet | undefined;
  podsOf(replicaSet: ReplicaSet): readonly Pod[];
  /** Looks at the Deployment again that many virtual milliseconds later. */
  recheck(deployment: Deployment, delay: number): void;
  /** Tells that what comes of the Deployment is not known, because of that field. */
  unknown(deployment: Deployment, path: string, reason: string): void;
}

const hashLabel = 'pod-template-hash';

export class DeploymentSync {
  readonly world: DeploymentWorld;
  readonly replicaSets: readonly ReplicaSet[];
  #deployment: Deployment;

  constructor(world: DeploymentWorld, deployment: Deployment, replicaSets: readonly ReplicaSet[]) {
    this.world = world;
    this.#deployment = deployment;
    this.replicaSets = replicaSets;
  }

  /** The Deployment as this sync has it: what was stored when it began, with what the sync has set since. */
  get deployment(): Deployment {
    return this.#deployment;
  }

  get namespace(): string {
    return this.#deployment.metadata.namespace ?? '';
  }

  /**
   * getAllReplicaSetsAndSyncRevision: sorts the ReplicaSets into the newest and the old ones, and brings revision and
   * annotations of the newest up to date. With `create` a missing newest one is made.
   */
  sortReplicaSets({ create }: { readonly create: boolean }): ReplicaSets {
    const found = newestOf(this.#deployment, this.replicaSets);
    const old = this.replicaSets.filter(({ metadata }) => metadata.uid !== found?.metadata.uid);
    const revision = maxRevision(old) + 1;
    if (found) return { newest: this.#refresh(found, revision), old };
    return { newest: create ? this.#create(old, revision) : undefined, old };
  }

  #refresh(newest: ReplicaSet, revision: number): ReplicaSet {
    const { minReadySeconds } = this.#deployment.spec ?? {};
    const annotations = newReplicaSetAnnotations(this.#deployment, newest.metadata.annotations, revision);
    const sameMinimum = (newest.spec?.minReadySeconds ?? 0) === (minReadySeconds ?? 0);
    if (!sameMinimum || !deepEqual(annotations, newest.metadata.annotations ?? {})) {
      return this.#update({
        ...newest,
        metadata: { ...newest.metadata, annotations },
        spec: withoutUndefined({ ...newest.spec, minReadySeconds }),
      });
    }
    const changed = this.#setRevision(annotations[revisionAnnotation]);
    const condition = progressing(this.#deployment);
    if (hasProgressDeadline(this.#deployment) && !condition) {
      this.setCondition('True', foundNewReplicaSet, `Found new replica set "${newest.metadata.name}"`);
      this.writeStatus();
    } else if (changed) this.writeStatus();
    return newest;
  }

  #create(old: readonly ReplicaSet[], revision: number): ReplicaSet {
    const body = this.#newReplicaSet(old, revision);
    const { client, recorder } = this.world;
    const target = { resource: 'replicasets.apps', namespace: this.namespace };
    const response = client.create<ReplicaSet>(target, body);
    if (!response.ok) {
      if (response.status.reason === 'AlreadyExists') return this.#existing(body, revision, response.status);
      const message = `Failed to create new replica set "${body.metadata.name}": ${response.status.message}`;
      if (hasProgressDeadline(this.#deployment)) {
        this.setCondition('False', replicaSetCreateError, message);
        this.writeStatus();
      }
      recorder.event(this.#deployment, 'Warning', replicaSetCreateError, message);
      return failSync(response.status);
    }
    const created = response.object;
    const replicas = replicasOf(body);
    if (replicas > 0) this.#tellScaling('up', created, 0, replicas);
    const changed = this.#setRevision(String(revision));
    const deadline = hasProgressDeadline(this.#deployment);
    if (deadline) this.setCondition('True', newReplicaSetCreated, `Created new replica set "${created.metadata.name}"`);
    if (changed || deadline) this.writeStatus();
    return created;
  }

  #newReplicaSet(old: readonly ReplicaSet[], revision: number): ReplicaSet {
    const deployment = this.#deployment;
    const { name, namespace } = deployment.metadata;
    const { template = {}, selector, minReadySeconds } = deployment.spec ?? {};
    const hash = podTemplateHash(template, deployment.status?.collisionCount) ?? this.#unknownHash();
    const labels = copyWith(template.metadata?.labels, { [hashLabel]: hash });
    const replicas = newReplicaCount(deployment, old, 0);
    const annotations = newReplicaSetAnnotations(deployment, undefined, revision);
    const desired = replicasOf(deployment);
    return {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name: `${name}-${hash}`,
        namespace,
        labels,
        annotations: withReplicas(annotations, desired, desired + maxSurge(deployment)),
        ownerReferences: [controllerReference(deployment)],
      },
      spec: {
        replicas,
        ...(minReadySeconds && { minReadySeconds }),
        selector: copyWith(selector, { matchLabels: copyWith(selector?.matchLabels, { [hashLabel]: hash }) }),
        template: copyWith(template, { metadata: copyWith(template.metadata, { labels }) }),
      },
    };
  }

  /** The template has something that is not among the fields that are hashed: what the ReplicaSet is called is unknown. */
  #unknownHash(): string {
    const reason = 'the pod-template-hash of this template is not modelled';
    this.world.unknown(this.#deployment, 'spec.template.metadata', reason);
    return failSync(badRequest(reason));
  }

  /** There is one of that name: ours already, or another's whose hash collides, which a higher collision count avoids. */
  #existing({ metadata: { name = '' } }: ReplicaSet, revision: number, refusal: ApiStatus): ReplicaSet {
    const deployment = this.#deployment;
    const existing = this.world.replicaSet(this.namespace, name);
    if (existing && controllerOf(existing)?.uid === deployment.metadata.uid && sameTemplate(deployment, existing)) {
      if (this.#setRevision(String(revision))) this.writeStatus();
      return existing;
    }
    const collisionCount = (deployment.status?.collisionCount ?? 0) + 1;
    this.#deployment = { ...deployment, status: { ...deployment.status, collisionCount } };
    this.writeStatus();
    return failSync(refusal);
  }

  /** scaleReplicaSet: sets a ReplicaSet's size and writes down the Deployment's; returns the ReplicaSet as it is then. */
  scale(replicaSet: ReplicaSet, replicas: number): ReplicaSet {
    const before = replicasOf(replicaSet);
    const desired = replicasOf(this.#deployment);
    const most = desired + maxSurge(this.#deployment);
    if (before === replicas && !replicasDiffer(replicaSet, desired, most)) return replicaSet;
    const { metadata, spec } = replicaSet;
    const updated = this.#update({
      ...replicaSet,
      metadata: { ...metadata, annotations: withReplicas(metadata.annotations, desired, most) },
      spec: { ...spec, replicas },
    });
    if (before !== replicas) this.#tellScaling(before < replicas ? 'up' : 'down', updated, before, replicas);
    return updated;
  }

  #tellScaling(direction: 'up' | 'down', { metadata: { name } }: ReplicaSet, from: number, to: number): void {
    const message = `Scaled ${direction} replica set ${name} from ${from} to ${to}`;
    this.world.recorder.event(this.#deployment, 'Normal', 'ScalingReplicaSet', message);
  }

  #update(replicaSet: ReplicaSet): ReplicaSet {
    const { name = '' } = replicaSet.metadata;
    const target = { resource: 'replicasets.apps', namespace: this.namespace, name };
    return succeeded(this.world.client.update(target, replicaSet));
  }

  deleteReplicaSet({ metadata: { name = '' } }: ReplicaSet): void {
    const target = { resource: 'replicasets.apps', namespace: this.namespace, name };
    const response = this.world.client.delete(target);
    if (!response.ok && response.status.reason !== 'NotFound') failSync(response.status);
  }

  /** SetDeploymentRevision: whether the Deployment's own revision had to change. */
  #setRevision(revision = ''): boolean {
    const { metadata } = this.#deployment;
    if (metadata.annotations?.[revisionAnnotation] === revision) return false;
    const annotations = copyWith(metadata.annotations, { [revisionAnnotation]: revision });
    this.#deployment = copyWith(this.#deployment, { metadata: copyWith(metadata, { annotations }) });
    return true;
  }

  /** Sets the Progressing condition, in memory. */
  setCondition(status: DeploymentCondition['status'], reason: string, message: string): void {
    const condition = makeCondition('Progressing', status, reason, message, this.world.now());
    this.#deployment = withDeploymentCondition(this.#deployment, condition);
  }

  /** Writes the Deployment as the sync has it. The sync goes on with the old version, as the real one does. */
  writeStatus(status: DeploymentStatus | undefined = this.#deployment.status): void {
    const { name = '' } = this.#deployment.metadata;
    const target = { resource: 'deployments.apps', namespace: this.namespace, name, subresource: 'status' };
    const body: Deployment = copyWith(this.#deployment, { ...(status && { status: withoutUndefined(status) }) });
    succeeded(this.world.client.update(target, body));
  }

  /** syncRolloutStatus: the status of a rollout; without a change the time is watched in which it must go on. */
  syncRolloutStatus(sets: ReplicaSets): void {
    const now = this.world.now();
    const status = rolloutStatus(this.#deployment, sets, now);
    if (!deepEqual(status, this.#deployment.status)) return this.writeStatus(status);
    const delay = stuckCheckDelay(this.#deployment, status, now);
    if (delay !== undefined) this.world.recheck(this.#deployment, delay);
  }

  /** syncDeploymentStatus: counts and availability only. */
  syncStatus(sets: ReplicaSets): void {
    const status = calculateStatus(this.#deployment, sets, this.world.now());
    if (!deepEqual(status, this.#deployment.status)) this.writeStatus(status);
  }
}

/** FindNewReplicaSet: the oldest ReplicaSet with the Deployment's template. */
function newestOf(deployment: Deployment, replicaSets: readonly ReplicaSet[]): ReplicaSet | undefined {
  return byAge(replicaSets).find((replicaSet) => sameTemplate(deployment, replicaSet));
}

/** Oldest first, equally old ones by name. */
export function byAge(replicaSets: readonly ReplicaSet[]): ReplicaSet[] {
  return replicaSets.toSorted((a, b) => {
    const [first, second] = [a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? ''];
    return compareBytes(first, second) || compareBytes(a.metadata.name ?? '', b.metadata.name ?? '');
  });
}

/** EqualIgnoreHash. */
function sameTemplate({ spec: deployment }: Deployment, { spec: replicaSet }: ReplicaSet): boolean {
  return deepEqual(withoutHash(deployment?.template), withoutHash(replicaSet?.template));
}

type Template = NonNullable<Deployment['spec']>['template'];

function withoutHash(template: Template | undefined): Template | undefined {
  if (template?.metadata?.labels?.[hashLabel] === undefined) return template;
  const { [hashLabel]: _, ...labels } = template.metadata.labels;
  return copyWith(template, { metadata: copyWith(template.metadata, { labels }) });
}
