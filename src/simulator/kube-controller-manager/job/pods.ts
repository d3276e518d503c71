// What a Pod says to the Job it belongs to (k8s.io/kubernetes/pkg/controller/job: tracking_utils.go, backoff_utils.go and
// indexed_job_utils.go, v1.36).
import type { ContainerStatus, Job, Pod } from '../../../api/object.ts';
import { parseTime } from '../../kernel/time.ts';
import { readyCondition } from '../pod-state.ts';

/** Keeps a Pod until its Job has counted it. */
export const trackingFinalizer = 'batch.kubernetes.io/job-tracking';
/** An annotation of a Pod and a label at once. */
export const indexKey = 'batch.kubernetes.io/job-completion-index';
export const indexFailures = 'batch.kubernetes.io/job-index-failure-count';
export const indexIgnoredFailures = 'batch.kubernetes.io/job-index-ignored-failure-count';

export function isTracked({ metadata }: Pod): boolean {
  return metadata.finalizers?.includes(trackingFinalizer) ?? false;
}

/** Whether Pods are replaced only when they have failed, not while they are about to go. */
export function replacesOnlyFailed({ spec }: Job): boolean {
  return spec?.podReplacementPolicy === 'Failed' || spec?.podFailurePolicy !== undefined;
}

/** A Pod that goes without having succeeded counts as failed, unless failed ones alone are replaced. */
export function isPodFailed(pod: Pod, job: Job): boolean {
  const phase = pod.status?.phase;
  if (phase === 'Failed') return true;
  return !replacesOnlyFailed(job) && pod.metadata.deletionTimestamp != null && phase !== 'Succeeded';
}

/** The index of an indexed Job's Pod; undefined: it has none. */
export function completionIndex({ metadata }: Pod): number | undefined {
  const text = metadata.annotations?.[indexKey] ?? '';
  return /^\+?\d+$/.test(text) ? Number(text) : undefined;
}

/** The same, where the Job has such an index. */
export function validIndex(pod: Pod, { spec }: Job): number | undefined {
  const index = completionIndex(pod);
  return index !== undefined && index < (spec?.completions ?? 0) ? index : undefined;
}

/** How often Pods of the same index had failed before this one, by an annotation. */
export function failureCount({ metadata }: Pod, annotation: string): number {
  const text = metadata.annotations?.[annotation] ?? '';
  const count = /^\+?\d+$/.test(text) ? Number(text) : 0;
  return count <= 0x7fffffff ? count : 0;
}

/** Failures of its index before this one, counted or not. */
export function allFailures(pod: Pod): number {
  return failureCount(pod, indexFailures) + failureCount(pod, indexIgnoredFailures);
}

/** When a Pod ended (virtual milliseconds): its last container; or when it was ready no more, its deletion, its creation. */
export function finishedAt(pod: Pod): number {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0, creationTimestamp } = pod.metadata;
  const ready = readyCondition(pod);
  const unready = ready?.status === 'False' ? timeOf(ready.lastTransitionTime) : undefined;
  const deletion = timeOf(deletionTimestamp);
  const deleted = deletion === undefined ? undefined : deletion - deletionGracePeriodSeconds * 1000;
  return containersEnd(pod) ?? unready ?? deleted ?? timeOf(creationTimestamp) ?? 0;
}

function containersEnd({ spec, status }: Pod): number | undefined {
  const isSidecar = ({ name }: ContainerStatus) =>
    spec?.initContainers?.some((container) => container.name === name && container.restartPolicy === 'Always');
  const containers = (status?.containerStatuses ?? []).map(endOf);
  const sidecars = (status?.initContainerStatuses ?? []).filter(isSidecar).map(endOf);
  if (sidecars.includes(undefined)) return undefined;
  const ends = [...(containers.includes(undefined) ? [] : containers), ...sidecars].filter((end) => end !== undefined);
  return ends.length > 0 ? Math.max(...ends) : undefined;
}

const endOf = ({ state }: ContainerStatus) => timeOf(state?.terminated?.finishedAt);

const timeOf = (time: string | null | undefined) => (time ? parseTime(time) : undefined);
