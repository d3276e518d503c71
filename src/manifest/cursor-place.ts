// Where somebody is typing. What stands there is only half written, so a stand-in takes its place before the document is read: the grammar then
// says where it is, whatever style and however deep.
import type { PathSegment } from '../api/field-path.ts';
import { parseDocument } from './grammar/index.ts';
import type { TolerantParser } from './document.ts';
import { keyName } from './resolve.ts';
import type { TextRange, YamlNode } from './yaml-node.ts';

export interface CursorPlace {
  /** The way to the mapping that gets a key, or to the value. */
  readonly segments: readonly PathSegment[];
  readonly part: 'key' | 'value';
  /** The document with the stand-in. */
  readonly root: YamlNode;
  /** The name of the stand-in. */
  readonly standIn: string;
  /** The word at the cursor, in the file: what is chosen replaces it. */
  readonly word: TextRange;
  /** What of it stands before the cursor, an opening quote too. */
  readonly typed: string;
  /** Columns of what the line begins with before the cursor, and of the word. */
  readonly indent: number;
  readonly column: number;
  /** The key has its colon. */
  readonly hasColon: boolean;
  /** What has to be written before the word: the space behind a colon or dash, the dash of an item. */
  readonly before: string;
  /** Inside of brackets, where nothing goes over several lines. */
  readonly isFlow: boolean;
}

/** The place of an offset within one document of a text; undefined in comments, block scalars and where no single word can stand. */
export function cursorPlace(
  text: string,
  { start, end }: TextRange,
  offset: number,
  tolerant: TolerantParser,
): CursorPlace | undefined {
  const lineStart = Math.max(start, text.lastIndexOf('\n', offset - 1) + 1);
  const lineEnd = text.slice(offset, end).search(/\r|\n/);
  const line = text.slice(lineStart, lineEnd < 0 ? end : offset + lineEnd);
  const word = wordIn(line, offset - lineStart);
  const lead = line.slice(0, word.start);
  if (isComment(lead)) return undefined;
  const hasColon = /^ *:(?:\s|$)/.test(line.slice(word.end));
  const before = /(?:[^\s]:|^\s*-|\s-)$/.test(lead) && word.end === word.start ? ' ' : '';
  const standIn = `here${'_'.repeat(1 + longestRun(text.slice(start, end)))}`;
  const withWord = (replacement: string) =>
    text.slice(start, lineStart + word.start) + replacement + text.slice(lineStart + word.end, end);
  const beginsLine = /^\s*(?:- *)*$/.test(lead);
  const key = beginsLine && !hasColon ? `${standIn}: ` : standIn;
  const item = beginsLine && lead.trim() === '' && !hasColon ? `- ${key}` : undefined;
  const whole = withWord(before + key);
  const asKey = parseDocument(whole).root;
  const asItem = asKey || item === undefined ? undefined : parseDocument(withWord(item)).root;
  const root = asKey ?? asItem ?? tolerant(whole);
  const found = root && find(root, standIn, [], false);
  if (!root || !found) return undefined;
  return {
    ...found,
    root,
    standIn,
    hasColon,
    word: { start: lineStart + word.start, end: lineStart + word.end },
    typed: line.slice(word.start, offset - lineStart),
    indent: /^\s*/.exec(lead)![0].length,
    column: word.start + (asItem ? 2 : before.length),
    before: asItem ? '- ' : before,
  };
}

/** The word around a column. A quote that is open before it belongs to it, with what it encloses. */
function wordIn(line: string, column: number): TextRange {
  const [left, right] = [line.slice(0, column), line.slice(column)];
  const [, quote, inside] = /(?:^|[\s,:[{-])(["'])((?:(?!\1).)*)$/.exec(left) ?? [];
  if (quote !== undefined && inside !== undefined) {
    const close = right.indexOf(quote);
    return { start: column - inside.length - 1, end: close < 0 ? line.trimEnd().length : column + close + 1 };
  }
  const [word] = /[^\s,[\]{}"'#]*$/.exec(left)!;
  const [rest] = /^(?:[^\s,[\]{}"'#:]|:(?=[^\s,}\]]))*/.exec(right)!;
  const isBehind = word.endsWith(':') || (word === '-' && left.trim() === '-');
  return { start: isBehind ? column : column - word.length, end: column + rest.length };
}

const isComment = (lead: string) => /(?:^|\s)#/.test(lead.replace(/"[^"]*"|'[^']*'/g, ''));

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/here(_+)/g)].map(([, run = '']) => run.length));
}

type Found = Pick<CursorPlace, 'segments' | 'part' | 'isFlow'>;

function find(node: YamlNode, name: string, segments: readonly PathSegment[], isFlow: boolean): Found | undefined {
  if (node.kind === 'scalar') return node.text === name ? { segments, part: 'value', isFlow } : undefined;
  if (node.kind === 'alias') return undefined;
  const flow = isFlow || node.style === 'flow';
  if (node.kind === 'sequence') {
    for (const [index, item] of node.items.entries()) {
      const found = find(item, name, [...segments, { index }], flow);
      if (found) return found;
    }
    return undefined;
  }
  for (const { key, value } of node.entries) {
    const field = keyName(key);
    if (field === name) return { segments, part: 'key', isFlow: flow };
    const found = find(value, name, [...segments, { field: field ?? '' }], flow);
    if (found) return found;
  }
  return undefined;
}
