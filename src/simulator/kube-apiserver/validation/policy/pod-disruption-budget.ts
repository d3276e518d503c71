// PodDisruptionBudgets (pkg/apis/policy/validation, ValidatePodDisruptionBudget, Kubernetes 1.36).
import { invalid, notSupported } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import type { PodDisruptionBudget } from '../../../../api/object.ts';
import type { Errors } from '../checks.ts';
import { goStruct } from '../go-struct.ts';
import { checkAtMostAll, checkIntOrPercent } from '../int-or-percent.ts';
import { checkLabelSelector } from '../labels.ts';
import { checkGenericMetadata, pathSegmentName } from '../object-meta.ts';
import type { KindRules } from '../validation.ts';

const path = FieldPath.of('spec');
const evictionPolicies = ['AlwaysAllow', 'IfHealthyBudget'];

function checkSpec({ spec = {} }: PodDisruptionBudget, errors: Errors): void {
  const { minAvailable, maxUnavailable, selector, unhealthyPodEvictionPolicy: eviction } = spec;
  if (minAvailable !== undefined && maxUnavailable !== undefined) {
    const shown = goStruct('policy/v1.PodDisruptionBudgetSpec', spec);
    errors.push(invalid(path, shown, 'minAvailable and maxUnavailable cannot be both set'));
  }
  for (const [name, value] of Object.entries({ minAvailable, maxUnavailable })) {
    checkIntOrPercent(value, path.child(name), errors);
    checkAtMostAll(value, path.child(name), errors);
  }
  checkLabelSelector(selector, path.child('selector'), errors);
  if (eviction !== undefined && !evictionPolicies.includes(eviction)) {
    errors.push(notSupported(path.child('unhealthyPodEvictionPolicy'), eviction, evictionPolicies));
  }
}

/** Of the metadata only the generic rules speak, and only where the spec is fine. */
export const disruptionBudgetRules: KindRules<PodDisruptionBudget> = {
  create(budget, errors) {
    checkSpec(budget, errors);
    if (errors.length) return;
    checkGenericMetadata(budget.metadata, { namespaced: true, name: pathSegmentName }, errors);
  },
  update: (budget, _old, errors) => checkSpec(budget, errors),
};
