// The template of a workload, and how it goes with the workload's selector
// (pkg/apis/core/validation ValidatePodTemplateSpec, pkg/apis/apps/validation, Kubernetes 1.36).
import { forbidden, invalid, notSupported } from '../../../api/field-error.ts';
import type { FieldPath } from '../../../api/field-path.ts';
import { matchesLabelSelector } from '../../../api/label-selector.ts';
import { labelValueProblems, qualifiedNameProblems } from '../../../api/names.ts';
import type { LabelSelector, PodSpec, PodTemplateSpec } from '../../../api/object.ts';
import type { Errors } from './checks.ts';
import { checkLabels } from './labels.ts';
import { checkAnnotations, checkImmutable } from './object-meta.ts';
import { shownMap, shownSelector } from './go-struct.ts';
import { checkPodAnnotations } from './pod/pod-annotations.ts';
import { checkPodSpec } from './pod/pod-spec.ts';
import { checkProfilesAgree } from './pod/profile-annotations.ts';

const noSpec: PodSpec = { containers: [] };

export function checkPodTemplate(template: PodTemplateSpec, path: FieldPath, errors: Errors): void {
  const { metadata = {}, spec = noSpec } = template;
  const annotations = path.child('annotations');
  checkLabels(metadata.labels, path.child('labels'), errors);
  checkAnnotations(metadata.annotations, annotations, errors);
  checkPodAnnotations(metadata.annotations, spec, annotations, errors);
  checkPodSpec(spec, path.child('spec'), errors);
  checkProfilesAgree(metadata.annotations, spec, path.child('spec'), errors);
  if (spec.ephemeralContainers?.length) {
    const detail = 'ephemeral containers not allowed in pod template';
    errors.push(forbidden(path.child('spec', 'ephemeralContainers'), detail));
  }
}

/** Pods of these workloads run until they are told to stop. `kind` is as the message calls it. */
export function checkRunsForever(
  { spec = noSpec }: PodTemplateSpec,
  kind: string,
  path: FieldPath,
  errors: Errors,
): void {
  const { restartPolicy = '', activeDeadlineSeconds } = spec;
  if (restartPolicy !== 'Always') {
    errors.push(notSupported(path.child('spec', 'restartPolicy'), restartPolicy, ['Always']));
  }
  if (activeDeadlineSeconds === undefined) return;
  const detail = `activeDeadlineSeconds in ${kind} is not Supported`;
  errors.push(forbidden(path.child('spec', 'activeDeadlineSeconds'), detail));
}

export const isEmptySelector = ({ matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean =>
  matchExpressions.length === 0 && Object.keys(matchLabels).length === 0;

/** Whether LabelSelectorAsSelector would make a selector of it; of none it makes one that selects nothing. */
export function isUsableSelector({ matchLabels = {}, matchExpressions = [] }: LabelSelector = {}): boolean {
  const usable = (key: string, values: readonly string[]) =>
    qualifiedNameProblems(key).length === 0 && values.every((value) => labelValueProblems(value).length === 0);
  return (
    Object.entries(matchLabels).every(([key, value]) => usable(key, [value])) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const takesValues = operator === 'In' || operator === 'NotIn';
      if (!takesValues && operator !== 'Exists' && operator !== 'DoesNotExist') return false;
      return takesValues === values.length > 0 && usable(key, values);
    })
  );
}

/** The workload has to find the Pods it makes. */
export function checkSelectsTemplate(
  selector: LabelSelector | undefined,
  { metadata }: PodTemplateSpec,
  path: FieldPath,
  errors: Errors,
): void {
  const labels = metadata?.labels;
  if (matchesLabelSelector(selector, labels)) return;
  const detail = '`selector` does not match template `labels`';
  errors.push(invalid(path.child('metadata', 'labels'), shownMap(labels), detail));
}

/** Which Pods a workload calls its own is settled when it is made. */
export function checkImmutableSelector(
  selector: LabelSelector | undefined,
  old: LabelSelector | undefined,
  path: FieldPath,
  errors: Errors,
): void {
  checkImmutable(shownSelector(selector), shownSelector(old), path, errors);
}
