// What plugins refuse in their arguments (k8s.io/kubernetes/pkg/scheduler/apis/config/validation/validation_pluginargs.go).
import {
  duplicate,
  forbidden,
  invalid,
  message,
  notSupported,
  required,
  type FieldError,
} from '../../../api/field-error.ts';
import { qualifiedNameProblems } from '../../../api/names.ts';
import { valueErrors } from '../../../api/node-selector.ts';
import type { NodeSelectorRequirement, NodeSelectorTerm, TopologySpreadConstraint } from '../../../api/object.ts';
import { durationText, milliseconds } from './durations.ts';
import type {
  DefaultPreemptionArgs,
  DynamicResourcesArgs,
  InterPodAffinityArgs,
  NodeAffinityArgs,
  NodeResourcesBalancedAllocationArgs,
  NodeResourcesFitArgs,
  PluginArgs,
  PodTopologySpreadArgs,
  UtilizationShapePoint,
  VolumeBindingArgs,
} from '../framework/plugin-args.ts';

type Errors = readonly (FieldError | string)[];

/** The messages of all errors. The path is empty where the plugin itself looks at its arguments. */
export function argumentErrors(plugin: keyof PluginArgs, args: object, path: string): readonly string[] {
  const check = checks[plugin] as (args: object, path: string) => Errors;
  return check(args, path).map((error) => (typeof error === 'string' ? error : message(error)));
}

const child = (path: string, name: string) => (path ? `${path}.${name}` : name);

const checks: { readonly [Name in keyof PluginArgs]: (args: PluginArgs[Name], path: string) => Errors } = {
  DefaultPreemption: defaultPreemptionErrors,
  DynamicResources: dynamicResourcesErrors,
  InterPodAffinity: interPodAffinityErrors,
  NodeAffinity: nodeAffinityErrors,
  NodeResourcesBalancedAllocation: balancedAllocationErrors,
  NodeResourcesFit: fitErrors,
  PodTopologySpread: spreadErrors,
  VolumeBinding: volumeBindingErrors,
};

function defaultPreemptionErrors(args: DefaultPreemptionArgs, path: string): Errors {
  const { minCandidateNodesPercentage: percentage, minCandidateNodesAbsolute: absolute } = args;
  const percentagePath = child(path, 'minCandidateNodesPercentage');
  const absolutePath = child(path, 'minCandidateNodesAbsolute');
  const errors: FieldError[] = [];
  if (percentage < 0 || percentage > 100) {
    errors.push(invalid(percentagePath, percentage, 'not in valid range [0, 100]'));
  }
  if (absolute < 0) errors.push(invalid(absolutePath, absolute, 'not in valid range [0, inf)'));
  if (percentage === 0 && absolute === 0) {
    const zero = 'cannot be zero at the same time as';
    errors.push(
      invalid(percentagePath, 0, `${zero} minCandidateNodesAbsolute`),
      invalid(absolutePath, 0, `${zero} minCandidateNodesPercentage`),
    );
  }
  return errors;
}

function interPodAffinityErrors({ hardPodAffinityWeight: weight }: InterPodAffinityArgs, path: string): Errors {
  if (weight >= 0 && weight <= 100) return [];
  return [invalid(child(path, 'hardPodAffinityWeight'), weight, 'not in valid range [0, 100]')];
}

function nodeAffinityErrors({ addedAffinity = {} }: NodeAffinityArgs, path: string): Errors {
  const place = child(path, 'addedAffinity');
  const required = addedAffinity.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const preferred = addedAffinity.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  const errorsOf = (terms: readonly NodeSelectorTerm[], termsPath: string) =>
    terms.flatMap((term, i) => selectorErrors(term, `${place}.${termsPath}[${i}]`));
  return [
    ...errorsOf(required, 'requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms'),
    ...errorsOf(
      preferred.map(({ weight, preference }) => (weight === 0 ? {} : preference)),
      'preferredDuringSchedulingIgnoredDuringExecution',
    ),
  ];
}

const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'];
const fieldOperators = ['In', 'NotIn'];

