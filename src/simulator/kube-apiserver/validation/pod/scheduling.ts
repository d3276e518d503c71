// What decides where a Pod may run: affinity, tolerations, spreading, gates (pkg/apis/core/validation, Kubernetes 1.36).
import { duplicate, forbidden, invalid, notSupported, required } from '../../../../api/field-error.ts';
import type { FieldPath } from '../../../../api/field-path.ts';
import { dns1123LabelProblems, labelValueProblems } from '../../../../api/names.ts';
import type {
  Affinity,
  LabelSelector,
  PodAffinity,
  PodAffinityTerm,
  PodSchedulingGate,
  Toleration,
  TopologySpreadConstraint,
} from '../../../../api/object.ts';
import { addInvalid, checkSupported, once, type Errors } from '../checks.ts';
import { checkLabelSelector, checkQualifiedName } from '../labels.ts';
import { checkNodeSelector, checkNodeSelectorTerm } from '../node-selector.ts';

const requiredTerms = 'requiredDuringSchedulingIgnoredDuringExecution';
const preferredTerms = 'preferredDuringSchedulingIgnoredDuringExecution';

function checkWeight(weight: number, path: FieldPath, errors: Errors): void {
  if (weight <= 0 || weight > 100) errors.push(invalid(path.child('weight'), weight, 'must be in the range 1-100'));
}

export const checkAffinity = once((affinity: Affinity, path: FieldPath, errors: Errors): void => {
  const { nodeAffinity, podAffinity, podAntiAffinity } = affinity;
  if (nodeAffinity) {
    const at = path.child('nodeAffinity');
    const needed = nodeAffinity[requiredTerms];
    if (needed) checkNodeSelector(needed, at.child(requiredTerms), errors);
    nodeAffinity[preferredTerms]?.forEach(({ weight, preference }, i) => {
      const term = at.child(preferredTerms).index(i);
      checkWeight(weight, term, errors);
      // a preference that no node can meet does no harm, so values of labels are not looked at
      checkNodeSelectorTerm(preference, false, term.child('preference'), errors);
    });
  }
  if (podAffinity) checkPodAffinity(podAffinity, path.child('podAffinity'), errors);
  if (podAntiAffinity) checkPodAffinity(podAntiAffinity, path.child('podAntiAffinity'), errors);
});

function checkPodAffinity(affinity: PodAffinity, path: FieldPath, errors: Errors): void {
  affinity[requiredTerms]?.forEach((term, i) => checkPodAffinityTerm(term, path.child(requiredTerms).index(i), errors));
  affinity[preferredTerms]?.forEach(({ weight, podAffinityTerm }, i) => {
    const at = path.child(preferredTerms).index(i);
    checkWeight(weight, at, errors);
    checkPodAffinityTerm(podAffinityTerm, at.child('podAffinityTerm'), errors);
  });
}

function checkPodAffinityTerm(term: PodAffinityTerm, path: FieldPath, errors: Errors): void {
  const { labelSelector, topologyKey } = term;
  checkLabelSelector(labelSelector, path.child('labelSelector'), errors);
  checkLabelSelector(term.namespaceSelector, path.child('namespaceSelector'), errors);
  for (const name of term.namespaces ?? []) {
    addInvalid(errors, path.child('namespace'), name, dns1123LabelProblems(name));
  }
  checkLabelKeys(term, path, errors);
  if (!topologyKey) errors.push(required(path.child('topologyKey'), 'can not be empty'));
  checkQualifiedName(topologyKey, path.child('topologyKey'), errors);
}

/**
 * ValidateMatchLabelKeysAndMismatchLabelKeys. When it runs, the keys of a Pod have become expressions of its selector, so that one key in
 * both is only an expression for which there already is another requirement.
 */
function checkLabelKeys(
  { labelSelector, matchLabelKeys = [], mismatchLabelKeys = [] }: LabelKeys,
  path: FieldPath,
  errors: Errors,
): void {
  checkKeys(matchLabelKeys, labelSelector, path.child('matchLabelKeys'), errors);
  checkKeys(mismatchLabelKeys, labelSelector, path.child('mismatchLabelKeys'), errors);
  if (labelSelector) {
    const keys = new Set(Object.keys(labelSelector.matchLabels ?? {}));
    for (const { key } of labelSelector.matchExpressions ?? []) {
      const i = matchLabelKeys.lastIndexOf(key);
      if (i >= 0 && keys.has(key)) {
        errors.push(invalid(path.index(i), key, 'exists in both matchLabelKeys and labelSelector'));
      }
      keys.add(key);
    }
  }
  matchLabelKeys.forEach((key, i) => {
    if (!mismatchLabelKeys.includes(key)) return;
    const detail = 'exists in both matchLabelKeys and mismatchLabelKeys';
    errors.push(invalid(path.child('matchLabelKeys').index(i), key, detail));
  });
}

