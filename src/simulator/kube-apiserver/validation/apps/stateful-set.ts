// StatefulSets (pkg/apis/apps/validation, Kubernetes 1.36).
import { invalid, required } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import type {
  PodTemplateSpec,
  StatefulSet,
  StatefulSetSpec,
  StatefulSetUpdateStrategy,
  Volume,
} from '../../../../api/object.ts';
import { checkNonNegative, checkSupported, type Errors } from '../checks.ts';
import { goStruct, shownSelector } from '../go-struct.ts';
import { checkLabel, checkLabelSelector } from '../labels.ts';
import { checkMetadata, labelName } from '../object-meta.ts';
import {
  checkPodTemplate,
  checkRunsForever,
  checkSelectsTemplate,
  isEmptySelector,
  isUsableSelector,
} from '../pod-template.ts';
import { checkClaimSpec } from '../volume-claim.ts';

const path = FieldPath.of('spec');
const noSpec: StatefulSetSpec = { template: {}, serviceName: '' };

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

/** The template as its Pods get it: each claim is a volume of the claim's name, in place of one that is there. */
function withClaims({ template = {}, volumeClaimTemplates = [] }: StatefulSetSpec): PodTemplateSpec {
  const { spec } = template;
  if (!spec || !volumeClaimTemplates.length) return template;
  const names = new Set(volumeClaimTemplates.map(({ metadata }) => metadata?.name ?? ''));
  const claims = [...names].map((name): Volume => ({ name, persistentVolumeClaim: { claimName: name } }));
  const others = spec.volumes?.filter(({ name }) => !names.has(name)) ?? [];
  return { ...template, spec: { ...spec, volumes: [...claims, ...others] } };
}

function checkSelectorAndTemplate(spec: StatefulSetSpec, errors: Errors): void {
  const { selector } = spec;
  const template = withClaims(spec);
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
    checkPodTemplate(template, templatePath, errors);
  }
  checkRunsForever(template, 'StatefulSet', templatePath, errors);
}

function checkSpec(spec: StatefulSetSpec, errors: Errors): void {
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
  checkNonNegative(spec.replicas, path.child('replicas'), errors);
  checkNonNegative(spec.minReadySeconds, path.child('minReadySeconds'), errors);
  checkNonNegative(spec.ordinals?.start, path.child('ordinals', 'start'), errors);
  if (serviceName) checkLabel(serviceName, path.child('serviceName'), errors);
  spec.volumeClaimTemplates?.forEach((claim, i) =>
    checkClaimSpec(claim.spec ?? {}, path.child('volumeClaimTemplates').index(i).child('spec'), errors),
  );
  checkSelectorAndTemplate(spec, errors);
}

export function checkStatefulSet({ metadata, spec = noSpec }: StatefulSet, errors: Errors): void {
  checkMetadata(metadata, { namespaced: true, name: labelName }, errors);
  checkSpec(spec, errors);
}
