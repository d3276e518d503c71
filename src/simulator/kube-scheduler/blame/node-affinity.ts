// NodeAffinity: the label of the selector, or the expression of the term that comes nearest, that the node does not have.
import { refOf, type Node, type NodeSelectorRequirement, type NodeSelectorTerm } from '../../../api/object.ts';
import { matchesNodeSelectorTerm } from '../../../api/node-selector.ts';
import type { Blame, BlameOf } from './blame.ts';

const required = 'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution';

export const blameNodeAffinity: BlameOf = ({ pod }, { node }) => {
  const { nodeSelector = {}, affinity } = pod.pod.spec ?? {};
  const selected = Object.entries(nodeSelector).flatMap(([key, value]) =>
    node.metadata.labels?.[key] === value ? [] : blame(node, key, `spec.nodeSelector[${key}]`, `not ${value}`),
  );
  if (selected.length > 0) return selected;
  const { nodeSelectorTerms = [] } = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? {};
  const failing = nodeSelectorTerms.map((term, i) => ofTerm(node, term, `${required}.nodeSelectorTerms[${i}]`));
  // one term is enough, so that the one with the least in its way says what is to be done
  return failing.reduce<readonly Blame[]>(
    (least, one) => (least.length && least.length <= one.length ? least : one),
    [],
  );
};

function ofTerm(node: Node, { matchExpressions = [], matchFields = [] }: NodeSelectorTerm, path: string): Blame[] {
  const fails = (term: NodeSelectorTerm) => !matchesNodeSelectorTerm(term, node);
  return [
    ...matchExpressions.flatMap((one, i) =>
      fails({ matchExpressions: [one] })
        ? blame(node, one.key, `${path}.matchExpressions[${i}]`, `where the term wants ${requirementText(one)}`)
        : [],
    ),
    ...matchFields.flatMap((one, i) =>
      fails({ matchFields: [one] })
        ? [{ path: `${path}.matchFields[${i}]`, says: `is not meant by ${requirementText(one)}` }]
        : [],
    ),
  ];
}

function blame(node: Node, key: string, path: string, but: string): Blame[] {
  const value = node.metadata.labels?.[key];
  const says = value === undefined ? `has no label ${key}` : `has ${key}=${value}, ${but}`;
  return [
    {
      path,
      says,
      other: { object: refOf(node), path: value === undefined ? 'metadata.labels' : `metadata.labels[${key}]` },
    },
  ];
}

/** `zone In a, b`. */
export const requirementText = ({ key, operator, values = [] }: NodeSelectorRequirement) =>
  `${key} ${operator}${values.length ? ` ${values.join(', ')}` : ''}`;
