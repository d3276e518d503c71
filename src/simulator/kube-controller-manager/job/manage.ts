// As many Pods of a Job as may run now (manageJob and deleteActivePods in k8s.io/kubernetes/pkg/controller/job/job_controller.go, v1.36).
import { keyOf, type Container, type Pod } from '../../../api/object.ts';
import type { ApiStatus } from '../../../api/status.ts';
import type { ControllerContext } from '../controller.ts';
import { plainDeletionOrder } from '../deletion-order.ts';
import type { Expectations } from '../expectations.ts';
import type { OwnedPodControl } from '../pod-control.ts';
import { podFromTemplate } from '../pod-from-template.ts';
import { isPodReady, isPodTerminating } from '../pod-state.ts';
import { remainingBackOff } from './back-off.ts';
import { firstFree, indexesOf, union } from './indexes.ts';
import { hasLimitPerIndex, isIndexed, isSuspended, podIndexes, type JobLook } from './look.ts';
import { allFailures, failureCount, finishedAt, indexFailures, indexIgnoredFailures } from './pods.ts';
import { indexKey, replacesOnlyFailed, trackingFinalizer, validIndex } from './pods.ts';
import { counts, judgeFailure } from './policies.ts';

/** How many Pods one sync creates or deletes at most. */
const burst = 500;
/** So long a prefix of a generated name may be. */
const maxPrefix = 58;

/** Takes the tracking finalizer from a Pod. */
export const lettingGo = { metadata: { '$deleteFromPrimitiveList/finalizers': [trackingFinalizer] } };

/** What became of a Job's Pods in a sync. */
export interface Managed {
  readonly active: number;
  readonly ready: number;
  readonly terminating: number;
  readonly failure?: ApiStatus | undefined;
  /** Virtual milliseconds after which Pods that failed may be replaced. */
  readonly retryAfter?: number;
}

export class JobPods {
  readonly #context: ControllerContext;
  readonly #control: OwnedPodControl;
  readonly #expectations: Expectations;

  constructor(context: ControllerContext, control: OwnedPodControl, expectations: Expectations) {
    this.#context = context;
    this.#control = control;
    this.#expectations = expectations;
  }

  /** The Job is over: what still runs has to end. The finalizers stay, so that it can be counted. */
  endAll(look: JobLook): Managed & { readonly deleted: number } {
    const { job, active } = look;
    let failure: ApiStatus | undefined;
    let deleted = active.length;
    for (const pod of active) {
      const refusal = this.#control.delete(job, pod);
      if (!refusal || refusal.reason === 'NotFound') continue;
      deleted--;
      failure ??= refusal;
    }
    return { ...without(look, active, deleted), deleted, failure };
  }

  manage(look: JobLook): Managed {
    const { job, active, succeeded } = look;
    const { parallelism = 1, completions } = job.spec ?? {};
    if (isSuspended(job)) return this.#remove(look, active);
    const unlimited = succeeded > 0 ? active.length : parallelism;
    const wanted = completions === undefined ? unlimited : Math.max(0, Math.min(completions - succeeded, parallelism));
    const surplus = surplusPods(look, Math.max(0, active.length - wanted));
    if (surplus.length > 0) return this.#remove(look, surplus.slice(0, burst));
    const leaving = replacesOnlyFailed(job) ? look.terminating : 0;
    const missing = wanted - leaving - active.length;
    return missing > 0 ? this.#add(look, Math.min(missing, burst)) : without(look, [], 0);
  }

  #remove(look: JobLook, pods: readonly Pod[]): Managed {
    const { client } = this.#context;
    const key = keyOf(look.job);
    this.#expectations.expectDeletions(key, pods.map(keyOf));
    let failure: ApiStatus | undefined;
    let deleted = pods.length;
    for (const pod of pods) {
      const { namespace = '', name = '' } = pod.metadata;
      const released = client.patch({ resource: 'pods', namespace, name }, 'strategic', lettingGo);
      const refusal = released.ok ? this.#control.delete(look.job, pod) : released.status;
      if (!refusal) continue;
      this.#expectations.deletionSeen(key, keyOf(pod));
      if (refusal.reason === 'NotFound') continue;
      deleted--;
      failure ??= refusal;
    }
    return { ...without(look, pods, deleted), failure };
  }

  #add(look: JobLook, missing: number): Managed {
    const { job, kept } = look;
    const { now } = this.#context.kernel;
    const wait = hasLimitPerIndex(job) ? 0 : remainingBackOff(look.backOff, now);
    if (wait > 0) return { ...without(look, [], 0), retryAfter: wait };
    if (!isIndexed(job)) return this.#create(look, Array<undefined>(missing).fill(undefined));
    const waits = freeIndexes(look, missing).map((index) => ({ index, wait: indexBackOff(kept.get(index), now) }));
    const due = waits.filter((one) => one.wait === 0);
    if (waits.length > 0 && due.length === 0) {
      return { ...without(look, [], 0), retryAfter: Math.min(...waits.map((one) => one.wait)) };
    }
    return this.#create(
      look,
      due.map(({ index }) => index),
    );
  }

  #create(look: JobLook, indexes: readonly (number | undefined)[]): Managed {
    const { job, active, ready, terminating } = look;
    const key = keyOf(job);
    this.#expectations.expectCreations(key, indexes.length);
    const { created, failure } = this.#control.createAll(job, indexes, (index) => newPod(look, index));
    for (let i = created; i < indexes.length; i++) this.#expectations.creationSeen(key);
    return { active: active.length + created, ready, terminating, failure };
  }
}

