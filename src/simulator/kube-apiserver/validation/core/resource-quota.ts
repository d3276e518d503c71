// ResourceQuotas (pkg/apis/core/validation, ValidateResourceQuota, Kubernetes 1.36).
import { invalid, required } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import type { ResourceQuota, ResourceQuotaSpec, ScopedResourceSelectorRequirement } from '../../../../api/object.ts';
import { parseQuantity } from '../../../../api/quantity.ts';
import { sortedKeys } from '../../../../base/order.ts';
import type { Errors } from '../checks.ts';
import { goStruct } from '../go-struct.ts';
import { kindRules } from '../kind-rules.ts';
import { subdomainName } from '../object-meta.ts';
import { checkResourceAmount, checkResourceName, isHugePages, isStandard } from '../pod/resource-names.ts';

const path = FieldPath.of('spec');
const podScopes = ['Terminating', 'NotTerminating', 'NotBestEffort', 'PriorityClass', 'CrossNamespacePodAffinity'];
const scopes = [...podScopes, 'BestEffort', 'VolumeAttributesClass'];
/** Scopes that are a property, which an object has or has not. */
const plainScopes = ['BestEffort', 'NotBestEffort', 'Terminating', 'NotTerminating', 'CrossNamespacePodAffinity'];
const pairs = [
  ['BestEffort', 'NotBestEffort'],
  ['Terminating', 'NotTerminating'],
];
const podResources = ['pods', 'cpu', 'memory', 'limits.cpu', 'limits.memory', 'requests.cpu', 'requests.memory'];

/** IsStandardQuotaResourceName: every name of the API but the size of a claim, which is only requested. */
const isQuota = (name: string) => (isStandard(name) && name !== 'storage') || isHugePages(name);

/** Which resources can be counted within a scope. */
function isCounted(scope: string, resource: string): boolean {
  if (podScopes.includes(scope)) return podResources.includes(resource);
  if (scope === 'BestEffort') return resource === 'pods';
  if (scope !== 'VolumeAttributesClass') return true;
  return resource === 'persistentvolumeclaims' || resource === 'requests.storage';
}

function checkHard({ hard = {} }: ResourceQuotaSpec, errors: Errors): void {
  for (const [name, given] of Object.entries(hard)) {
    const at = path.child('hard').key(name);
    const amount = parseQuantity(given);
    checkResourceName(name, at, errors);
    if (!name.includes('/') && !isQuota(name)) errors.push(invalid(at, name, 'must be a standard resource for quota'));
    if (amount) checkResourceAmount(name, amount, at, errors);
  }
}

/** What is said of a scope that does not go with the resources, once for each of them. */
function checkCounted(scope: string, spec: ResourceQuotaSpec, at: FieldPath, shown: unknown, errors: Errors): void {
  for (const name of sortedKeys(spec.hard ?? {})) {
    if (!isQuota(name) || isCounted(scope, name)) continue;
    errors.push(invalid(at, shown, 'unsupported scope applied to resource'));
  }
}

function checkConflicts(given: readonly string[], at: FieldPath, shown: unknown, errors: Errors): void {
  for (const pair of pairs) {
    if (pair.every((scope) => given.includes(scope))) errors.push(invalid(at, shown, 'conflicting scopes'));
  }
}

function checkScopes(spec: ResourceQuotaSpec, errors: Errors): void {
  const { scopes: given = [] } = spec;
  const at = path.child('scopes');
  for (const scope of given) {
    if (!scopes.includes(scope)) errors.push(invalid(at, given, 'unsupported scope'));
    checkCounted(scope, spec, at, given, errors);
  }
  checkConflicts(given, at, given, errors);
}

function checkRequirement(
  { scopeName, operator, values = [] }: ScopedResourceSelectorRequirement,
  at: FieldPath,
  errors: Errors,
): void {
  if (plainScopes.includes(scopeName) && operator !== 'Exists') {
    const detail =
      "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity";
    errors.push(invalid(at.child('operator'), operator, detail));
  }
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length) return;
    const detail = "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector";
    errors.push(required(at.child('values'), detail));
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (!values.length) return;
    const detail = "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector";
    errors.push(invalid(at.child('values'), values, detail));
  } else errors.push(invalid(at.child('operator'), operator, 'not a valid selector operator'));
}

function checkScopeSelector(spec: ResourceQuotaSpec, errors: Errors): void {
  const { scopeSelector, scopes: given } = spec;
  if (!scopeSelector) return;
  const { matchExpressions = [] } = scopeSelector;
  const at = path.child('scopeSelector', 'matchExpressions');
  for (const requirement of matchExpressions) {
    const { scopeName } = requirement;
    if (!scopes.includes(scopeName)) errors.push(invalid(at.child('scopeName'), scopeName, 'unsupported scope'));
    checkCounted(scopeName, spec, at, goStruct('core/v1.ScopeSelector', scopeSelector), errors);
    checkRequirement(requirement, at, errors);
  }
  checkConflicts(
    matchExpressions.map(({ scopeName }) => scopeName),
    at,
    given ?? null,
    errors,
  );
}

const sameScopes = (a: readonly string[], b: readonly string[]) =>
  a.every((scope) => b.includes(scope)) && b.every((scope) => a.includes(scope));

export const quotaRules = kindRules<ResourceQuota>({
  meta: { namespaced: true, name: subdomainName },
  content({ spec = {} }, errors, old) {
    checkHard(spec, errors);
    checkScopes(spec, errors);
    checkScopeSelector(spec, errors);
    if (!old || sameScopes(spec.scopes ?? [], old.spec?.scopes ?? [])) return;
    errors.push(invalid(path.child('scopes'), spec.scopes ?? null, 'field is immutable'));
  },
});
