// Jobs (pkg/apis/batch/validation, ValidateJob and ValidateJobUpdate, and pkg/registry/batch/job, Kubernetes 1.36).
import { invalid, required } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import { matchesLabelSelector } from '../../../../api/label-selector.ts';
import { dns1123LabelProblems } from '../../../../api/names.ts';
import type { Container, Job, JobSpec, PodSpec, PodTemplateSpec } from '../../../../api/object.ts';
import type { Errors } from '../checks.ts';
import { goStruct, shownMap, shownSelector, withoutEmpty } from '../go-struct.ts';
import { checkLabelSelector } from '../labels.ts';
import { checkImmutable, checkMetadata, checkMetadataUpdate, metadataPath, subdomainName } from '../object-meta.ts';
import { checkImmutableSelector, checkSelectsTemplate, isUsableSelector } from '../pod-template.ts';
import { goPodSpec } from '../pod/go-pod-spec.ts';
import { unmodelledOfTemplate } from '../pod/unmodelled.ts';
import { semanticEqual } from '../semantic-equal.ts';
import type { KindRules } from '../validation.ts';
import { checkJobSpec, unmodelledOfJobSpec } from './job-spec.ts';

const path = FieldPath.of('spec');
const noSpec: JobSpec = { template: {} };
const prefix = 'batch.kubernetes.io/';

/** ValidateHasLabel, of a label that the server would have made from the Job. */
function checkHasLabel({ metadata }: PodTemplateSpec, key: string, expected: string, errors: Errors): void {
  const at = path.child('template', 'metadata', 'labels').key(key);
  const value = metadata?.labels?.[key];
  if (value === undefined) errors.push(required(at, `must be '${expected}'`));
  else if (value !== expected) errors.push(invalid(at, shownMap(metadata?.labels), `must be '${expected}'`));
}

/** `prefixed`: whether the Job was made by a server that sets the labels with a prefix. */
function checkGeneratedSelector({ metadata, spec = noSpec }: Job, prefixed: boolean, errors: Errors): void {
  const { manualSelector, selector, template } = spec;
  if (manualSelector || !selector) return;
  const { uid = '', name = '' } = metadata;
  const expected: Record<string, string> = { 'controller-uid': uid, 'job-name': name };
  checkHasLabel(template, 'controller-uid', uid, errors);
  checkHasLabel(template, 'job-name', name, errors);
  if (prefixed) {
    checkHasLabel(template, `${prefix}controller-uid`, uid, errors);
    checkHasLabel(template, `${prefix}job-name`, name, errors);
    Object.assign(expected, { [`${prefix}controller-uid`]: uid, [`${prefix}job-name`]: name });
  }
  if (!isUsableSelector(selector) || matchesLabelSelector(selector, expected)) return;
  errors.push(invalid(path.child('selector'), shownSelector(selector), '`selector` not auto-generated'));
}

function checkSelectingSpec(spec: JobSpec, errors: Errors): void {
  checkJobSpec(spec, path, errors);
  if (!spec.selector) errors.push(required(path.child('selector')));
  else checkLabelSelector(spec.selector, path.child('selector'), errors);
  if (!isUsableSelector(spec.selector)) return;
  checkSelectsTemplate(spec.selector, spec.template, path.child('template'), errors);
}

/** The Pods of indexes are called after the Job, so the longest of these names must be one. */
function checkHostname({ metadata: { name = '' }, spec = noSpec }: Job, errors: Errors): void {
  const { completionMode, completions = 0 } = spec;
  if (completionMode !== 'Indexed' || completions <= 0) return;
  const hostname = `${name}-${completions - 1}`;
  if (!dns1123LabelProblems(hostname).length) return;
  const detail = `will not able to create pod with invalid DNS label: ${hostname}`;
  errors.push(invalid(metadataPath.child('name'), name, detail));
}

function checkJob(job: Job, prefixed: boolean, errors: Errors): void {
  checkMetadata(job.metadata, { namespaced: true, name: subdomainName }, errors);
  checkGeneratedSelector(job, prefixed, errors);
  checkSelectingSpec(job.spec ?? noSpec, errors);
  checkHostname(job, errors);
}

const isCondition = ({ status }: Job, type: string) =>
  status?.conditions?.some((condition) => condition.type === type && condition.status === 'True') ?? false;

/** Whether the Job waits and has nothing that runs, so that what its Pods need can still change. */
const isWaiting = (job: Job) =>
  job.spec?.suspend === true &&
  (!job.status?.startTime || isCondition(job, 'Suspended')) &&
  (job.status?.active ?? 0) === 0;

