// HorizontalPodAutoscalers (pkg/apis/autoscaling/validation and pkg/registry/autoscaling/horizontalpodautoscaler, Kubernetes 1.36).
import { invalid, notSupported, required } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import type {
  AutoscalingCrossVersionObjectReference as ScaleTarget,
  AutoscalingHorizontalPodAutoscaler as Autoscaler,
  AutoscalingHorizontalPodAutoscalerSpec as AutoscalerSpec,
  HPAScalingPolicy,
  HPAScalingRules,
} from '../../../../api/object.ts';
import { checkAmountNotNegative, type Errors } from '../checks.ts';
import { kindRules } from '../kind-rules.ts';
import { subdomainName } from '../object-meta.ts';
import { checkMetrics } from './metrics.ts';
import { apiVersionProblem, checkReference, type ReferenceOptions } from './scale-target.ts';

const path = FieldPath.of('spec');
const longestPeriod = 1800;
const longestStabilization = 3600;

function checkPolicy(
  { type = '', value = 0, periodSeconds = 0 }: HPAScalingPolicy,
  at: FieldPath,
  errors: Errors,
): void {
  const types = ['Percent', 'Pods'];
  if (!types.includes(type)) errors.push(notSupported(at.child('type'), type, types));
  if (value <= 0) errors.push(invalid(at.child('value'), value, 'must be greater than zero'));
  const period = at.child('periodSeconds');
  if (periodSeconds <= 0) errors.push(invalid(period, periodSeconds, 'must be greater than zero'));
  if (periodSeconds > longestPeriod) {
    errors.push(invalid(period, periodSeconds, `must be less than or equal to ${longestPeriod}`));
  }
}

function checkScaling(rules: HPAScalingRules | undefined, at: FieldPath, errors: Errors): void {
  if (!rules) return;
  const { stabilizationWindowSeconds: seconds, selectPolicy, policies = [], tolerance } = rules;
  const window = at.child('stabilizationWindowSeconds');
  if (seconds !== undefined && seconds < 0) {
    errors.push(invalid(window, seconds, 'must be greater than or equal to zero'));
  }
  if (seconds !== undefined && seconds > longestStabilization) {
    errors.push(invalid(window, seconds, `must be less than or equal to ${longestStabilization}`));
  }
  const selections = ['Disabled', 'Max', 'Min'];
  if (selectPolicy !== undefined && !selections.includes(selectPolicy)) {
    errors.push(notSupported(at.child('selectPolicy'), selectPolicy, selections));
  }
  if (!policies.length) errors.push(required(at.child('policies'), 'must specify at least one Policy'));
  policies.forEach((policy, i) => checkPolicy(policy, at.child('policies').index(i), errors));
  checkAmountNotNegative(tolerance, at.child('tolerance'), errors);
}

function checkReplicas(
  { minReplicas, maxReplicas = 0 }: AutoscalerSpec,
  old: Autoscaler | undefined,
  errors: Errors,
): void {
  // scaling to zero is a feature that is off, unless the object has it already
  const lowest = old?.spec?.minReplicas === 0 ? 0 : 1;
  const maximum = path.child('maxReplicas');
  if (minReplicas !== undefined && minReplicas < lowest) {
    errors.push(invalid(path.child('minReplicas'), minReplicas, `must be greater than or equal to ${lowest}`));
  }
  if (maxReplicas === 0) errors.push(required(maximum, 'must be set and greater than 0'));
  else if (maxReplicas < 0) errors.push(invalid(maximum, maxReplicas, 'must be greater than or equal to 1'));
  if (minReplicas !== undefined && maxReplicas < minReplicas) {
    errors.push(invalid(maximum, maxReplicas, 'must be greater than or equal to `minReplicas`'));
  }
}

const anyGroup: ReferenceOptions = { withoutGroup: true, anyVersion: false };

/** A target that stays the same is not looked at again; the one kind of core that scales needs no group. */
function targetOptions(target: ScaleTarget, old: ScaleTarget | undefined): ReferenceOptions {
  const same = old?.apiVersion === target.apiVersion && old?.kind === target.kind;
  return { withoutGroup: target.kind === 'ReplicationController', anyVersion: old !== undefined && same };
}

const hasBadMetric = (old: Autoscaler | undefined) =>
  old?.spec?.metrics?.some(
    ({ type, object }) => type === 'Object' && object && apiVersionProblem(object.describedObject, anyGroup),
  ) ?? false;

const noSpec: AutoscalerSpec = { scaleTargetRef: { kind: '', name: '' }, maxReplicas: 0 };

function checkSpec({ spec = noSpec }: Autoscaler, errors: Errors, old?: Autoscaler): void {
  const { scaleTargetRef: target = noSpec.scaleTargetRef, metrics = [], behavior } = spec;
  checkReplicas(spec, old, errors);
  checkReference(target, targetOptions(target, old?.spec?.scaleTargetRef), path.child('scaleTargetRef'), errors);
  const options = { ...anyGroup, anyVersion: hasBadMetric(old) };
  checkMetrics(metrics, spec.minReplicas, options, path.child('metrics'), errors);
  checkScaling(behavior?.scaleUp, path.child('behavior', 'scaleUp'), errors);
  checkScaling(behavior?.scaleDown, path.child('behavior', 'scaleDown'), errors);
}

export const autoscalerRules = kindRules<Autoscaler>({
  meta: { namespaced: true, name: subdomainName },
  content: checkSpec,
});