type LabelKeys = Pick<PodAffinityTerm, 'labelSelector' | 'matchLabelKeys' | 'mismatchLabelKeys'>;

const withoutSelector = 'must not be specified when labelSelector is not set';

function checkKeys(keys: readonly string[], selector: LabelSelector | undefined, path: FieldPath, errors: Errors) {
  if (!keys.length) return;
  if (!selector) return void errors.push(forbidden(path, withoutSelector));
  keys.forEach((key, i) => checkQualifiedName(key, path.index(i), errors));
}

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

function checkOperator({ operator, value = '' }: Toleration, path: FieldPath, errors: Errors): void {
  if (!operator || operator === 'Equal') {
    const problems = labelValueProblems(value);
    if (problems.length) errors.push(invalid(path, value, problems.join(';')));
  } else if (operator === 'Exists') {
    if (value) errors.push(invalid(path, value, "value must be empty when `operator` is 'Exists'"));
  } else {
    // comparing is known to the server, but its feature is off
    const compares = operator === 'Lt' || operator === 'Gt';
    errors.push(notSupported(path, operator, compares ? ['Equal', 'Exists', 'Lt', 'Gt'] : ['Equal', 'Exists']));
  }
}

export function checkTolerations(
  tolerations: readonly Toleration[] | undefined,
  path: FieldPath,
  errors: Errors,
): void {
  tolerations?.forEach((toleration, i) => {
    const at = path.index(i);
    const { key, operator = '', effect = '', tolerationSeconds } = toleration;
    if (key) checkQualifiedName(key, at.child('key'), errors);
    else if (operator !== 'Exists') {
      const detail = 'operator must be Exists when `key` is empty, which means "match all values and all keys"';
      errors.push(invalid(at.child('operator'), operator, detail));
    }
    if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
      const detail = "effect must be 'NoExecute' when `tolerationSeconds` is set";
      errors.push(invalid(at.child('effect'), effect, detail));
    }
    checkOperator(toleration, at.child('operator'), errors);
    if (effect) checkSupported(effect, effects, at.child('effect'), errors);
  });
}

/** A gate has a qualified name, and holds a Pod once. */
export function checkSchedulingGates(
  gates: readonly PodSchedulingGate[] | undefined,
  path: FieldPath,
  errors: Errors,
): void {
  const seen = new Set<string>();
  gates?.forEach(({ name }, i) => {
    checkQualifiedName(name, path.index(i), errors);
    if (seen.has(name)) errors.push(duplicate(path.index(i), name));
    seen.add(name);
  });
}

function checkMinDomains(constraint: TopologySpreadConstraint, path: FieldPath, errors: Errors): void {
  const { minDomains, whenUnsatisfiable } = constraint;
  if (minDomains === undefined) return;
  if (minDomains <= 0) errors.push(invalid(path, minDomains, 'must be greater than zero'));
  if (whenUnsatisfiable === 'DoNotSchedule') return;
  const detail = `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${whenUnsatisfiable}`;
  errors.push(invalid(path, minDomains, detail));
}

export function checkSpreadConstraints(
  constraints: readonly TopologySpreadConstraint[] | undefined,
  path: FieldPath,
  errors: Errors,
): void {
  constraints?.forEach((constraint, i) => {
    const at = path.index(i);
    const { maxSkew, topologyKey, whenUnsatisfiable } = constraint;
    if (maxSkew <= 0) errors.push(invalid(at.child('maxSkew'), maxSkew, 'must be greater than zero'));
    if (!topologyKey) errors.push(required(at.child('topologyKey'), 'can not be empty'));
    checkSupported(whenUnsatisfiable, ['DoNotSchedule', 'ScheduleAnyway'], at.child('whenUnsatisfiable'), errors);
    const repeated = constraints
      .slice(i + 1)
      .some((other) => other.topologyKey === topologyKey && other.whenUnsatisfiable === whenUnsatisfiable);
    if (repeated) {
      errors.push(duplicate(at.child('{topologyKey, whenUnsatisfiable}'), `{${topologyKey}, ${whenUnsatisfiable}}`));
    }
    checkMinDomains(constraint, at.child('minDomains'), errors);
    checkSupported(constraint.nodeAffinityPolicy, ['Honor', 'Ignore'], at.child('nodeAffinityPolicy'), errors);
    checkSupported(constraint.nodeTaintsPolicy, ['Honor', 'Ignore'], at.child('nodeTaintsPolicy'), errors);
    checkLabelKeys(constraint, at, errors);
    checkLabelSelector(constraint.labelSelector, at.child('labelSelector'), errors);
  });
}
