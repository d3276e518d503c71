// What a HorizontalPodAutoscaler looks at (pkg/apis/autoscaling/validation, validateMetrics, Kubernetes 1.36).
import { forbidden, invalid, notSupported, required } from '../../../../api/field-error.ts';
import type { FieldPath } from '../../../../api/field-path.ts';
import type { MetricIdentifier, MetricSpec, MetricTarget } from '../../../../api/object.ts';
import { formatQuantity, parseQuantity } from '../../../../api/quantity.ts';
import { addInvalid, type Errors } from '../checks.ts';
import { checkLabel } from '../labels.ts';
import { pathSegmentName } from '../object-meta.ts';
import { checkContainerResourceName } from '../pod/resource-names.ts';
import { checkReference, type ReferenceOptions } from './scale-target.ts';

const types = ['ContainerResource', 'External', 'Object', 'Pods', 'Resource'];
const targetTypes = ['Utilization', 'Value', 'AverageValue'];
const noTarget: MetricTarget = { type: '' };

type Source = Exclude<keyof MetricSpec, 'type'>;

/** In the server's order; only the first one that is there is looked at. */
const sources: readonly Source[] = ['object', 'external', 'pods', 'resource', 'containerResource'];

const fieldOf: Readonly<Record<string, Source>> = {
  Object: 'object',
  Pods: 'pods',
  Resource: 'resource',
  External: 'external',
  ContainerResource: 'containerResource',
};

function checkMetric(metric: MetricIdentifier | undefined, at: FieldPath, errors: Errors): void {
  const name = metric?.name;
  if (!name) errors.push(required(at.child('name'), 'must specify a metric name'));
  else addInvalid(errors, at.child('name'), name, pathSegmentName(name));
}

function checkTarget({ type, averageUtilization, ...amounts }: MetricTarget, at: FieldPath, errors: Errors): void {
  if (!type) errors.push(required(at.child('type'), 'must specify a metric target type'));
  if (!targetTypes.includes(type)) {
    errors.push(invalid(at.child('type'), type ?? '', 'must be either Utilization, Value, or AverageValue'));
  }
  for (const name of ['value', 'averageValue'] as const) {
    const amount = amounts[name] === undefined ? undefined : parseQuantity(amounts[name]);
    if (amount && amount.mantissa <= 0n)
      errors.push(invalid(at.child(name), formatQuantity(amount), 'must be positive'));
  }
  if (averageUtilization === undefined || averageUtilization >= 1) return;
  errors.push(invalid(at.child('averageUtilization'), averageUtilization, 'must be greater than 0'));
}

/** Utilization of a resource is measured raw or in relation to what was requested, and by one of the two. */
function checkUtilization({ averageUtilization, averageValue }: MetricTarget, at: FieldPath, errors: Errors): void {
  if (averageUtilization === undefined && averageValue === undefined) {
    const detail = 'must set either a target raw value or a target utilization';
    errors.push(required(at.child('averageUtilization'), detail));
  }
  if (averageUtilization !== undefined && averageValue !== undefined) {
    const detail = 'may not set both a target raw value and a target utilization';
    errors.push(forbidden(at.child('averageValue'), detail));
  }
}

type Check<S extends Source> = (
  source: NonNullable<MetricSpec[S]>,
  at: FieldPath,
  options: ReferenceOptions,
  errors: Errors,
) => void;

const checkSource: { readonly [S in Source]: Check<S> } = {
  object({ describedObject, metric, target = noTarget }, at, options, errors) {
    checkReference(describedObject ?? {}, options, at.child('describedObject'), errors);
    checkMetric(metric, at.child('metric'), errors);
    checkTarget(target, at.child('target'), errors);
    if (target.value !== undefined || target.averageValue !== undefined) return;
    errors.push(required(at.child('target', 'averageValue'), 'must set either a target value or averageValue'));
  },
  external({ metric, target = noTarget }, at, _options, errors) {
    const { value, averageValue } = target;
    checkMetric(metric, at.child('metric'), errors);
    checkTarget(target, at.child('target'), errors);
    if (value === undefined && averageValue === undefined) {
      const detail = 'must set either a target value for metric or a per-pod target';
      errors.push(required(at.child('target', 'averageValue'), detail));
    }
    if (value !== undefined && averageValue !== undefined) {
      const detail = 'may not set both a target value for metric and a per-pod target';
      errors.push(forbidden(at.child('target', 'value'), detail));
    }
  },
  pods({ metric, target = noTarget }, at, _options, errors) {
    checkMetric(metric, at.child('metric'), errors);
    checkTarget(target, at.child('target'), errors);
    if (target.averageValue !== undefined) return;
    errors.push(required(at.child('target', 'averageValue'), 'must specify a positive target averageValue'));
  },
  resource({ name, target = noTarget }, at, _options, errors) {
    if (!name) errors.push(required(at.child('name'), 'must specify a resource name'));
    checkTarget(target, at.child('target'), errors);
    checkUtilization(target, at.child('target'), errors);
  },
  containerResource({ name, container, target = noTarget }, at, _options, errors) {
    if (!name) errors.push(required(at.child('name'), 'must specify a resource name'));
    else checkContainerResourceName(name, at.child('name'), errors);
    if (!container) errors.push(required(at.child('container'), 'must specify a container'));
    else checkLabel(container, at.child('container'), errors);
    checkTarget(target, at.child('target'), errors);
    checkUtilization(target, at.child('target'), errors);
  },
};

function checkSpec(metric: MetricSpec, options: ReferenceOptions, at: FieldPath, errors: Errors): void {
  const { type = '' } = metric;
  const present = sources.filter((name) => metric[name] !== undefined);
  if (!type) errors.push(required(at.child('type'), 'must specify a metric source type'));
  if (!types.includes(type)) errors.push(notSupported(at.child('type'), type, types));
  const [first] = present;
  if (first) (checkSource[first] as Check<Source>)(metric[first] as never, at.child(first), options, errors);
  const expected = fieldOf[type];
  if (!expected) errors.push(notSupported(at.child('type'), type, types));
  else if (metric[expected] === undefined) {
    errors.push(required(at.child(expected), 'must populate information for the given metric source'));
  }
  if (present.length === 1) return;
  for (const name of present.filter((one) => one !== expected)) {
    errors.push(forbidden(at.child(name), 'must populate the given metric source only'));
  }
}

export function checkMetrics(
  metrics: readonly MetricSpec[],
  minReplicas: number | undefined,
  options: ReferenceOptions,
  at: FieldPath,
  errors: Errors,
): void {
  metrics.forEach((metric, i) => checkSpec(metric, options, at.index(i), errors));
  if (minReplicas !== 0 || metrics.some(({ type }) => type === 'Object' || type === 'External')) return;
  const detail = 'must specify at least one Object or External metric to support scaling to zero replicas';
  errors.push(forbidden(at, detail));
}
