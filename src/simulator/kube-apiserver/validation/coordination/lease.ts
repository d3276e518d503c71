// Leases (pkg/apis/coordination/validation, Kubernetes 1.36).
import { forbidden, invalid, notSupported } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import { qualifiedNameProblems } from '../../../../api/names.ts';
import type { Lease } from '../../../../api/object.ts';
import { addInvalid, checkNonNegative } from '../checks.ts';
import { kindRules } from '../kind-rules.ts';
import { subdomainName } from '../object-meta.ts';

const path = FieldPath.of('spec');
const strategies = ['OldestEmulationVersion'];

export const leaseRules = kindRules<Lease>({
  meta: { namespaced: true, name: subdomainName, anyFinalizer: true },
  content({ spec = {} }, errors) {
    const { leaseDurationSeconds: seconds, leaseTransitions, strategy, preferredHolder } = spec;
    if (seconds !== undefined && seconds <= 0) {
      errors.push(invalid(path.child('leaseDurationSeconds'), seconds, 'must be greater than 0'));
    }
    checkNonNegative(leaseTransitions, path.child('leaseTransitions'), errors);
    // the field's name stands in the path twice
    const at = path.child('strategy', 'strategy');
    if (strategy?.includes('/')) addInvalid(errors, at, strategy, qualifiedNameProblems(strategy));
    else if (strategy !== undefined && !strategies.includes(strategy)) {
      errors.push(notSupported(at, strategy, strategies));
    }
    if (preferredHolder && !strategy) {
      errors.push(forbidden(path.child('preferredHolder'), 'may only be specified if `strategy` is defined'));
    }
  },
});
