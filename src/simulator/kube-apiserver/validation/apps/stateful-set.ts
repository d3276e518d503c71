// StatefulSets (pkg/apis/apps/validation, Kubernetes 1.36).
import { forbidden, invalid, required } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import type {
  PodSpec,
  PodTemplateSpec,
  StatefulSet,
  StatefulSetSpec,
  StatefulSetUpdateStrategy,
  Volume,
} from '../../../../api/object.ts';
import { checkNonNegative, checkSupported, type Errors } from '../checks.ts';
import { goStruct, shownSelector } from '../go-struct.ts';
import { checkLabel, checkLabels, checkLabelSelector } from '../labels.ts';
import { checkAnnotations, checkMetadata, checkMetadataUpdate, labelName } from '../object-meta.ts';
import {
  checkPodTemplate,
  checkRunsForever,
  checkSelectsTemplate,
  isEmptySelector,
  isUsableSelector,
} from '../pod-template.ts';
import { checkPodAnnotations } from '../pod/pod-annotations.ts';
import { semanticEqual } from '../semantic-equal.ts';
import { checkClaimSpec } from '../volume-claim.ts';

const path = FieldPath.of('spec');
const noSpec: StatefulSetSpec = { template: {}, serviceName: '' };
const noPodSpec: PodSpec = { containers: [] };

function checkUpdateStrategy(strategy: StatefulSetUpdateStrategy, at: FieldPath, errors: Errors): void {
  const { type, rollingUpdate } = strategy;
  if (!type) errors.push(required(at));
  else if (type === 'OnDelete') {
    if (!rollingUpdate) return;
    const shown = goStruct('apps/v1.RollingUpdateStatefulSetStrategy', rollingUpdate);
    errors.push(invalid(at.child('rollingUpdate'), shown, "only allowed for updateStrategy 'RollingUpdate'"));
  } else if (type === 'RollingUpdate') {
    checkNonNegative(rollingUpdate?.partition, at.child('rollingUpdate', 'partition'), errors);
  } else {
    const shown = goStruct('apps/v1.StatefulSetUpdateStrategy', strategy);
    errors.push(invalid(at, shown, "must be 'RollingUpdate' or 'OnDelete'"));
  }
}

/**
 * The template as its Pods get it: named by the controller, and each claim is a volume of the claim's name, in place of one that
 * is there.
 */
function asInstantiated({ template = {}, volumeClaimTemplates = [] }: StatefulSetSpec): PodTemplateSpec {
  if (!template.spec) return template;
  const { hostname: _, subdomain: __, ...spec } = template.spec;
  if (!volumeClaimTemplates.length) return { ...template, spec };
  const names = new Set(volumeClaimTemplates.map(({ metadata }) => metadata?.name ?? ''));
  const claims = [...names].map((name): Volume => ({ name, persistentVolumeClaim: { claimName: name } }));
  const others = spec.volumes?.filter(({ name }) => !names.has(name)) ?? [];
  return { ...template, spec: { ...spec, volumes: [...claims, ...others] } };
}

/** Labels and annotations of the template are looked at once more than those of other workloads. */
function checkTemplate(template: PodTemplateSpec, at: FieldPath, errors: Errors): void {
  const { labels, annotations } = template.metadata ?? {};
  checkPodTemplate(template, at, errors);
  checkLabels(labels, at.child('labels'), errors);
  checkAnnotations(annotations, at.child('annotations'), errors);
  checkPodAnnotations(annotations, template.spec ?? noPodSpec, at.child('annotations'), errors);
}

/** `templates`: whether the template of Pods is looked at as a whole. */
function checkSelectorAndTemplate(spec: StatefulSetSpec, templates: boolean, errors: Errors): void {
  const { selector } = spec;
  const template = asInstantiated(spec);
  const at = path.child('selector');
  if (!selector) errors.push(required(at));
  else {
    checkLabelSelector(selector, at, errors);
    if (isEmptySelector(selector)) errors.push(invalid(at, {}, 'empty selector is invalid for statefulset'));
  }
  const templatePath = path.child('template');
  if (!isUsableSelector(selector)) errors.push(invalid(at, shownSelector(selector), ''));
  else {
    checkSelectsTemplate(selector, template, templatePath, errors);
    if (templates) checkTemplate(template, templatePath, errors);
  }
  checkRunsForever(template, 'StatefulSet', templatePath, errors);
}

