// Which label that a Pod asks its node for is the one that no node has.
import type { Node, NodeSelectorRequirement, NodeSelectorTerm, Pod } from '../../api/object.ts';
import { compareBytes } from '../../base/order.ts';
import { matchesNodeSelectorTerm } from '../../api/node-selector.ts';
import { nearest, nearestKey } from '../suggest.ts';
import { listed, mostTold, nameOf, otherSides, told, type Culprit, type Refusals } from './culprit.ts';

const requiredPath = 'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution';

export function nodeAffinity(refusals: Refusals): Culprit {
  const { pod, all } = refusals;
  const culprit = selectorEntry(pod, all) ?? affinityTerm(pod, all);
  return culprit ? { ...culprit, related: otherSides(refusals), isOfAll: true } : together(refusals);
}

type Found = Omit<Culprit, 'related'>;

/** The values that nodes have for a label. */
function valuesOf(key: string, nodes: readonly Node[]): string[] {
  return [...new Set(nodes.flatMap(({ metadata }) => metadata.labels?.[key] ?? []))];
}

function absent(key: string, wanted: readonly string[], all: readonly Node[]): string {
  const values = valuesOf(key, all);
  if (values.length === 0) {
    const keys = new Set(all.flatMap(({ metadata }) => Object.keys(metadata.labels ?? {})));
    const meant = nearestKey(key, keys);
    return `no node has a label ${key}${meant ? `, did you mean ${meant}${thereText(meant, wanted, all)}?` : '. Correct it, or label a node.'}`;
  }
  const meant = wanted.length === 1 ? nearest(wanted[0] ?? '', values) : undefined;
  return `${there(key, values, all)}${meant ? `, did you mean ${meant}?` : '. Correct it, or label a node.'}`;
}

/** What there is in place of a value that nobody has. */
function there(key: string, values: readonly string[], all: readonly Node[]): string {
  const isEverywhere = values.length === 1 && all.every(({ metadata }) => metadata.labels?.[key] !== undefined);
  if (isEverywhere) return `every node has ${key}=${values.join()}`;
  const sorted = values.toSorted(compareBytes);
  return `nodes have ${key}=${sorted.length > 5 ? `${sorted.slice(0, 5).join(', ')} …` : sorted.join(', ')}`;
}

/** ` (ssd on worker-1 and worker-2)`: who has a label that may be meant, if possible with the value that is wanted. */
function thereText(key: string, wanted: readonly string[], all: readonly Node[]): string {
  const values = valuesOf(key, all);
  const value = values.find((one) => wanted.includes(one)) ?? values[0];
  const names = all.filter(({ metadata }) => metadata.labels?.[key] === value).map(nameOf);
  const shown =
    names.length > mostTold ? [...names.slice(0, mostTold - 1), `${names.length - mostTold + 1} more`] : names;
  return ` (${value} on ${[shown.slice(0, -1).join(', '), shown.at(-1)].filter(Boolean).join(' and ')})`;
}

function selectorEntry(pod: Pod, all: readonly Node[]): Found | undefined {
  for (const [key, value] of Object.entries(pod.spec?.nodeSelector ?? {})) {
    if (valuesOf(key, all).includes(value)) continue;
    const says = `No node has the label ${key}=${value}: ${absent(key, [value], all)}`;
    return { path: `spec.nodeSelector[${key}]`, says };
  }
  return undefined;
}

/** Where every term has a requirement that no node meets, that of the first. */
function affinityTerm(pod: Pod, all: readonly Node[]): Found | undefined {
  const { nodeSelectorTerms = [] } =
    pod.spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? {};
  const culprits = nodeSelectorTerms.map((term, i) => unmet(term, `${requiredPath}.nodeSelectorTerms[${i}]`, all));
  const [first] = culprits;
  if (!first || !culprits.every(Boolean)) return undefined;
  return culprits.length === 1
    ? first
    : { ...first, says: `No node meets one of the ${culprits.length} terms. ${first.says}` };
}