/** newNodeSelectorTerm. Of a Pod the server has looked at keys, operators and the number of values; here nobody has. */
function selectorErrors({ matchExpressions = [], matchFields = [] }: NodeSelectorTerm, path: string): string[] {
  const expressions = matchExpressions.flatMap((one, i) => requirementErrors(one, `${path}.matchExpressions[${i}]`));
  const fields = matchFields.flatMap(({ operator, values }, i) => {
    const place = `${path}.matchFields[${i}]`;
    if (!fieldOperators.includes(operator)) return message(notSupported(`${place}.operator`, operator, fieldOperators));
    return values?.length === 1 ? [] : message(invalid(`${place}.values`, values ?? null, 'must have one element'));
  });
  return [...expressions, ...fields];
}

/** labels.NewRequirement. */
function requirementErrors(requirement: NodeSelectorRequirement, path: string): readonly string[] {
  const { key, operator, values } = requirement;
  if (!operators.includes(operator)) return [message(notSupported(`${path}.operator`, operator, operators))];
  const problems = qualifiedNameProblems(key);
  const count = countProblem(operator, values?.length ?? 0);
  return [
    ...(problems.length > 0 ? [message(invalid(`${path}.key`, key, problems.join('; ')))] : []),
    ...(count ? [message(invalid(`${path}.values`, values ?? null, count))] : []),
    ...valueErrors(requirement, `${path}.values`),
  ];
}

function countProblem(operator: string, count: number): string | undefined {
  switch (operator) {
    case 'In':
    case 'NotIn':
      return count === 0 ? "for 'in', 'notin' operators, values set can't be empty" : undefined;
    case 'Gt':
    case 'Lt':
      return count === 1 ? undefined : "for 'Gt', 'Lt' operators, exactly one value is required";
    default:
      return count === 0 ? undefined : 'values set must be empty for exists and does not exist';
  }
}

function dynamicResourcesErrors({ filterTimeout, bindingTimeout }: DynamicResourcesArgs, path: string): Errors {
  const errors: FieldError[] = [];
  if (filterTimeout !== undefined && milliseconds(filterTimeout) < 0) {
    errors.push(invalid(child(path, 'filterTimeout'), durationText(filterTimeout), 'must be zero or positive'));
  }
  if (bindingTimeout !== undefined && milliseconds(bindingTimeout) < 1000) {
    errors.push(invalid(child(path, 'bindingTimeout'), durationText(bindingTimeout), 'must be at least 1 second'));
  }
  return errors;
}

function balancedAllocationErrors({ resources }: NodeResourcesBalancedAllocationArgs, path: string): Errors {
  const seen = new Set<string>();
  return resources.flatMap(({ name, weight }, i) => {
    const place = `${child(path, 'resources')}[${i}]`;
    const errors = seen.has(name) ? [duplicate(`${place}.name`, name)] : [];
    seen.add(name);
    return weight === 1 ? errors : [...errors, invalid(`${place}.weight`, weight, 'must be 1')];
  });
}

const strategies = ['LeastAllocated', 'MostAllocated', 'RequestedToCapacityRatio'];

function fitErrors(args: NodeResourcesFitArgs, path: string): Errors {
  const { ignoredResources = [], ignoredResourceGroups = [], scoringStrategy } = args;
  const { type = '', resources, requestedToCapacityRatio: ratio } = scoringStrategy;
  const place = child(path, 'scoringStrategy');
  const errors: FieldError[] = [];
  ignoredResources.forEach((name, i) => {
    errors.push(...nameErrors(`${child(path, 'ignoredResources')}[${i}]`, name));
  });
  ignoredResourceGroups.forEach((group, i) => {
    const where = `${child(path, 'ignoredResourceGroups')}[${i}]`;
    if (group.includes('/')) errors.push(invalid(where, group, "resource group name can't contain '/'"));
    errors.push(...nameErrors(where, group));
  });
  if (!strategies.includes(type)) errors.push(notSupported(`${place}.type`, type, strategies));
  resources.forEach(({ name, weight }, i) => {
    if (weight > 0 && weight <= 100) return;
    const detail = `resource weight of ${name} not in valid range (0, 100]`;
    errors.push(invalid(`${place}.resources[${i}].weight`, weight, detail));
  });
  const ratioPath = `${place}.requestedToCapacityRatio`;
  if (type !== 'RequestedToCapacityRatio') {
    if (ratio) errors.push(forbidden(ratioPath, 'must be nil when type is not RequestedToCapacityRatio'));
  } else if (ratio) errors.push(...shapeErrors(ratio.shape ?? [], `${ratioPath}.shape`));
  else errors.push(required(ratioPath, 'must be specified when type is RequestedToCapacityRatio'));
  return errors;
}

