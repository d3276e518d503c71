// From a field as the server names it to the place in the text where it is written.
import { copyWith } from '../base/copy.ts';
import type { FieldLocation, Finding } from '../analyzer/finding.ts';
import type { PathSegment } from '../api/field-path.ts';
import { isObject } from '../base/json.ts';
import { parsePath, rangeOf, type TextRange } from '../manifest/index.ts';
import type { Declared } from './sources.ts';

/** A finding at its place. Lines and columns count from 1, columns in UTF-16 units; the end is exclusive. */
export interface LocatedFinding extends Finding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** Offsets in the file's text. */
  readonly start: number;
  readonly end: number;
}

/** Places a finding in the object's document; what is not there falls back to the nearest field that is. */
export function locate(finding: Finding, declared: Declared): LocatedFinding {
  return at(finding, declared.file, rangeIn(declared, finding.field));
}

/** Where a field stands; the whole object stands at its kind. */
export function rangeIn({ document, prefix, object }: Declared, { path, key }: FieldLocation): TextRange {
  const whole = () => rangeOf(document, [...prefix, { field: 'kind' }], 'value');
  if (!path) return whole();
  const segments = segmentsOf({ document, prefix }, path);
  const range = rangeOf(document, segments, key || isContainer(object, segments, prefix) ? 'key' : 'value');
  return range.depth > prefix.length ? range : whole();
}

export function at(finding: Finding, file: Declared['file'], { start, end }: TextRange): LocatedFinding {
  const { lineIndex } = file.manifest;
  const [from, to] = [lineIndex.positionAt(start), lineIndex.positionAt(end)];
  return copyWith(finding, {
    file: file.name,
    start,
    end,
    line: from.line + 1,
    column: from.column + 1,
    endLine: to.line + 1,
    endColumn: to.column + 1,
  });
}

/** The way in the document to a field of an object, as the server prints it. */
export function segmentsOf({ document, prefix }: Pick<Declared, 'document' | 'prefix'>, path: string): PathSegment[] {
  return parsePath(document, printed(prefix) + path);
}

/** The way to an item of a List, as the start of a path: `items[0].`. */
function printed(prefix: readonly PathSegment[]): string {
  const text = prefix.map((segment) =>
    'field' in segment ? segment.field : 'index' in segment ? `[${segment.index}]` : '',
  );
  return text.length ? `${text.join('')}.` : '';
}

/** A whole object or list is marked by its key: a person looks at `tolerations:`, not at ten lines. */
function isContainer(object: unknown, segments: readonly PathSegment[], prefix: readonly PathSegment[]): boolean {
  let value = object;
  for (const segment of segments.slice(prefix.length)) {
    if (Array.isArray(value)) value = 'index' in segment ? (value as unknown[])[segment.index] : undefined;
    else if (isObject(value)) value = value['field' in segment ? segment.field : 'key' in segment ? segment.key : ''];
    else return false;
  }
  return typeof value === 'object' && value !== null;
}
