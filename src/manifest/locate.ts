// Field paths inside, ranges outside: where in the file the thing is that a component speaks of by its path.
import type { PathSegment } from '../api/field-path.ts';
import type { ManifestDocument } from './document.ts';
import { isMergeKey, keyName } from './resolve.ts';
import type { TextRange, YamlEntry, YamlMapping, YamlNode } from './yaml-node.ts';

/** A range of the file. If not `exact`, it is that of the nearest thing around what was asked for, which is `depth` segments down from the root. */
export interface LocatedRange extends TextRange {
  readonly exact: boolean;
  readonly depth: number;
}

/** A node and the entry that it is the value of, if it is one. */
interface Place {
  readonly node: YamlNode;
  readonly entry: YamlEntry | undefined;
}

/**
 * The place of a field: of its key, or of its value (with `key` for one that is absent). An item of a list has no key, its value is taken.
 * Of a field that is not there the deepest ancestor's key is given, or of an ancestor without a key (an item, the document) its first key.
 * Goes through aliases and merges to where things are written.
 */
export function rangeOf(
  document: ManifestDocument,
  segments: readonly PathSegment[],
  part: 'key' | 'value',
): LocatedRange {
  const { place, depth } = walk(document.root, segments);
  const exact = depth === segments.length && place !== undefined;
  const range = place ? rangeOfPlace(place, exact ? part : 'key', exact) : firstLine(document.content.text);
  return { start: document.start + range.start, end: document.start + range.end, exact, depth };
}

/** The node at a path, if there is one; offsets count from the document's start. */
export function nodeAt(document: ManifestDocument, segments: readonly PathSegment[]): YamlNode | undefined {
  const { place, depth } = walk(document.root, segments);
  return depth === segments.length ? place?.node : undefined;
}

function walk(
  root: YamlNode | undefined,
  segments: readonly PathSegment[],
): { place: Place | undefined; depth: number } {
  let place: Place | undefined = root && { node: root, entry: undefined };
  for (let depth = 0; depth < segments.length; depth++) {
    const next: Place | undefined = place && child(place.node, segments[depth]!);
    if (!next) return { place, depth };
    place = next;
  }
  return { place, depth: segments.length };
}

function child(parent: YamlNode, segment: PathSegment): Place | undefined {
  const node = parent.kind === 'alias' ? parent.target : parent;
  if ('index' in segment) {
    const item = node?.kind === 'sequence' ? node.items[segment.index] : undefined;
    return item && { node: item, entry: undefined };
  }
  const entry =
    node?.kind === 'mapping' ? findEntry(node, 'field' in segment ? segment.field : segment.key) : undefined;
  return entry && { node: entry.value, entry };
}

/** The entry that decides: the last one of the name, or one of a mapping that is merged in. Merges may go in circles; kubectl refuses those. */
function findEntry(mapping: YamlMapping, name: string, around: readonly YamlMapping[] = []): YamlEntry | undefined {
  const own = mapping.entries.findLast(({ key }) => keyName(key) === name && !isMergeKey(key));
  if (own || around.includes(mapping)) return own;
  for (const { key, value } of mapping.entries) {
    if (!isMergeKey(key)) continue;
    for (const source of value.kind === 'sequence' ? value.items : [value]) {
      const merged = source.kind === 'alias' ? source.target : source;
      const found = merged?.kind === 'mapping' ? findEntry(merged, name, [...around, mapping]) : undefined;
      if (found) return found;
    }
  }
  return undefined;
}

function rangeOfPlace({ node, entry }: Place, part: 'key' | 'value', exact: boolean): TextRange {
  if (entry && part === 'key') return entry.key;
  if (entry && node.start === node.end) return { start: entry.key.start, end: Math.max(node.end, entry.key.end) };
  if (exact || node.kind !== 'mapping') return node;
  return node.entries[0]?.key ?? node;
}

function firstLine(text: string): TextRange {
  const start = text.search(/\S/);
  if (start < 0) return { start: 0, end: text.length };
  const end = text.indexOf('\n', start);
  return { start, end: end < 0 ? text.length : end };
}

/**
 * Reads a path as the server prints it: `spec.containers[0].image`, `metadata.labels[app.kubernetes.io/name]`, and, from the decoder,
 * `metadata.labels.app.kubernetes.io/name`. Names with dots are recognised by the document, the longest that fits first.
 */
export function parsePath(document: ManifestDocument, path: string): PathSegment[] {
  const segments: PathSegment[] = [];
  let node = document.root;
  let rest = path;
  while (rest !== '') {
    const { segment, length } = rest.startsWith('[') ? bracketSegment(node, rest) : fieldSegment(node, rest);
    segments.push(segment);
    node = node && child(node, segment)?.node;
    rest = rest.slice(length);
    if (rest.startsWith('.')) rest = rest.slice(1);
  }
  return segments;
}

interface ReadSegment {
  readonly segment: PathSegment;
  readonly length: number;
}

function bracketSegment(node: YamlNode | undefined, rest: string): ReadSegment {
  const known = longestKey(node, (name) => rest.startsWith(`[${name}]`));
  if (known !== undefined) return { segment: { key: known }, length: known.length + 2 };
  const close = rest.indexOf(']');
  const inside = close < 0 ? rest.slice(1) : rest.slice(1, close);
  const segment = /^[0-9]+$/.test(inside) ? { index: Number(inside) } : { key: inside };
  return { segment, length: inside.length + (close < 0 ? 1 : 2) };
}

function fieldSegment(node: YamlNode | undefined, rest: string): ReadSegment {
  const known = longestKey(node, (name) => rest.startsWith(name) && /^$|^[.[]/.test(rest.charAt(name.length)));
  const field = known ?? /^[^.[]*/.exec(rest)![0];
  return { segment: { field }, length: field.length };
}

function longestKey(parent: YamlNode | undefined, fits: (name: string) => boolean): string | undefined {
  const node = parent?.kind === 'alias' ? parent.target : parent;
  if (node?.kind !== 'mapping') return undefined;
  let longest: string | undefined;
  for (const { key } of node.entries) {
    const name = keyName(key);
    if (name && name.length > (longest?.length ?? 0) && fits(name)) longest = name;
  }
  return longest;
}
