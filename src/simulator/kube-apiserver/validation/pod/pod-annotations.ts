// Annotations of Pods that the server reads (pkg/apis/core/validation, ValidatePodSpecificAnnotations, Kubernetes 1.36).
import { invalid } from '../../../../api/field-error.ts';
import type { FieldPath } from '../../../../api/field-path.ts';
import type { ObjectMeta, PodSpec } from '../../../../api/object.ts';
import type { Errors } from '../checks.ts';
import { checkProfileAnnotations } from './profile-annotations.ts';

const mirror = 'kubernetes.io/config.mirror';
const deletionCost = 'controller.kubernetes.io/pod-deletion-cost';
const int32 = 2 ** 31;

/** GetDeletionCostFromPodAnnotations: a number of 32 bits as Go writes one. */
function isCost(value: string): boolean {
  return /^(0|-?[1-9]\d*)$/.test(value) && Number(value) >= -int32 && Number(value) < int32;
}

export function checkPodAnnotations(
  annotations: ObjectMeta['annotations'],
  spec: PodSpec,
  path: FieldPath,
  errors: Errors,
): void {
  if (!annotations) return;
  if (annotations[mirror] !== undefined && !spec.nodeName) {
    const detail = 'must set spec.nodeName if mirror pod annotation is set';
    errors.push(invalid(path.key(mirror), annotations[mirror], detail));
  }
  const cost = annotations[deletionCost];
  if (cost !== undefined && !isCost(cost))
    errors.push(invalid(path.key(deletionCost), cost, 'must be a 32bit integer'));
  checkProfileAnnotations(annotations, spec, path, errors);
}
