// What a culprit is, what it is found from, and how nodes are spoken of.
import { refOf, type Node, type Pod } from '../../api/object.ts';
import type { Blame, Inquiry } from '../../simulator/index.ts';
import type { Evidence, RelatedPlace } from '../finding.ts';

export interface Culprit {
  /** The field of the Pod that decides it. */
  readonly path: string;
  /** One plain sentence, or two. */
  readonly says: string;
  /** What of it is worth saying after another culprit. */
  readonly brief?: string;
  readonly related: readonly RelatedPlace[];
  /** Nothing is wrong with it; it is only worth saying where there is nothing else to say. */
  readonly isUsual?: boolean;
  /** The nodes that it speaks of, where these are not all that are refused. */
  readonly told?: readonly Node[];
  /** It is said of every node, so that it need not be said of one more. */
  readonly isOfAll?: boolean;
}

/** The nodes that a filter plugin was the first to refuse. */
export interface Refusals {
  readonly pod: Pod;
  readonly nodes: readonly Node[];
  /** All nodes of the cluster. */
  readonly all: readonly Node[];
  /** The plugin's reasons, each once. */
  readonly reasons: readonly string[];
  /** Who is to blame, as far as it is known; empty for plugins that are not looked into. */
  readonly blame: (node: Node) => readonly Blame[];
  readonly inquiry: Inquiry | undefined;
  /** What became of the run's other objects; a table of nodes does not ask. */
  readonly evidence?: Pick<Evidence, 'final' | 'warnings'>;
}

export type CulpritOf = (refusals: Refusals) => Culprit;

export const nameOf = ({ metadata }: Node) => metadata.name ?? '';

/** How many nodes are looked into one by one; what is wrong with more of them is mostly the same. */
export const mostTold = 3;

/** `Node worker-1`, `Nodes a, b and c`, `Nodes a, b, c and 7 more`. */
export function listed(nodes: readonly Node[]): string {
  const names = nodes.map(nameOf);
  if (names.length === 1) return `Node ${names[0]}`;
  const shown = names.length > 4 ? [...names.slice(0, mostTold), `${names.length - mostTold} more`] : names;
  return `Nodes ${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

export function placesOf(nodes: readonly Node[], path: string, note: string): RelatedPlace[] {
  return nodes.map((node) => ({ object: refOf(node), path, note }));
}

/** What is to blame on the first node of which anything is known. */
export function firstBlame({ nodes, blame }: Refusals): Blame | undefined {
  for (const node of nodes) {
    const [first] = blame(node);
    if (first) return first;
  }
  return undefined;
}

/** The other sides of what is to blame. */
export function otherSides({ nodes, blame }: Refusals): RelatedPlace[] {
  const places = nodes
    .slice(0, 20)
    .flatMap((node) =>
      blame(node).flatMap(({ other, says }) => (other ? [{ ...other, note: `${nameOf(node)} ${says}` }] : [])),
    );
  const seen = new Set<string>();
  return places.filter(({ object, path }) => {
    const key = `${object.kind} ${object.namespace}/${object.name} ${path}`;
    return seen.size < seen.add(key).size;
  });
}

/** `worker-1 is in zone=a, …; worker-2 has no label zone`: what is to blame, node by node; undefined where nobody knows. */
export function told({ nodes, blame }: Refusals): string | undefined {
  const texts = nodes.slice(0, mostTold).flatMap((node) =>
    blame(node)
      .slice(0, 1)
      .map(({ says }): Predicate => [nameOf(node), says]),
  );
  const more = nodes.length - mostTold;
  return texts.length ? sentencesOf(texts).join('; ') + (more > 0 ? `; and so on for ${more} more` : '') : undefined;
}

/** A node, and what is said of it: `has no label zone`. */
export type Predicate = readonly [name: string, says: string];

/** One sentence for all nodes of which the same is said: `a and b have no label zone`. */
export function sentencesOf(predicates: readonly Predicate[], also = ''): string[] {
  const bySays = new Map<string, string[]>();
  for (const [name, says] of predicates) {
    const names = bySays.get(says);
    if (names) names.push(name);
    else bySays.set(says, [name]);
  }
  return [...bySays].map(([says, names]) => {
    const last = names.pop();
    return names.length ? `${names.join(', ')} and ${last}${also} ${plural(says)}` : `${last}${also} ${says}`;
  });
}

const plurals = new Map([
  ['has its', 'have their'],
  ['has', 'have'],
  ['is', 'are'],
  ['lacks', 'lack'],
  ['runs', 'run'],
  ['takes', 'take'],
  ['finds', 'find'],
  ['does', 'do'],
  ['refuses', 'refuse'],
]);

const plural = (says: string) => says.replace(/^(?:has its|\w+)/, (verb) => plurals.get(verb) ?? verb);

/** What is to blame, or what the plugin says where nobody knows more. */
export function whyText(refusals: Refusals): string {
  return told(refusals) ?? `${listed(refusals.nodes)}: ${refusals.reasons.join(', ')}`;
}

/** Whom it would have to go for, where the Pod would fit but for other Pods; empty if that is not so. */
export function roomText({ nodes, inquiry }: Refusals): string {
  for (const node of nodes.slice(0, mostTold)) {
    const other = inquiry?.inTheWay(nameOf(node));
    if (other !== undefined) return ` It would fit on ${nameOf(node)} if Pod ${other} were gone.`;
  }
  const empty = nodes.slice(0, mostTold).find((node) => inquiry?.fitsEmpty(nameOf(node)));
  return empty ? ` It would fit on an empty ${nameOf(empty)}.` : '';
}