/** The counts after so many Pods were deleted. */
function without({ active, ready, terminating }: JobLook, pods: readonly Pod[], deleted: number): Managed {
  return {
    active: active.length - deleted,
    ready: ready - pods.filter(isPodReady).length,
    terminating: terminating + deleted,
  };
}

/** What has to go: of an indexed Job also what has no index of it, and the second Pod of an index. */
function surplusPods({ job, active }: JobLook, atLeast: number): readonly Pod[] {
  const surplus: Pod[] = [];
  const left: Pod[] = [];
  const taken = new Set<number>();
  // from the end of the order on, so that the one of an index that is kept is the last to go
  for (const pod of plainDeletionOrder(active).reverse()) {
    const index = validIndex(pod, job);
    const isWanted = !isIndexed(job) || (index !== undefined && !taken.has(index));
    if (index !== undefined) taken.add(index);
    (isWanted ? left : surplus).push(pod);
  }
  const more = atLeast - surplus.length;
  return more > 0 ? [...surplus, ...left.reverse().slice(0, more)] : surplus;
}

/** The first indexes that have neither a Pod nor an end. */
function freeIndexes(look: JobLook, count: number): number[] {
  const { job, pods, active } = look;
  const leaving = replacesOnlyFailed(job) ? pods.filter(isPodTerminating) : [];
  const busy = indexesOf(podIndexes([...active, ...leaving]));
  const ended = union(look.succeededIndexes, look.failedIndexes ?? []);
  return firstFree(union(busy, ended), count, job.spec?.completions ?? 0);
}

function indexBackOff(last: Pod | undefined, now: number): number {
  return last ? remainingBackOff({ failures: allFailures(last) + 1, lastFailure: finishedAt(last) }, now) : 0;
}

function newPod(look: JobLook, index: number | undefined): Pod {
  const { job } = look;
  const made = podFromTemplate(job, job.spec?.template);
  const finalizers = [...new Set([...(made.metadata.finalizers ?? []), trackingFinalizer])];
  const pod: Pod = { ...made, metadata: { ...made.metadata, finalizers } };
  if (index === undefined || !pod.spec) return pod;
  const { labels, annotations } = pod.metadata;
  const { spec } = pod;
  const ending = `-${index}-`;
  return {
    ...pod,
    metadata: {
      ...pod.metadata,
      generateName: (job.metadata.name ?? '').slice(0, maxPrefix - ending.length) + ending,
      labels: { ...labels, [indexKey]: `${index}` },
      annotations: { ...annotations, [indexKey]: `${index}`, ...failuresBefore(look, index) },
    },
    spec: {
      ...spec,
      hostname: `${job.metadata.name}${ending.slice(0, -1)}`,
      containers: spec.containers.map(withIndexVariable),
      ...(spec.initContainers && { initContainers: spec.initContainers.map(withIndexVariable) }),
    },
  };
}

/** The failures of the index so far, with that of the Pod which is replaced. */
function failuresBefore({ job, kept }: JobLook, index: number): Record<string, string> {
  if (!hasLimitPerIndex(job)) return {};
  const last = kept.get(index);
  if (!last) return { [indexFailures]: '0' };
  const counted = counts(judgeFailure(job, last));
  const ignored = failureCount(last, indexIgnoredFailures) + Number(!counted);
  return {
    [indexFailures]: `${failureCount(last, indexFailures) + Number(counted)}`,
    ...(ignored > 0 && { [indexIgnoredFailures]: `${ignored}` }),
  };
}

function withIndexVariable(container: Container): Container {
  const name = 'JOB_COMPLETION_INDEX';
  if (container.env?.some((variable) => variable.name === name)) return container;
  const variable = { name, valueFrom: { fieldRef: { fieldPath: `metadata.labels['${indexKey}']` } } };
  return { ...container, env: [...(container.env ?? []), variable] };
}
