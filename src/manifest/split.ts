// How kubectl cuts a file into documents (k8s.io/apimachinery/pkg/util/yaml, YAMLOrJSONDecoder and YAMLReader): by lines, before any YAML is read.
import { readJson } from './json.ts';
import { maximumLength, tooLarge, type ManifestError, type YamlNode } from './yaml-node.ts';

/** The text of one document, from `start` to `end` of the file, and what the cutting already knows about it. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
  /** The tree of a document that was read as JSON; offsets from the chunk's start. */
  readonly json?: YamlNode;
  /** Said instead of what the YAML is refused for, because JSON was tried first. */
  readonly jsonProblem?: string;
  /** Refuses the document whatever it says; offsets from the chunk's start. */
  readonly error?: ManifestError;
}

/** The documents of a file in order, empty ones and comments among them. kubectl stops at the first that it refuses. */
export function splitDocuments(text: string): Chunk[] {
  if (text[skipSpace(text, 0)] === '{' && text.length > maximumLength) {
    return [{ start: 0, end: text.length, error: tooLarge(text.length) }];
  }
  return text[skipSpace(text, 0)] === '{' ? splitJsonOrYaml(text) : splitYaml(text, 0);
}

/**
 * A stream that begins with a brace is JSON until it is not. After more than one JSON value it stays JSON, and what is wrong is the end of it;
 * before, the rest is tried as YAML.
 */
function splitJsonOrYaml(text: string): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 0; ;) {
    const reading = readJson(text, at);
    if (!reading) return chunks;
    if ('root' in reading) {
      const { start, end } = reading.root;
      chunks.push({ start, end, json: shifted(reading.root, -start) });
      at = end;
      continue;
    }
    const { problem, at: problemAt, isSyntax } = reading;
    const named = isSyntax ? `json: offset ${utf8Length(text.slice(0, problemAt)) + 1}: ${problem}` : problem;
    const yamlAt = chunks.length > 1 ? undefined : startOfYaml(text, at);
    if (yamlAt === undefined) {
      const message = chunks.length > 1 ? problem : named;
      const range = { start: problemAt - at, end: problemAt - at + 1 };
      return [...chunks, { start: at, end: text.length, error: { code: 'syntax', message, ...range } }];
    }
    const [first, ...rest] = splitYaml(text, yamlAt);
    return first ? [...chunks, { ...first, jsonProblem: named }, ...rest] : chunks;
  }
}

/**
 * A line that begins with `---` ends a document, or begins one if there is no line before it. Nothing but a comment may follow the dashes.
 * Costs O(length) and makes no copies.
 */
function splitYaml(text: string, from: number): Chunk[] {
  const chunks: Chunk[] = [];
  let start = from;
  let searchFrom = from;
  for (;;) {
    const separator = findSeparator(text, searchFrom);
    if (separator < 0) break;
    const lineEnd = endOfLine(text, separator);
    const next = Math.min(lineEnd + 1, text.length);
    const rest = trimSpace(text.slice(separator + 3, lineEnd));
    if (rest !== '' && !rest.startsWith('#')) {
      const message = `invalid Yaml document separator: ${rest}`;
      const range = { start: separator - start, end: lineEnd - start };
      chunks.push({ start, end: lineEnd, error: { code: 'separator', message, ...range } });
      start = next;
    } else if (separator > start) {
      chunks.push({ start, end: separator });
      start = next;
    }
    searchFrom = next;
  }
  if (start < text.length) chunks.push({ start, end: text.length });
  return chunks;
}

/** Where the next line that begins with `---` begins, at or behind the beginning of a line. */
function findSeparator(text: string, from: number): number {
  if (text.startsWith('---', from)) return from;
  const at = text.indexOf('\n---', from);
  return at < 0 ? -1 : at + 1;
}

function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
}

/** unicode.IsSpace of Go. */
const isSpace = (character: string) => character === '\x85' || (character !== '\ufeff' && character.trim() === '');

function trimSpace(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace(text[end - 1]!)) end--;
  return text.slice(skipSpace(text, 0), end);
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && isSpace(text[at]!)) at++;
  return at;
}

/**
 * Between the JSON and the YAML, white space is dropped up to the first line feed. kubectl looks four bytes ahead for that,
 * and gives up on the YAML if there are fewer.
 */
function startOfYaml(text: string, from: number): number | undefined {
  for (let at = from; ; at++) {
    if (utf8Length(text.slice(at, at + 4)) < 4) return undefined;
    if (!isSpace(text[at]!)) return at;
    if (text[at] === '\n') return at + 1;
  }
}

function utf8Length(text: string): number {
  let length = 0;
  for (const character of text) {
    const codePoint = character.codePointAt(0)!;
    length += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }
  return length;
}

/** The same tree at another place. */
function shifted(node: YamlNode, by: number): YamlNode {
  const range = { start: node.start + by, end: node.end + by };
  if (node.kind === 'sequence') return { ...node, ...range, items: node.items.map((item) => shifted(item, by)) };
  if (node.kind !== 'mapping') return { ...node, ...range };
  const entries = node.entries.map(({ key, value }) => ({ key: shifted(key, by), value: shifted(value, by) }));
  return { ...node, ...range, entries };
}