/** What is not looked at again when a StatefulSet is updated: what may not change, and what was wrong before. */
interface Tolerated {
  readonly fixed: boolean;
  readonly template: boolean;
}

const nothing: Tolerated = { fixed: false, template: false };

function checkSpec(spec: StatefulSetSpec, tolerated: Tolerated, errors: Errors): void {
  const { podManagementPolicy, persistentVolumeClaimRetentionPolicy: retention, serviceName } = spec;
  const policies = ['Retain', 'Delete'];
  if (!podManagementPolicy) errors.push(required(path.child('podManagementPolicy')));
  else if (podManagementPolicy !== 'OrderedReady' && podManagementPolicy !== 'Parallel') {
    const detail = "must be 'OrderedReady' or 'Parallel'";
    errors.push(invalid(path.child('podManagementPolicy'), podManagementPolicy, detail));
  }
  checkUpdateStrategy(spec.updateStrategy ?? {}, path.child('updateStrategy'), errors);
  const retentionPath = path.child('persistentVolumeClaimRetentionPolicy');
  checkSupported(retention?.whenDeleted, policies, retentionPath.child('whenDeleted'), errors);
  checkSupported(retention?.whenScaled, policies, retentionPath.child('whenScaled'), errors);
  if (!tolerated.fixed) {
    spec.volumeClaimTemplates?.forEach((claim, i) =>
      checkClaimSpec(claim.spec ?? {}, path.child('volumeClaimTemplates').index(i).child('spec'), errors),
    );
  }
  checkNonNegative(spec.replicas, path.child('replicas'), errors);
  checkNonNegative(spec.minReadySeconds, path.child('minReadySeconds'), errors);
  checkNonNegative(spec.ordinals?.start, path.child('ordinals', 'start'), errors);
  if (serviceName && !tolerated.fixed) checkLabel(serviceName, path.child('serviceName'), errors);
  checkSelectorAndTemplate(spec, !tolerated.template, errors);
}

export function checkStatefulSet({ metadata, spec = noSpec }: StatefulSet, errors: Errors): void {
  checkMetadata(metadata, { namespaced: true, name: labelName }, errors);
  checkSpec(spec, nothing, errors);
}

/** Fields of the spec that an update may change; the others are settled when the StatefulSet is made. */
const changeable: readonly (keyof StatefulSetSpec)[] = [
  'replicas',
  'template',
  'updateStrategy',
  'minReadySeconds',
  'ordinals',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
];
const unchangeable =
  "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";

/** The spec without what may change and what kubectl and the server add to the claims of a template. */
function fixedPart(spec: StatefulSetSpec): Partial<StatefulSetSpec> {
  const { volumeClaimTemplates, ...rest } = spec;
  const fixed: Partial<Record<keyof StatefulSetSpec, unknown>> = {
    ...rest,
    volumeClaimTemplates: volumeClaimTemplates?.map(({ metadata, spec: claim, status }) => ({
      metadata,
      claim,
      status,
    })),
  };
  for (const name of changeable) delete fixed[name];
  return fixed as Partial<StatefulSetSpec>;
}

export function checkStatefulSetUpdate(
  { metadata, spec = noSpec }: StatefulSet,
  old: StatefulSet,
  errors: Errors,
): void {
  const before = old.spec ?? noSpec;
  const earlier: Errors = [];
  checkMetadataUpdate(metadata, old.metadata, errors);
  checkSpec(before, { fixed: true, template: false }, earlier);
  checkSpec(spec, { fixed: true, template: earlier.length > 0 }, errors);
  if (!semanticEqual(fixedPart(spec), fixedPart(before))) errors.push(forbidden(path, unchangeable));
}
