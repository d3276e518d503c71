// Which label that a Pod asks its node for is the one that no node has.
import type { Node, NodeSelectorRequirement, Pod } from '../../api/object.ts';
import { nearest } from '../suggest.ts';
import { listed, placesOf, type Culprit } from './culprit.ts';

const requiredPath = 'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution';

export function affinityCulprit(nodes: readonly Node[], pod: Pod, all: readonly Node[]): Culprit {
  return selectorEntry(pod, all) ?? affinityTerm(pod, all) ?? together(nodes, pod, all);
}

/** The values that nodes have for a label. */
function valuesOf(key: string, nodes: readonly Node[]): string[] {
  return [...new Set(nodes.flatMap(({ metadata }) => metadata.labels?.[key] ?? []))];
}

function absent(key: string, wanted: readonly string[], all: readonly Node[]): string {
  const values = valuesOf(key, all);
  if (values.length === 0) {
    const keys = new Set(all.flatMap(({ metadata }) => Object.keys(metadata.labels ?? {})));
    const meant = nearest(key, keys);
    return `no node has a label ${key}${meant ? `, did you mean ${meant}?` : '. Correct it, or label a node.'}`;
  }
  const meant = wanted.length === 1 ? nearest(wanted[0] ?? '', values) : undefined;
  const there = values.length > 5 ? `${values.slice(0, 5).join(', ')} …` : values.join(', ');
  return `there the label ${key} is ${there}${meant ? `, did you mean ${meant}?` : '. Correct it, or label a node.'}`;
}

function selectorEntry(pod: Pod, all: readonly Node[]): Culprit | undefined {
  for (const [key, value] of Object.entries(pod.spec?.nodeSelector ?? {})) {
    if (valuesOf(key, all).includes(value)) continue;
    const says = `No node has the label ${key}=${value}: ${absent(key, [value], all)}`;
    return { path: `spec.nodeSelector[${key}]`, says, related: [] };
  }
  return undefined;
}

/** Where every term has a requirement that no node meets, that of the first. */
function affinityTerm(pod: Pod, all: readonly Node[]): Culprit | undefined {
  const { nodeSelectorTerms = [] } =
    pod.spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? {};
  const culprits = nodeSelectorTerms.map(({ matchExpressions = [] }, i) => {
    const index = matchExpressions.findIndex((requirement) => !all.some((node) => meets(requirement, node)));
    const requirement = matchExpressions[index];
    if (!requirement) return undefined;
    const { key, operator, values = [] } = requirement;
    const wants = `${key} ${operator}${values.length ? ` ${values.join(', ')}` : ''}`;
    return {
      path: `${requiredPath}.nodeSelectorTerms[${i}].matchExpressions[${index}]`,
      says: `No node meets ${wants}: ${absent(key, values, all)}`,
      related: [],
    };
  });
  return culprits.every(Boolean) ? culprits[0] : undefined;
}

function meets({ key, operator, values = [] }: NodeSelectorRequirement, { metadata }: Node): boolean {
  const value = metadata.labels?.[key];
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      // Gt and Lt compare numbers; a label that is none meets neither
      return operator === 'Gt' ? Number(value) > Number(values[0]) : Number(value) < Number(values[0]);
  }
}

/** Each label is somewhere, but no node has them all. */
function together(nodes: readonly Node[], pod: Pod, all: readonly Node[]): Culprit {
  const selector = Object.entries(pod.spec?.nodeSelector ?? {});
  const selected = all.some(({ metadata }) => selector.every(([key, value]) => metadata.labels?.[key] === value));
  return {
    path: selected ? requiredPath : 'spec.nodeSelector',
    says: `${listed(nodes)} ${nodes.length === 1 ? 'does' : 'do'} not have all the labels that the Pod asks for: ask for less, or label a node.`,
    related: placesOf(nodes, 'metadata.labels', 'labels'),
  };
}
