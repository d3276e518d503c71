// Requests, limits and claims of containers and of Pods as a whole
// (pkg/apis/core/validation, validateResourceRequirements and validatePodResources, Kubernetes 1.36).
import { duplicate, forbidden, invalid, notFound, required } from '../../../../api/field-error.ts';
import type { FieldPath } from '../../../../api/field-path.ts';
import type { PodSpec, ResourceClaim, ResourceRequirements } from '../../../../api/object.ts';
import { compareQuantities, formatQuantity, parseQuantity, type Quantity } from '../../../../api/quantity.ts';
import { sortedKeys } from '../../../../base/order.ts';
import { aggregateContainerResources } from '../../../../api/pod-aggregates.ts';
import { once, type Errors } from '../checks.ts';
import { checkLabel } from '../labels.ts';
import {
  checkContainerResourceName,
  checkPodResourceName,
  checkResourceAmount,
  isHugePages,
  isOvercommitAllowed,
} from './resource-names.ts';

type ResourceList = Readonly<Record<string, string | number>>;
type NameCheck = (name: string, path: FieldPath, errors: Errors) => void;

const nothing: ResourceList = {};
const zero = parseQuantity('0') as Quantity;
const amountOf = (list: ResourceList, name: string) => parseQuantity(list[name] ?? 0) ?? zero;

/** Whether an amount is a multiple of the size in the name: 2Mi in hugepages-2Mi. */
function divides(name: string, amount: Quantity): boolean {
  const size = parseQuantity(name.slice('hugepages-'.length));
  if (!size || size.mantissa <= 0n) return false;
  const scale = Math.min(size.scale, amount.scale);
  const at = ({ mantissa, scale: own }: Quantity) => mantissa * 10n ** BigInt(own - scale);
  return at(amount) % at(size) === 0n;
}

function checkAmount(name: string, amount: Quantity, path: FieldPath, errors: Errors, check: NameCheck): void {
  check(name, path, errors);
  checkResourceAmount(name, amount, path, errors);
}

function checkHugePages(name: string, amount: Quantity, path: FieldPath, errors: Errors): void {
  if (!isHugePages(name) || divides(name, amount)) return;
  const text = formatQuantity(amount);
  errors.push(invalid(path, text, `${text} is not positive integer multiple of ${name}`));
}

/** A request is at most its limit; what cannot be promised twice is requested as limited. */
function checkAgainstLimit(
  name: string,
  request: Quantity,
  limits: ResourceList,
  path: FieldPath,
  errors: Errors,
): void {
  const requests = path.child('requests');
  const overcommit = isOvercommitAllowed(name);
  if (limits[name] === undefined) {
    if (!overcommit) errors.push(required(path.child('limits'), 'Limit must be set for non overcommitable resources'));
    return;
  }
  const limit = amountOf(limits, name);
  const order = compareQuantities(request, limit);
  const shown = `${name} limit of ${formatQuantity(limit)}`;
  if (order !== 0 && !overcommit) errors.push(invalid(requests, formatQuantity(request), `must be equal to ${shown}`));
  else if (order > 0) errors.push(invalid(requests, formatQuantity(request), `must be less than or equal to ${shown}`));
}

function checkRequirements(
  { limits = nothing, requests = nothing, claims }: ResourceRequirements,
  claimNames: ReadonlySet<string>,
  path: FieldPath,
  errors: Errors,
  check: NameCheck,
): void {
  let hugePages = false;
  let computes = false;
  for (const name in limits) {
    const at = path.child('limits').key(name);
    const amount = amountOf(limits, name);
    checkAmount(name, amount, at, errors, check);
    checkHugePages(name, amount, at, errors);
    hugePages ||= isHugePages(name);
    computes ||= name === 'cpu' || name === 'memory';
  }
  for (const name in requests) {
    const at = path.child('requests').key(name);
    const amount = amountOf(requests, name);
    checkAmount(name, amount, at, errors, check);
    checkAgainstLimit(name, amount, limits, path, errors);
    checkHugePages(name, amount, at, errors);
    hugePages ||= isHugePages(name);
    computes ||= name === 'cpu' || name === 'memory';
  }
  if (hugePages && !computes) errors.push(forbidden(path, 'HugePages require cpu or memory'));
  if (claims) checkClaims(claims, claimNames, path.child('claims'), errors);
}

/** validateResourceClaimNames: each claim of the Pod, or each request of one, is named at most once. */
function checkClaims(
  claims: readonly ResourceClaim[],
  claimNames: ReadonlySet<string>,
  path: FieldPath,
  errors: Errors,
): void {
  const seen = new Set<string>();
  claims.forEach(({ name, request }, i) => {
    const at = path.index(i);
    if (!name) return void errors.push(required(at));
    if (seen.has(name)) errors.push(duplicate(at, name));
    else {
      if (request) checkLabel(request, at.child('request'), errors);
      const key = request ? `${name}/${request}` : name;
      if (seen.has(key)) errors.push(duplicate(at, key));
      else if (!request) {
        for (const other of seen) if (other.startsWith(`${name}/`)) errors.push(duplicate(at, name));
      }
      seen.add(key);
    }
    if (claimNames.has(name)) return;
    const names = claimNames.size
      ? `: ${sortedKeys(Object.fromEntries([...claimNames].map((n) => [n, 0]))).join(', ')}`
      : ' which is empty';
    errors.push(notFound(at, name, `must be one of the names in pod.spec.resourceClaims${names}`));
  });
}

/** ValidateContainerResourceRequirements. */
export function checkContainerResources(
  resources: ResourceRequirements | undefined,
  claimNames: ReadonlySet<string>,
  path: FieldPath,
  errors: Errors,
): void {
  if (resources?.claims) checkRequirements(resources, claimNames, path, errors, checkContainerResourceName);
  else if (resources) checkWithoutClaims(resources, path, errors);
}

const noClaims: ReadonlySet<string> = new Set();

const checkWithoutClaims = once((resources: ResourceRequirements, path: FieldPath, errors: Errors) =>
  checkRequirements(resources, noClaims, path, errors, checkContainerResourceName),
);

/** validatePodResources: what is given for the Pod as a whole holds what its containers are given. */
export function checkPodResources(
  spec: PodSpec,
  claimNames: ReadonlySet<string>,
  path: FieldPath,
  errors: Errors,
): void {
  const { resources } = spec;
  if (!resources) return;
  if (spec.os?.name === 'windows') return void errors.push(forbidden(path, 'may not be set for a windows pod'));
  if (resources.claims) {
    errors.push(forbidden(path.child('claims'), 'claims may not be set for Resources at pod-level'));
  }
  checkRequirements(resources, claimNames, path, errors, checkPodResourceName);
  const { requests = nothing, limits = nothing } = resources;
  for (const [name, sum] of aggregateContainerResources(spec, 'requests')) {
    if (requests[name] === undefined) continue;
    const request = amountOf(requests, name);
    if (compareQuantities(sum, request) <= 0) continue;
    const detail = `must be greater than or equal to aggregate container requests of ${formatQuantity(sum)}`;
    errors.push(invalid(path.child('requests').key(name), formatQuantity(request), detail));
  }
  spec.containers.forEach((container, i) => {
    const own = container.resources?.limits ?? nothing;
    for (const name in own) {
      if (limits[name] === undefined || compareQuantities(amountOf(own, name), amountOf(limits, name)) <= 0) continue;
      const at = path.child('containers').index(i).key(name).child('limits');
      const detail = `must be less than or equal to pod limits of ${formatQuantity(amountOf(limits, name))}`;
      errors.push(invalid(at, formatQuantity(amountOf(own, name)), detail));
    }
  });
}
