// The way back: from a place in the file to the field that stands there.
import type { PathSegment } from '../api/field-path.ts';
import type { ManifestDocument } from './document.ts';
import { keyName } from './resolve.ts';
import type { TextRange, YamlNode } from './yaml-node.ts';

export interface FieldPlace {
  /** The way from the root; of an item of a list with its index. */
  readonly segments: readonly PathSegment[];
  readonly part: 'key' | 'value';
  /** The key or the value, as it is written. */
  readonly node: YamlNode;
  /** Of the key or value, in the file. */
  readonly range: TextRange;
}

/** The innermost field whose key or value is at an offset of the file; undefined between fields, as in comments and indentation. */
export function placeAt(document: ManifestDocument, offset: number): FieldPlace | undefined {
  const at = offset - document.start;
  const segments: PathSegment[] = [];
  const found = (node: YamlNode, part: FieldPlace['part']): FieldPlace => ({
    segments,
    part,
    node,
    range: { start: node.start + document.start, end: node.end + document.start },
  });
  let node = document.root;
  while (node && holds(node, at)) {
    const inside = node;
    if (inside.kind === 'sequence') {
      const index = inside.items.findIndex((item) => holds(item, at));
      if (index < 0) return undefined;
      segments.push({ index });
      node = inside.items[index];
    } else if (inside.kind === 'mapping') {
      const entry = inside.entries.find(({ key, value }) => holds(key, at) || holds(value, at));
      if (!entry) return undefined;
      segments.push({ field: keyName(entry.key) ?? '' });
      if (holds(entry.key, at)) return found(entry.key, 'key');
      node = entry.value;
    } else return found(inside, 'value');
  }
  return undefined;
}

/** The end counts in: a cursor behind a word is at the word. */
const holds = ({ start, end }: TextRange, at: number) => at >= start && at <= end;
