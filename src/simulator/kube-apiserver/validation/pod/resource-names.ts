// Which names resources may have, and which of them are counted whole (pkg/apis/core/helper, pkg/apis/core/validation, Kubernetes 1.36).
import { invalid, notSupported } from '../../../../api/field-error.ts';
import type { FieldPath } from '../../../../api/field-path.ts';
import { qualifiedNameProblems } from '../../../../api/names.ts';
import { compareQuantities, formatQuantity, parseQuantity, type Quantity } from '../../../../api/quantity.ts';
import { addInvalid, type Errors } from '../checks.ts';

const defaultDomain = 'kubernetes.io/';
const hugePagesPrefix = 'hugepages-';
const quotaPrefix = 'requests.';

const containerResources = new Set(['cpu', 'memory', 'ephemeral-storage']);
/** Unprefixed names that the API knows at all. */
const standardResources = new Set([
  ...containerResources,
  'pods',
  'services',
  'resourcequotas',
  'replicationcontrollers',
  'secrets',
  'persistentvolumeclaims',
  'configmaps',
  'services.nodeports',
  'services.loadbalancers',
  'storage',
  'requests.cpu',
  'requests.memory',
  'requests.storage',
  'requests.ephemeral-storage',
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
]);
const wholeResources = new Set([
  'pods',
  'services',
  'resourcequotas',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
]);

export const isHugePages = (name: string): boolean => name.startsWith(hugePagesPrefix);

/** IsNativeResource: without a domain, or with Kubernetes' own. */
export const isNative = (name: string): boolean => !name.includes('/') || name.includes(defaultDomain);

/** IsExtendedResourceName: of someone else's domain, and not mistaken for a quota. */
export function isExtended(name: string): boolean {
  if (isNative(name) || name.startsWith(quotaPrefix)) return false;
  return qualifiedNameProblems(quotaPrefix + name).length === 0;
}

/** IsOvercommitAllowed: what may be promised twice. */
export const isOvercommitAllowed = (name: string): boolean => isNative(name) && !isHugePages(name);

/** IsStandardResourceName. */
export const isStandard = (name: string): boolean =>
  standardResources.has(name) || name.startsWith('requests.hugepages-');

/** validateResourceName: a qualified name, and one of the API's if it has no domain. What is no qualified name is not looked at further. */
export function checkResourceName(name: string, path: FieldPath, errors: Errors): void {
  const problems = qualifiedNameProblems(name);
  addInvalid(errors, path, name, problems);
  if (problems.length) return;
  if (!name.includes('/') && !isStandard(name) && !isHugePages(name)) {
    errors.push(invalid(path, name, 'must be a standard resource type or fully qualified'));
  }
}

/** validateContainerResourceName. */
export function checkContainerResourceName(name: string, path: FieldPath, errors: Errors): void {
  checkResourceName(name, path, errors);
  if (!name.includes('/')) {
    if (!containerResources.has(name) && !isHugePages(name)) {
      errors.push(invalid(path, name, 'must be a standard resource for containers'));
    }
  } else if (!isNative(name) && !isExtended(name)) {
    errors.push(invalid(path, name, "doesn't follow extended resource name standard"));
  }
}

const podResources = ['cpu', hugePagesPrefix, 'memory'];

/** validatePodResourceName: what may be given for a Pod as a whole. */
export function checkPodResourceName(name: string, path: FieldPath, errors: Errors): void {
  const before = errors.length;
  checkResourceName(name, path, errors);
  if (errors.length > before) return;
  if (name !== 'cpu' && name !== 'memory' && !isHugePages(name)) {
    errors.push(notSupported(path, name, podResources));
  }
}

const zero = parseQuantity('0') as Quantity;

/**
 * Whether Quantity.MilliValue is a multiple of 1000. Of what an int64 cannot hold in thousandths Go takes the low bits where it
 * holds a big decimal, and nothing else.
 */
function isWhole({ mantissa, scale, wide }: Quantity): boolean {
  if (scale < 0 && mantissa % 10n ** BigInt(-scale) !== 0n) return false;
  if (!wide) return true;
  const thousandths = scale < 0 ? (mantissa / 10n ** BigInt(-scale)) * 1000n : mantissa * 10n ** BigInt(scale + 3);
  return BigInt.asIntN(64, thousandths) % 1000n === 0n;
}

/** ValidateResourceQuantityValue: never negative, and whole where it is counted. */
export function checkResourceAmount(name: string, amount: Quantity, path: FieldPath, errors: Errors): void {
  if (compareQuantities(amount, zero) < 0) {
    errors.push(invalid(path, formatQuantity(amount), 'must be greater than or equal to 0'));
  }
  if (!wholeResources.has(name) && !isExtended(name)) return;
  if (!isWhole(amount)) {
    errors.push(invalid(path, formatQuantity(amount), 'must be an integer'));
  }
}