/** The requirement of a term that no node meets. */
function unmet(term: NodeSelectorTerm, path: string, all: readonly Node[]): Found | undefined {
  const { matchExpressions = [], matchFields = [] } = term;
  if (matchExpressions.length + matchFields.length === 0) {
    return { path, says: 'A term without conditions selects no node: give it one, or leave the term out.' };
  }
  const isMet = (one: NodeSelectorTerm) => all.some((node) => matchesNodeSelectorTerm(one, node));
  const index = matchExpressions.findIndex((one) => !isMet({ matchExpressions: [one] }));
  const requirement = matchExpressions[index];
  if (requirement) {
    const says = `No node meets ${requirementText(requirement)}: ${unmetText(requirement, all)}`;
    return { path: `${path}.matchExpressions[${index}]`, says };
  }
  const field = matchFields.findIndex((one) => !isMet({ matchFields: [one] }));
  const [name = '', another] = matchFields[field]?.values ?? [];
  if (field < 0) return undefined;
  const meant = another === undefined ? nearest(name, all.map(nameOf)) : undefined;
  const remedy = meant ? `: did you mean ${meant}?` : '. Correct the name, or add such a node.';
  const says =
    matchFields[field]?.operator === 'In' && name && !another ? `No node is called ${name}` : 'No node has such a name';
  return { path: `${path}.matchFields[${field}]`, says: says + remedy };
}

const requirementText = ({ key, operator, values = [] }: NodeSelectorRequirement) =>
  `${key} ${operator}${values.length ? ` ${values.join(', ')}` : ''}`;

function unmetText({ key, operator, values = [] }: NodeSelectorRequirement, all: readonly Node[]): string {
  const own = valuesOf(key, all);
  const compares = operator === 'Gt' || operator === 'Lt';
  if (compares && !values.every(isWhole)) return `${operator} compares whole numbers, and ${values.join()} is none.`;
  if (compares && own.length > 0 && !own.some(isWhole)) {
    return `${operator} compares whole numbers, and ${there(key, own, all)}.`;
  }
  if (operator === 'NotIn' || operator === 'DoesNotExist') {
    return `${there(key, own, all)}. Correct it, or take the label from a node.`;
  }
  return absent(key, values, all);
}

const isWhole = (text: string) => /^[+-]?\d+$/.test(text);

/** Each label is somewhere, but these nodes do not have them all; where another node does, no label is wrong, and they are only named. */
function together(refusals: Refusals): Culprit {
  const { nodes, pod, all, blame } = refusals;
  const selected = all.some((node) => isSelected(pod, node));
  const path = selected ? requiredPath : 'spec.nodeSelector';
  const related = otherSides(refusals);
  const short = told(refusals);
  if (short && all.some((node) => isSelected(pod, node) && isRequired(pod, node))) {
    return { path, says: `${short}.`, related };
  }
  const least = nodes.reduce<Node | undefined>(
    (best, node) => (best && blame(best).length <= blame(node).length ? best : node),
    undefined,
  );
  const [first, ...others] = least ? blame(least) : [];
  const nearly = least && first && others.length === 0 ? ` ${nameOf(least)} comes nearest: it ${first.says}.` : '';
  return {
    path,
    says: `${listed(nodes)} ${nodes.length === 1 ? 'does' : 'do'} not have all the labels that the Pod asks for: correct them, or label a node.${nearly}`,
    related,
  };
}

const isSelected = ({ spec }: Pod, { metadata }: Node) =>
  Object.entries(spec?.nodeSelector ?? {}).every(([key, value]) => metadata.labels?.[key] === value);

function isRequired({ spec }: Pod, node: Node): boolean {
  const required = spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return required?.nodeSelectorTerms.some((term) => matchesNodeSelectorTerm(term, node)) ?? true;
}
