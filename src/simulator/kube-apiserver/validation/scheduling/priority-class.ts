// PriorityClasses (pkg/apis/scheduling/validation, Kubernetes 1.36).
import { forbidden, notSupported, required } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import type { PriorityClass } from '../../../../api/object.ts';
import { checkImmutable, checkMetadata, checkMetadataUpdate, metadataPath, subdomainName } from '../object-meta.ts';
import type { KindRules } from '../validation.ts';

const systemPrefix = 'system-';
const systemClasses: Readonly<Record<string, number>> = {
  'system-cluster-critical': 2_000_000_000,
  'system-node-critical': 2_000_001_000,
};
const highest = 1_000_000_000;

/** IsKnownSystemPriorityClass: why the class is none of the server's own. */
function systemProblem({ metadata: { name = '' }, value, globalDefault }: PriorityClass): string | undefined {
  const known = systemClasses[name];
  if (known === undefined) return `${name} is not a known system priority class`;
  if (known !== value) return `value of ${name} PriorityClass must be ${known}`;
  return globalDefault ? `globalDefault of ${name} PriorityClass must be false` : undefined;
}

export const priorityClassRules: KindRules<PriorityClass> = {
  create(priorityClass, errors) {
    const { metadata, value, preemptionPolicy } = priorityClass;
    const policies = ['PreemptLowerPriority', 'Never'];
    checkMetadata(metadata, { namespaced: false, name: subdomainName }, errors);
    if (metadata.name?.startsWith(systemPrefix)) {
      const problem = systemProblem(priorityClass);
      const reserved = `priority class names with '${systemPrefix}' prefix are reserved for system use only.`;
      if (problem) errors.push(forbidden(metadataPath.child('name'), `${reserved} error: ${problem}`));
    } else if (value > highest) {
      const detail = `maximum allowed value of a user defined priority is ${highest}`;
      errors.push(forbidden(FieldPath.of('value'), detail));
    }
    const at = FieldPath.of('preemptionPolicy');
    if (preemptionPolicy === '') errors.push(required(at));
    else if (preemptionPolicy !== undefined && !policies.includes(preemptionPolicy)) {
      errors.push(notSupported(at, preemptionPolicy, policies));
    }
  },
  update({ metadata, value, preemptionPolicy }, old, errors) {
    checkMetadataUpdate(metadata, old.metadata, errors);
    if (value !== old.value) errors.push(forbidden(FieldPath.of('value'), 'may not be changed in an update.'));
    checkImmutable(preemptionPolicy, old.preemptionPolicy, FieldPath.of('preemptionPolicy'), errors);
  },
};
