// Changes of a manifest by field path, for fixes. Only what changes is written: the tree says where, `yaml` prints the new value, and every
// comment and blank line around it stays. Not part of index.ts: `yaml` is large.
import { Document, isScalar, Scalar, visit } from 'yaml';
import type { PathSegment } from '../api/field-path.ts';
import type { JsonValue } from '../base/json.ts';
import type { ManifestDocument } from './document.ts';
import { endOfLine, move, wrap } from './edit-moves.ts';
import { nameOf, overridden, partOf, walk, type Step } from './edit-steps.ts';
import { isPlainWord, resolvePlain } from './scalar.ts';
import type { TextEdit, YamlEntry, YamlMapping, YamlNode, YamlSequence } from './yaml-node.ts';

export type ManifestEdit =
  /** Gives a field a value, making it and what is around it where absent. An index one behind a list's end adds an item. */
  | { readonly type: 'set'; readonly path: readonly PathSegment[]; readonly value: JsonValue }
  /** Adds an item to the end of a list, which is made where absent. */
  | { readonly type: 'add'; readonly path: readonly PathSegment[]; readonly value: JsonValue }
  /** Takes a field or an item away; of a key that is given twice the `overridden` one. */
  | { readonly type: 'remove'; readonly path: readonly PathSegment[]; readonly overridden?: boolean }
  | { readonly type: 'rename'; readonly path: readonly PathSegment[]; readonly name: string }
  /** Makes a value the only item of a list. */
  | { readonly type: 'wrap'; readonly path: readonly PathSegment[] }
  /** Puts a field, as it is written, into another object. */
  | { readonly type: 'move'; readonly path: readonly PathSegment[]; readonly to: readonly PathSegment[] };

/** What to change in the file for an edit; nothing if the edit does not fit the document (no such field, an item of what is no list). */
export function applyEdit(document: ManifestDocument, edit: ManifestEdit): TextEdit[] {
  if (!document.root) return [];
  const { text, isJson } = document.content;
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  return new Editor(text, document.root, isJson).change(edit).map(({ start, end, newText }) => ({
    start: start + document.start,
    end: end + document.start,
    newText: newText.replaceAll(/\r?\n/g, lineEnd),
  }));
}

class Editor {
  readonly #text: string;
  readonly #root: YamlNode;
  /** A value in one line. */
  readonly #inline: (value: JsonValue) => string;

  constructor(text: string, root: YamlNode, isJson: boolean) {
    this.#text = text;
    this.#root = root;
    this.#inline = isJson ? JSON.stringify : inline;
  }

