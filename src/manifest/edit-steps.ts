// The way down a tree to what is to be changed. Aliases are not followed, because what they stand for is used elsewhere, too.
import type { PathSegment } from '../api/field-path.ts';
import { keyName } from './resolve.ts';
import type { TextRange, YamlEntry, YamlMapping, YamlNode, YamlSequence } from './yaml-node.ts';

/** A node on the way, with what it hangs on. */
export type Step =
  | { readonly node: YamlNode; readonly parent: undefined }
  | { readonly node: YamlNode; readonly parent: YamlMapping; readonly entry: YamlEntry }
  | { readonly node: YamlNode; readonly parent: YamlSequence };

/** As far down as the path goes, and what is left of it. */
export function walk(root: YamlNode, path: readonly PathSegment[]): { step: Step; left: readonly PathSegment[] } {
  let step: Step = { node: root, parent: undefined };
  for (let depth = 0; depth < path.length; depth++) {
    const next = below(step.node, path[depth]!);
    if (!next) return { step, left: path.slice(depth) };
    step = next;
  }
  return { step, left: [] };
}

function below(node: YamlNode, segment: PathSegment): Step | undefined {
  if ('index' in segment) {
    const item = node.kind === 'sequence' ? node.items[segment.index] : undefined;
    return item && { node: item, parent: node as YamlSequence };
  }
  if (node.kind !== 'mapping') return undefined;
  const entry = node.entries.findLast(({ key }) => keyName(key) === nameOf(segment));
  return entry && { node: entry.value, parent: node, entry };
}

/** The entry of the same key before this one. */
export function overridden(step: Step): Step | undefined {
  if (!('entry' in step)) return undefined;
  const { parent, entry } = step;
  const other = parent.entries.find((one) => one !== entry && keyName(one.key) === keyName(entry.key));
  return other && { node: other.value, parent, entry: other };
}

export const nameOf = (segment: Exclude<PathSegment, { readonly index: number }>) =>
  'field' in segment ? segment.field : segment.key;

export const partOf = ({ key, value }: YamlEntry): TextRange => ({ start: key.start, end: value.end });
