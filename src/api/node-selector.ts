// How a Pod's nodeSelector and node affinity select nodes (k8s.io/component-helpers/scheduling/corev1/nodeaffinity).
import { invalid, message } from './field-error.ts';
import { matchesLabels, matchesRequirement, type SelectorOperator } from './label-selector.ts';
import { labelValueProblems } from './names.ts';
import type { Node, NodeSelector, NodeSelectorRequirement, NodeSelectorTerm, Pod } from './object.ts';

const operators: Readonly<Record<string, SelectorOperator>> = {
  In: 'in',
  NotIn: 'notin',
  Exists: 'exists',
  DoesNotExist: '!',
  Gt: '>',
  Lt: '<',
};

/** A Node, or only what is known of one: fields of a node without a name are not looked at. */
type NodeLike = Pick<Node, 'metadata'>;

/** RequiredNodeAffinity.Match: `nodeSelector` and at least one required term, as far as the Pod has them. */
export function matchesRequiredNodeAffinity({ spec }: Pod, node: Node): boolean {
  if (!matchesLabels(spec?.nodeSelector, node.metadata.labels)) return false;
  const required = spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return !required || matchesNodeSelector(required, node);
}

/** NodeSelector.Match: at least one term must match; an empty list selects nothing. */
export function matchesNodeSelector({ nodeSelectorTerms }: NodeSelector, node: NodeLike): boolean {
  return nodeSelectorTerms.some((term) => matchesNodeSelectorTerm(term, node));
}

/** All conditions of a term must hold; a term without any selects nothing, nor does one that cannot be read. */
export function matchesNodeSelectorTerm(term: NodeSelectorTerm, node: NodeLike): boolean {
  const { matchExpressions = [], matchFields = [] } = term;
  if (matchExpressions.length === 0 && matchFields.length === 0) return false;
  if (termErrors(term, '').length > 0) return false;
  return (
    matchExpressions.every((requirement) => matchesExpression(requirement, node)) &&
    (!node.metadata.name || matchFields.every((requirement) => matchesField(requirement, node)))
  );
}

function matchesExpression({ key, operator: name, values = [] }: NodeSelectorRequirement, node: NodeLike): boolean {
  const operator = operators[name];
  return operator !== undefined && matchesRequirement({ key, operator, values }, node.metadata.labels);
}

/** The only field is metadata.name, with one value. */
function matchesField({ key, operator, values = [] }: NodeSelectorRequirement, node: NodeLike): boolean {
  const actual = key === 'metadata.name' ? (node.metadata.name ?? '') : '';
  return (operator === 'In') === (actual === values[0]);
}

const isInteger = (text: string) => {
  const digits = /^[+-]?\d+$/.test(text) ? BigInt(text.replace('+', '')) : undefined;
  return digits !== undefined && BigInt.asIntN(64, digits) === digits;
};

/** What the server lets pass and the scheduler cannot read: values that no label can have, and Gt and Lt of what is no number. */
export function termErrors({ matchExpressions = [] }: NodeSelectorTerm, path: string): readonly string[] {
  return matchExpressions.flatMap((one, i) => valueErrors(one, `${path}.matchExpressions[${i}].values`));
}

export function valueErrors(
  { key, operator, values = [] }: NodeSelectorRequirement,
  valuePath: string,
): readonly string[] {
  const isNumeric = operator === 'Gt' || operator === 'Lt';
  const noNumbers = values.flatMap((value, j) =>
    !isNumeric || isInteger(value)
      ? []
      : [message(invalid(`${valuePath}[${j}]`, value, `for 'Gt', 'Lt' operators, the value must be an integer`))],
  );
  const noLabels = values.flatMap((value, j) => {
    const problems = labelValueProblems(value);
    return problems.length === 0 ? [] : [message(invalid(`${valuePath}[${j}][${key}]`, value, problems.join('; ')))];
  });
  return [...noNumbers, ...noLabels];
}