  /** In the order of the text. */
  change(edit: ManifestEdit): readonly TextEdit[] {
    const { step, left } = walk(this.#root, edit.path);
    if (left.length > 0) {
      const value = edit.type === 'set' ? edit.value : edit.type === 'add' ? [edit.value] : undefined;
      return one(value === undefined ? undefined : this.#make(step, left, value));
    }
    switch (edit.type) {
      case 'set':
        return one(this.#replace(step, edit.value));
      case 'add':
        return one(
          step.node.kind === 'sequence' ? this.#append(step, step.node, edit.value) : this.#fill(step, [edit.value]),
        );
      case 'remove':
        return one(this.#remove(edit.overridden ? overridden(step) : step));
      case 'rename':
        if (!('entry' in step)) return [];
        return one({ start: step.entry.key.start, end: step.entry.key.end, newText: this.#inline(edit.name) });
      case 'wrap':
        return wrap(this.#text, step) ?? [];
      case 'move': {
        const removal = this.#remove(step);
        return (removal && move(this.#text, this.#root, step, edit.to, removal)) ?? [];
      }
    }
  }

  /** Adds what the rest of the path asks for to the deepest node that is there. */
  #make(step: Step, left: readonly PathSegment[], value: JsonValue): TextEdit | undefined {
    const [first, ...rest] = left;
    const inner = rest.reduceRight<JsonValue>((made, at) => ('index' in at ? [made] : { [nameOf(at)]: made }), value);
    if ('index' in first!) {
      if (step.node.kind !== 'sequence') return first.index === 0 ? this.#fill(step, [inner]) : undefined;
      return first.index === step.node.items.length ? this.#append(step, step.node, inner) : undefined;
    }
    const name = nameOf(first!);
    return step.node.kind === 'mapping'
      ? this.#append(step, step.node, inner, name)
      : this.#fill(step, { [name]: inner });
  }

  /** Puts a collection where there is no value yet. */
  #fill(step: Step, value: JsonValue): TextEdit | undefined {
    const { node } = step;
    const isAbsent = node.kind === 'scalar' && node.style === 'plain' && resolvePlain(node.text).type === 'null';
    return isAbsent ? this.#replace(step, value) : undefined;
  }

  #replace(step: Step, value: JsonValue): TextEdit {
    const { node, parent } = step;
    const wasBlock = node.kind !== 'scalar' && node.kind !== 'alias' && node.style === 'block';
    if (isFilled(value)) {
      if (parent?.style === 'block') return this.#replaceInBlock(step, value);
      if (!parent) return { start: node.start, end: node.end, newText: block(value, 0) };
    } else if (wasBlock && 'entry' in step) {
      return { start: this.#afterColon(step.entry), end: node.end, newText: ` ${this.#inline(value)}` };
    }
    const space = parent && node.start === node.end ? ' ' : '';
    return { start: node.start, end: node.end, newText: space + this.#inline(value) };
  }

  /** A collection under a key, or behind a dash. */
  #replaceInBlock(step: Step, value: JsonValue): TextEdit {
    if ('entry' in step) {
      const indent = this.#column(step.entry.key.start) + (Array.isArray(value) ? 0 : 2);
      return {
        start: this.#afterColon(step.entry),
        end: step.node.end,
        newText: `\n${' '.repeat(indent)}${block(value, indent)}`,
      };
    }
    const { start, end } = step.node;
    return {
      start,
      end,
      newText: start === end ? ` ${block(value, this.#column(start) + 1)}` : block(value, this.#column(start)),
    };
  }

  /** Adds an entry or an item to the end of a collection. */
  #append(step: Step, node: YamlMapping | YamlSequence, value: JsonValue, name?: string): TextEdit {
    const parts = node.kind === 'mapping' ? node.entries.map(partOf) : node.items;
    const last = parts.at(-1);
    const whole = name === undefined ? [value] : { [name]: value };
    if (!last) return this.#replace(step, whole);
    if (node.style === 'flow') {
      const previous = parts.at(-2)?.end ?? node.start;
      const gap = this.#text.slice(previous, last.start);
      const separator = gap.includes('\n') ? `,\n${' '.repeat(this.#column(last.start))}` : ', ';
      const item = name === undefined ? this.#inline(value) : `${this.#inline(name)}: ${this.#inline(value)}`;
      return { start: last.end, end: last.end, newText: separator + item };
    }
    const indent = this.#column(node.start);
    const at = endOfLine(this.#text, last.end);
    return { start: at, end: at, newText: `\n${' '.repeat(indent)}${block(whole, indent)}` };
  }

  #remove(step: Step | undefined): TextEdit | undefined {
    if (!step?.parent) return undefined;
    const { parent } = step;
    const parts = parent.kind === 'mapping' ? parent.entries.map(partOf) : parent.items;
    const own = 'entry' in step ? step.entry.key.start : step.node.start;
    const index = parts.findIndex(({ start }) => start === own);
    const [before, part, after] = [parts[index - 1], parts[index]!, parts[index + 1]];
    if (parts.length === 1) return this.#emptied(parent);
    if (parent.style === 'flow') {
      return after
        ? { start: part.start, end: after.start, newText: '' }
        : { start: before!.end, end: part.end, newText: '' };
    }
    const lineStart = this.#text.lastIndexOf('\n', part.start - 1) + 1;
    const lead = this.#text.slice(lineStart, part.start);
    const standsAlone = parent.kind === 'mapping' ? /^ *$/.test(lead) : /^ *- *$/.test(lead);
    if (!standsAlone) return after && { start: part.start, end: after.start, newText: '' };
    return { start: lineStart, end: Math.min(endOfLine(this.#text, part.end) + 1, this.#text.length), newText: '' };
  }

  /** A block collection cannot be empty: `[]` or `{}` takes its place. */
  #emptied(node: YamlMapping | YamlSequence): TextEdit {
    const empty = node.kind === 'mapping' ? '{}' : '[]';
    const before = this.#text.slice(0, node.start);
    const start = node.style === 'block' && before.trimEnd().endsWith(':') ? before.trimEnd().length : node.start;
    return { start, end: node.end, newText: start === node.start ? empty : ` ${empty}` };
  }

  #afterColon({ key }: YamlEntry): number {
    return this.#text.indexOf(':', key.end) + 1;
  }

  #column(at: number): number {
    return at - (this.#text.lastIndexOf('\n', at - 1) + 1);
  }
}

const one = (edit: TextEdit | undefined) => (edit ? [edit] : []);

const isFilled = (value: JsonValue): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0;

function inline(value: JsonValue): string {
  return print(value, { collectionStyle: 'flow', blockQuote: false });
}

/** A value over several lines, all but the first indented. */
function block(value: JsonValue, indent: number): string {
  return print(value, { indentSeq: false }).replaceAll(/\n(?=[^\n])/g, `\n${' '.repeat(indent)}`);
}

function print(
  value: JsonValue,
  style: { collectionStyle?: 'flow'; blockQuote?: boolean; indentSeq?: boolean },
): string {
  const document = new Document(value, { version: '1.1', aliasDuplicateObjects: false });
  visit(document, (_, node) => {
    if (!isScalar(node) || typeof node.value !== 'string' || isPlainWord(node.value)) return;
    if (style.collectionStyle === 'flow' || !/^\S[^]*\n/.test(node.value)) node.type = Scalar.QUOTE_DOUBLE;
  });
  const options = { ...style, lineWidth: 0, doubleQuotedMinMultiLineLength: Infinity, flowCollectionPadding: false };
  return document.toString({ ...options, directives: false }).trimEnd();
}