/** Where the Pods of a waiting Job may run is taken over from the new template. */
function withScheduling(old: PodTemplateSpec, { metadata, spec }: PodTemplateSpec): PodTemplateSpec {
  const { affinity: before, ...others } = old.spec ?? { containers: [] };
  const { affinity, nodeSelector, tolerations, schedulingGates } = spec ?? {};
  const { nodeAffinity: _, ...kept } = before ?? {};
  const node = affinity?.nodeAffinity && { nodeAffinity: affinity.nodeAffinity };
  const allowed = affinity ? { ...kept, ...node } : Object.keys(kept).length ? kept : undefined;
  return {
    metadata: { ...old.metadata, annotations: metadata?.annotations ?? {}, labels: metadata?.labels ?? {} },
    spec: {
      ...others,
      affinity: allowed,
      nodeSelector,
      tolerations,
      schedulingGates,
    } as PodSpec,
  };
}

/** The containers of the old template with the resources of the new one, where they are the same containers. */
function withResources(old: readonly Container[] | undefined, now: readonly Container[] | undefined) {
  if (old?.length !== now?.length) return old;
  return old?.map((container, i) => {
    const { resources, name } = now?.[i] ?? { name: '' };
    return container.name === name ? { ...container, resources } : container;
  });
}

function checkTemplateChange(template: PodTemplateSpec, old: Job, errors: Errors): void {
  const waiting = isWaiting(old);
  const before = old.spec?.template ?? {};
  const compared = waiting ? withScheduling(before, template) : before;
  const shown = goPodSpec(template.spec ?? { containers: [] });
  if (!waiting) {
    const same = semanticEqual(template, compared);
    const whole = { ...(withoutEmpty(template.metadata ?? {}) as object), Spec: shown };
    if (!same) errors.push(invalid(path.child('template'), whole, 'field is immutable'));
    return;
  }
  const spec = compared.spec ?? { containers: [] };
  const allowed = {
    ...spec,
    containers: withResources(spec.containers, template.spec?.containers),
    initContainers: withResources(spec.initContainers, template.spec?.initContainers),
  };
  if (semanticEqual(template.spec, allowed)) return;
  errors.push(invalid(path.child('template', 'spec'), shown, 'field is immutable'));
}

/** Only a Job with indexes may change how many it completes, and only together with how many run. */
function checkCompletions({ completionMode, completions, parallelism }: JobSpec, old: JobSpec, errors: Errors): void {
  const at = path.child('completions');
  if (completionMode !== 'Indexed')
    return checkImmutable(completions, old.completions, at, errors, completions ?? null);
  if (completions === old.completions || completions === undefined || completions === parallelism) return;
  errors.push(invalid(at, completions, 'can only be modified in tandem with spec.parallelism'));
}

function checkChange(spec: JobSpec, old: Job, errors: Errors): void {
  const before = old.spec ?? noSpec;
  checkCompletions(spec, before, errors);
  checkImmutableSelector(spec.selector, before.selector, path.child('selector'), errors);
  checkTemplateChange(spec.template, old, errors);
  const fixed = (name: 'completionMode' | 'backoffLimitPerIndex' | 'managedBy') =>
    checkImmutable(spec[name], before[name], path.child(name), errors, spec[name] ?? null);
  const fixedStruct = (name: 'podFailurePolicy' | 'successPolicy', type: string) => {
    const shown = spec[name] ? goStruct(`batch/v1.${type}`, spec[name]) : null;
    checkImmutable(withoutEmpty(spec[name]), withoutEmpty(before[name]), path.child(name), errors, shown);
  };
  fixed('completionMode');
  fixedStruct('podFailurePolicy', 'PodFailurePolicy');
  fixed('backoffLimitPerIndex');
  fixed('managedBy');
  fixedStruct('successPolicy', 'SuccessPolicy');
}

export const jobRules: KindRules<Job> = {
  create: (job, errors) => checkJob(job, true, errors),
  update(job, old, errors) {
    const labels = old.spec?.template.metadata?.labels ?? {};
    const prefixed = [`${prefix}job-name`, `${prefix}controller-uid`].every((key) => labels[key] !== undefined);
    checkJob(job, prefixed, errors);
    checkMetadataUpdate(job.metadata, old.metadata, errors);
    checkSelectingSpec(job.spec ?? noSpec, errors);
    checkChange(job.spec ?? noSpec, old, errors);
  },
  unmodelled: [
    ...unmodelledOfTemplate('spec.template'),
    ...unmodelledOfJobSpec.map((field) => ({ ...field, within: 'spec' })),
  ],
};