const nameErrors = (path: string, name: string) =>
  qualifiedNameProblems(name).map((problem) => invalid(path, name, problem));

function shapeErrors(shape: readonly UtilizationShapePoint[], path: string): readonly FieldError[] {
  if (shape.length === 0) return [required(path, 'at least one point must be specified')];
  const errors: FieldError[] = [];
  const unsorted = shape.findIndex(({ utilization }, i) => i > 0 && (shape[i - 1]?.utilization ?? 0) >= utilization);
  if (unsorted > 0) {
    const where = `${path}[${unsorted}].utilization`;
    errors.push(invalid(where, shape[unsorted]?.utilization, 'values must be sorted in increasing order'));
  }
  shape.forEach(({ utilization, score }, i) => {
    if (utilization < 0 || utilization > 100) {
      errors.push(invalid(`${path}[${i}].utilization`, utilization, 'not in valid range [0, 100]'));
    }
    if (score < 0 || score > 10) errors.push(invalid(`${path}[${i}].score`, score, 'not in valid range [0, 10]'));
  });
  return errors;
}

const actions = ['DoNotSchedule', 'ScheduleAnyway'];

function spreadErrors({ defaultingType, defaultConstraints = [] }: PodTopologySpreadArgs, path: string): Errors {
  const errors: FieldError[] = [];
  const typePath = child(path, 'defaultingType');
  if (defaultingType !== 'System' && defaultingType !== 'List') {
    errors.push(notSupported(typePath, defaultingType, ['System', 'List']));
  } else if (defaultingType === 'System' && defaultConstraints.length > 0) {
    errors.push(invalid(typePath, defaultingType, 'when .defaultConstraints are not empty'));
  }
  const listPath = child(path, 'defaultConstraints');
  const seen = new Set<string>();
  defaultConstraints.forEach((constraint, i) => {
    errors.push(...constraintErrors(constraint, `${listPath}[${i}]`));
    const key = `{${constraint.topologyKey}, ${constraint.whenUnsatisfiable}}`;
    if (seen.has(key)) errors.push(duplicate(`${listPath}[${i}]`, key));
    seen.add(key);
  });
  return errors;
}

function constraintErrors(constraint: TopologySpreadConstraint, path: string): readonly FieldError[] {
  const { maxSkew, topologyKey, whenUnsatisfiable: action, labelSelector } = constraint;
  const errors: FieldError[] = [];
  if (maxSkew <= 0) errors.push(invalid(`${path}.maxSkew`, maxSkew, 'not in valid range (0, inf)'));
  if (topologyKey) errors.push(...nameErrors(`${path}.topologyKey`, topologyKey));
  else errors.push(required(`${path}.topologyKey`, 'can not be empty'));
  if (!action) errors.push(required(`${path}.whenUnsatisfiable`, 'can not be empty'));
  else if (!actions.includes(action)) errors.push(notSupported(`${path}.whenUnsatisfiable`, action, actions));
  if (labelSelector) {
    const detail = 'constraint must not define a selector, as they deduced for each pod';
    errors.push(forbidden(`${path}.labelSelector`, detail));
  }
  return errors;
}

function volumeBindingErrors({ bindTimeoutSeconds: seconds, shape }: VolumeBindingArgs, path: string): Errors {
  const errors: FieldError[] = [];
  if (seconds < 0) {
    const detail = 'invalid BindTimeoutSeconds, should not be a negative value';
    errors.push(invalid(child(path, 'bindTimeoutSeconds'), seconds, detail));
  }
  if (shape) {
    const detail = 'unexpected field `shape`, remove it or turn on the feature gate StorageCapacityScoring';
    const shown = shape.map(({ utilization, score }) => ({ Utilization: utilization, Score: score }));
    errors.push(invalid(child(path, 'shape'), shown, detail));
  }
  return errors;
}
