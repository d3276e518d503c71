// What a culprit is, and how nodes are spoken of.
import { refOf, type Node } from '../../api/object.ts';
import type { RelatedPlace } from '../finding.ts';

export interface Culprit {
  /** The field of the Pod that decides it. */
  readonly path: string;
  /** One plain sentence. */
  readonly says: string;
  readonly related: readonly RelatedPlace[];
  /** Nothing is wrong with it; it is only worth saying where there is nothing else to say. */
  readonly isUsual?: boolean;
}

export const nameOf = ({ metadata }: Node) => metadata.name ?? '';

/** `Node worker-1`, `Nodes a, b and c`, `Nodes a, b, c and 7 more`. */
export function listed(nodes: readonly Node[]): string {
  const names = nodes.map(nameOf);
  if (names.length === 1) return `Node ${names[0]}`;
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  return `Nodes ${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

export function placesOf(nodes: readonly Node[], path: string, note: string): RelatedPlace[] {
  return nodes.map((node) => ({ object: refOf(node), path, note }));
}
