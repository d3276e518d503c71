// Deployments and ReplicaSets (pkg/apis/apps/validation, Kubernetes 1.36).
import { forbidden, invalid, notSupported, required } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import type {
  Deployment,
  DeploymentSpec,
  DeploymentStrategy,
  LabelSelector,
  PodTemplateSpec,
  ReplicaSet,
  ReplicaSetSpec,
  RollingUpdateDeployment,
} from '../../../../api/object.ts';
import { checkNonNegative, type Errors } from '../checks.ts';
import { goStruct, shownSelector } from '../go-struct.ts';
import { amountOf, checkAtMostAll, checkIntOrPercent } from '../int-or-percent.ts';
import { checkLabelSelector } from '../labels.ts';
import { checkMetadata, checkMetadataUpdate, subdomainName } from '../object-meta.ts';
import {
  checkImmutableSelector,
  checkPodTemplate,
  checkRunsForever,
  checkSelectsTemplate,
  isEmptySelector,
  isUsableSelector,
} from '../pod-template.ts';

const specPath = FieldPath.of('spec');
const noTemplate: ReplicaSetSpec & DeploymentSpec = { template: {} };

interface Selecting {
  readonly selector?: LabelSelector;
  readonly template?: PodTemplateSpec;
}

/** Selector and template of a ReplicaSet, also of the one a Deployment makes. */
function checkSelectorAndTemplate({ selector, template = {} }: Selecting, path: FieldPath, errors: Errors): void {
  const at = path.child('selector');
  if (!selector) errors.push(required(at));
  else {
    checkLabelSelector(selector, at, errors);
    if (isEmptySelector(selector)) errors.push(invalid(at, {}, 'empty selector is invalid for deployment'));
  }
  if (!isUsableSelector(selector)) {
    errors.push(invalid(at, shownSelector(selector), 'invalid label selector'));
    return;
  }
  const templatePath = path.child('template');
  checkSelectsTemplate(selector, template, templatePath, errors);
  checkPodTemplate(template, templatePath, errors);
  checkRunsForever(template, 'ReplicaSet', templatePath, errors);
}

function checkRollingUpdate(update: RollingUpdateDeployment, path: FieldPath, errors: Errors): void {
  const { maxUnavailable, maxSurge } = update;
  const at = path.child('maxUnavailable');
  checkIntOrPercent(maxUnavailable, at, errors);
  checkIntOrPercent(maxSurge, path.child('maxSurge'), errors);
  if (amountOf(maxUnavailable) === 0 && amountOf(maxSurge) === 0) {
    errors.push(invalid(at, maxUnavailable, 'may not be 0 when `maxSurge` is 0'));
  }
  checkAtMostAll(maxUnavailable, at, errors);
}

function checkStrategy(strategy: DeploymentStrategy, path: FieldPath, errors: Errors): void {
  const at = path.child('rollingUpdate');
  if (strategy.type === 'Recreate') {
    if (!strategy.rollingUpdate) return;
    errors.push(forbidden(at, "may not be specified when strategy `type` is 'Recreate'"));
  } else if (strategy.type === 'RollingUpdate') {
    if (strategy.rollingUpdate) checkRollingUpdate(strategy.rollingUpdate, at, errors);
    else errors.push(required(at, 'this should be defaulted and never be nil'));
  } else {
    const shown = goStruct('apps/v1.DeploymentStrategy', strategy);
    errors.push(notSupported(path, shown, ['Recreate', 'RollingUpdate']));
  }
}

function checkDeploymentSpec(spec: DeploymentSpec, errors: Errors): void {
  const path = specPath;
  const { minReadySeconds = 0, progressDeadlineSeconds } = spec;
  checkNonNegative(spec.replicas, path.child('replicas'), errors);
  checkSelectorAndTemplate(spec, path, errors);
  checkStrategy(spec.strategy ?? {}, path.child('strategy'), errors);
  checkNonNegative(minReadySeconds, path.child('minReadySeconds'), errors);
  checkNonNegative(spec.revisionHistoryLimit, path.child('revisionHistoryLimit'), errors);
  if (progressDeadlineSeconds === undefined) return;
  const at = path.child('progressDeadlineSeconds');
  checkNonNegative(progressDeadlineSeconds, at, errors);
  if (progressDeadlineSeconds <= minReadySeconds) {
    errors.push(invalid(at, progressDeadlineSeconds, 'must be greater than minReadySeconds'));
  }
}

function checkReplicaSetSpec(spec: ReplicaSetSpec, errors: Errors): void {
  checkNonNegative(spec.replicas, specPath.child('replicas'), errors);
  checkNonNegative(spec.minReadySeconds, specPath.child('minReadySeconds'), errors);
  checkSelectorAndTemplate(spec, specPath, errors);
}

const meta = { namespaced: true, name: subdomainName };

export function checkDeployment({ metadata, spec = noTemplate }: Deployment, errors: Errors): void {
  checkMetadata(metadata, meta, errors);
  checkDeploymentSpec(spec, errors);
}

export function checkDeploymentUpdate(deployment: Deployment, old: Deployment, errors: Errors): void {
  const { metadata, spec = noTemplate } = deployment;
  checkMetadataUpdate(metadata, old.metadata, errors);
  checkDeploymentSpec(spec, errors);
  checkImmutableSelector(spec.selector, old.spec?.selector, specPath.child('selector'), errors);
}

export function checkReplicaSet({ metadata, spec = noTemplate }: ReplicaSet, errors: Errors): void {
  checkMetadata(metadata, meta, errors);
  checkReplicaSetSpec(spec, errors);
}

export function checkReplicaSetUpdate(replicaSet: ReplicaSet, old: ReplicaSet, errors: Errors): void {
  const { metadata, spec = noTemplate } = replicaSet;
  checkMetadataUpdate(metadata, old.metadata, errors);
  checkReplicaSetSpec(spec, errors);
  checkImmutableSelector(spec.selector, old.spec?.selector, specPath.child('selector'), errors);
}
