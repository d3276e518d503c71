// LimitRanges (pkg/apis/core/validation, ValidateLimitRange, Kubernetes 1.36).
import { duplicate, forbidden, invalid, required } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import { qualifiedNameProblems } from '../../../../api/names.ts';
import type { LimitRange, LimitRangeItem } from '../../../../api/object.ts';
import {
  compareQuantities,
  formatQuantity,
  int64Value,
  parseQuantity,
  type Quantity,
} from '../../../../api/quantity.ts';
import { addInvalid, type Errors } from '../checks.ts';
import { checkMetadata, subdomainName } from '../object-meta.ts';
import { checkContainerResourceName, checkResourceName, isOvercommitAllowed } from '../pod/resource-names.ts';
import type { KindRules } from '../validation.ts';

const path = FieldPath.of('spec', 'limits');
const types = ['Pod', 'Container', 'PersistentVolumeClaim'];
const one = parseQuantity('1') as Quantity;
/** Amounts that can be counted in thousandths. */
const mostMilli = (2n ** 63n - 1n) / 1000n;

function checkType(type: string, at: FieldPath, errors: Errors): void {
  const problems = qualifiedNameProblems(type);
  addInvalid(errors, at, type, problems);
  if (problems.length || type.includes('/') || types.includes(type)) return;
  errors.push(invalid(at, type, 'must be a standard limit type or fully qualified'));
}

type Amounts = LimitRangeItem['max'];

/** What is said of one resource. */
type Bounds = Partial<Record<'min' | 'max' | 'default' | 'defaultRequest' | 'maxLimitRequestRatio', Quantity>>;

/** Whether the first of two amounts is the larger one; false where one is not given. */
const exceeds = (a: Quantity | undefined, b: Quantity | undefined): boolean =>
  a !== undefined && b !== undefined && compareQuantities(a, b) > 0;

const text = (amount: Quantity | undefined) => (amount ? formatQuantity(amount) : '');

const whole = (amount: Quantity) => Number(int64Value(amount));
const thousandths = (amount: Quantity) => Number(int64Value(amount, -3));

function checkRatio({ min, max, maxLimitRequestRatio: ratio }: Bounds, at: FieldPath, errors: Errors): void {
  if (!ratio) return;
  if (compareQuantities(ratio, one) < 0) errors.push(invalid(at, text(ratio), `ratio ${text(ratio)} is less than 1`));
  if (!min || !max) return;
  const fine = [ratio, min, max].every((amount) => int64Value(amount) < mostMilli);
  const limit = fine ? thousandths(max) / thousandths(min) : whole(max) / whole(min);
  const most = fine ? thousandths(ratio) / 1000 : whole(ratio);
  if (most <= limit || Number.isNaN(limit)) return;
  const shown = Number.isFinite(limit) ? limit.toFixed(6) : limit > 0 ? '+Inf' : '-Inf';
  errors.push(invalid(at, text(ratio), `ratio ${text(ratio)} is greater than max/min = ${shown}`));
}

function checkBounds(name: string, bounds: Bounds, at: FieldPath, errors: Errors): void {
  const { min, max, default: limit, defaultRequest: request } = bounds;
  const add = (field: keyof Bounds, shown: Quantity | undefined, detail: string) =>
    errors.push(invalid(at.child(field).key(name), text(shown), detail));
  if (exceeds(min, max)) add('min', min, `min value ${text(min)} is greater than max value ${text(max)}`);
  if (exceeds(min, request)) {
    add('defaultRequest', request, `min value ${text(min)} is greater than default request value ${text(request)}`);
  }
  if (exceeds(request, max)) {
    add('defaultRequest', request, `default request value ${text(request)} is greater than max value ${text(max)}`);
  }
  if (exceeds(request, limit)) {
    const detail = `default request value ${text(request)} is greater than default limit value ${text(limit)}`;
    add('defaultRequest', request, detail);
  }
  if (exceeds(min, limit)) add('default', min, `min value ${text(min)} is greater than default value ${text(limit)}`);
  if (exceeds(limit, max)) add('default', max, `default value ${text(limit)} is greater than max value ${text(max)}`);
  checkRatio(bounds, at.child('maxLimitRequestRatio').key(name), errors);
  if (isOvercommitAllowed(name) || !limit || !request || compareQuantities(limit, request) === 0) return;
  const detail = `default value ${text(limit)} must equal to defaultRequest value ${text(request)} in ${name}`;
  add('defaultRequest', request, detail);
}

function checkItem(item: LimitRangeItem, at: FieldPath, errors: Errors): void {
  const { type } = item;
  const all = new Map<string, Bounds>();
  const checkName = type === 'Pod' || type === 'Container' ? checkContainerResourceName : checkResourceName;
  const collect = (field: keyof Bounds, amounts: Amounts = {}) => {
    for (const name of Object.keys(amounts)) {
      const amount = parseQuantity(amounts[name] ?? 0);
      checkName(name, at.child(field).key(name), errors);
      if (amount) all.set(name, { ...all.get(name), [field]: amount });
    }
  };
  collect('max', item.max);
  collect('min', item.min);
  for (const field of ['default', 'defaultRequest'] as const) {
    if (type !== 'Pod') collect(field, item[field]);
    else if (Object.keys(item[field] ?? {}).length) {
      errors.push(forbidden(at.child(field), "may not be specified when `type` is 'Pod'"));
    }
  }
  if (type === 'PersistentVolumeClaim' && !item.min?.['storage'] && !item.max?.['storage']) {
    const detail = 'either minimum or maximum storage value is required, but neither was provided';
    errors.push(required(at.child('limits'), detail));
  }
  collect('maxLimitRequestRatio', item.maxLimitRequestRatio);
  for (const [name, bounds] of all) checkBounds(name, bounds, at, errors);
}

function checkLimitRange({ metadata, spec }: LimitRange, errors: Errors): void {
  const seen = new Set<string>();
  checkMetadata(metadata, { namespaced: true, name: subdomainName }, errors);
  spec?.limits.forEach((item, i) => {
    const at = path.index(i).child('type');
    checkType(item.type, at, errors);
    if (seen.has(item.type)) errors.push(duplicate(at, item.type));
    seen.add(item.type);
    checkItem(item, path.index(i), errors);
  });
}

export const limitRangeRules: KindRules<LimitRange> = {
  create: checkLimitRange,
  update: (range, _old, errors) => checkLimitRange(range, errors),
};
