// DaemonSets (pkg/apis/apps/validation, Kubernetes 1.36).
import { invalid, notSupported, required } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import type { DaemonSet, DaemonSetSpec, DaemonSetUpdateStrategy } from '../../../../api/object.ts';
import { checkNonNegative, type Errors } from '../checks.ts';
import { goStruct } from '../go-struct.ts';
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

const path = FieldPath.of('spec');
const noSpec: DaemonSetSpec = { template: {} };

function checkUpdateStrategy(strategy: DaemonSetUpdateStrategy, at: FieldPath, errors: Errors): void {
  if (strategy.type === 'OnDelete') return;
  if (strategy.type !== 'RollingUpdate') {
    const shown = goStruct('apps/v1.DaemonSetUpdateStrategy', strategy);
    errors.push(notSupported(at, shown, ['RollingUpdate', 'OnDelete']));
    return;
  }
  const update = at.child('rollingUpdate');
  if (!strategy.rollingUpdate) return void errors.push(required(update));
  const { maxUnavailable, maxSurge } = strategy.rollingUpdate;
  const unavailable = update.child('maxUnavailable');
  const surge = update.child('maxSurge');
  checkIntOrPercent(maxUnavailable, unavailable, errors);
  checkIntOrPercent(maxSurge, surge, errors);
  checkAtMostAll(maxUnavailable, unavailable, errors);
  checkAtMostAll(maxSurge, surge, errors);
  if (amountOf(maxUnavailable) !== 0 && amountOf(maxSurge) !== 0) {
    errors.push(invalid(surge, maxSurge, 'may not be set when maxUnavailable is non-zero'));
  } else if (amountOf(maxUnavailable) === 0 && amountOf(maxSurge) === 0) {
    errors.push(required(unavailable, 'cannot be 0 when maxSurge is 0'));
  }
}

function checkSpec(spec: DaemonSetSpec, errors: Errors): void {
  const { selector, template = {} } = spec;
  const templatePath = path.child('template');
  checkLabelSelector(selector, path.child('selector'), errors);
  if (isUsableSelector(selector)) checkSelectsTemplate(selector, template, templatePath, errors);
  if (selector && isEmptySelector(selector)) {
    errors.push(invalid(path.child('selector'), {}, 'empty selector is invalid for daemonset'));
  }
  checkPodTemplate(template, templatePath, errors);
  checkRunsForever(template, 'DaemonSet', templatePath, errors);
  checkNonNegative(spec.minReadySeconds, path.child('minReadySeconds'), errors);
  checkUpdateStrategy(spec.updateStrategy ?? {}, path.child('updateStrategy'), errors);
  checkNonNegative(spec.revisionHistoryLimit, path.child('revisionHistoryLimit'), errors);
}

export function checkDaemonSet({ metadata, spec = noSpec }: DaemonSet, errors: Errors): void {
  checkMetadata(metadata, { namespaced: true, name: subdomainName }, errors);
  checkSpec(spec, errors);
}

export function checkDaemonSetUpdate(daemonSet: DaemonSet, old: DaemonSet, errors: Errors): void {
  const { metadata, spec = noSpec } = daemonSet;
  checkMetadataUpdate(metadata, old.metadata, errors);
  checkImmutableSelector(spec.selector, old.spec?.selector, path.child('selector'), errors);
  checkSpec(spec, errors);
}
