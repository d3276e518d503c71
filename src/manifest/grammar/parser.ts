// From tokens to the tree, with libyaml's productions: one method for each, and its own sentence where one cannot go on.
import {
  maximumDepth,
  type YamlEntry,
  type YamlMapping,
  type YamlNode,
  type YamlScalar,
  type YamlSequence,
} from '../yaml-node.ts';
import { Refusal } from './refusal.ts';
import { Scanner } from './scanner.ts';
import type { Token, TokenType } from './token.ts';

/** Thrown for what is nested deeper than we read; kubectl would go on. */
export class TooDeep extends Error {
  readonly at: number;

  constructor(at: number) {
    super(`collections nested deeper than ${maximumDepth} are not read`);
    this.at = at;
  }
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** What comes before a node's content. */
interface Properties {
  readonly tag: string | undefined;
  readonly anchor: string | undefined;
}

const noProperties: Properties = { tag: undefined, anchor: undefined };

export class Parser {
  readonly #scanner: Scanner;
  readonly #anchors = new Map<string, YamlNode>();
  #depth = 0;

  constructor(document: string) {
    this.#scanner = new Scanner(document);
  }

  /**
   * The first document of the text, or undefined if it has none. What follows it is not looked at: kubectl ignores it, too.
   * Throws Refusal or TooDeep.
   */
  parse(): YamlNode | undefined {
    const first = this.#scanner.peek();
    if (first.type === 'stream-end') return undefined;
    this.#directives();
    let root: YamlNode;
    const opening = this.#scanner.peek();
    if (opening.type === 'document-start') {
      this.#scanner.take();
      const token = this.#scanner.peek();
      root = endsDocument(token.type) ? this.#absent(token.start, noProperties) : this.#node(true, false);
    } else {
      if (first.type === 'directive') refuse('did not find expected <document start>', opening);
      root = this.#node(true, false);
    }
    // The document's end is looked for, so that what cannot be a token right behind it is refused.
    this.#scanner.peek();
    return root;
  }

  /** kubectl cuts the text at the `---` that must follow, so all that directives can do is to be refused. */
  #directives(): void {
    const seen = new Set<string>();
    for (let token = this.#scanner.peek(); token.type === 'directive'; token = this.#scanner.peek()) {
      const name = token.text === 'YAML' ? 'YAML' : 'TAG';
      if (seen.has(token.text)) refuse(`found duplicate %${name} directive`, token);
      if (name === 'YAML' && token.suffix !== '1.1') refuse('found incompatible YAML document', token);
      seen.add(token.text);
      this.#scanner.take();
    }
  }

  /** A node; `indentless` allows the items of a sequence at the column of the key it belongs to. */
  #node(block: boolean, indentless: boolean): YamlNode {
    const start = this.#scanner.peek();
    if (start.type === 'alias') return this.#alias();
    if (++this.#depth > maximumDepth) throw new TooDeep(start.start);
    const properties = start.type === 'anchor' || start.type === 'tag' ? this.#properties() : noProperties;
    const node = this.#content(properties, block, indentless);
    this.#depth--;
    return node;
  }

  #alias(): YamlNode {
    const { start, end, text } = this.#scanner.take();
    const target = this.#anchors.get(text);
    if (!target) throw new Refusal(`unknown anchor '${text}' referenced`, 0, start);
    return { kind: 'alias', start, end, name: text, target };
  }

  /** At most one anchor and one tag, in any order. */
  #properties(): Properties {
    const first = this.#scanner.take();
    const next = this.#scanner.peek().type;
    const second = next !== first.type && (next === 'anchor' || next === 'tag') ? this.#scanner.take() : undefined;
    // What follows is looked at before the tag is.
    this.#scanner.peek();
    const [anchor, tag] = first.type === 'anchor' ? [first, second] : [second, first];
    return { anchor: anchor?.text, tag: tag && resolveTag(tag) };
  }

  #content(properties: Properties, block: boolean, indentless: boolean): YamlNode {
    const token = this.#scanner.peek();
    switch (token.type) {
      case 'scalar':
        return this.#scalar(this.#scanner.take(), properties);
      case 'sequence-open':
        return this.#flowSequence(properties);
      case 'mapping-open':
        return this.#flowMapping(properties);
      case 'block-sequence-start':
        if (block) return this.#blockSequence(properties);
        break;
      case 'block-mapping-start':
        if (block) return this.#blockMapping(properties);
        break;
      case 'block-entry':
        if (indentless) return this.#indentlessSequence(properties);
        break;
      default:
    }
    if (properties === noProperties) refuse('did not find expected node content', token);
    return this.#absent(token.start, properties);
  }

  #scalar({ start, end, text, style }: Token, { tag, anchor }: Properties): YamlScalar {
    const node: YamlScalar = { kind: 'scalar', start, end, tag, anchor, style, text };
    if (anchor !== undefined) this.#anchors.set(anchor, node);
    return node;
  }

  /** A value that is not there. */
  #absent(at: number, { tag, anchor }: Properties): YamlScalar {
    const node: YamlScalar = { kind: 'scalar', start: at, end: at, tag, anchor, style: 'plain', text: '' };
    if (anchor !== undefined) this.#anchors.set(anchor, node);
    return node;
  }

  #openMapping(start: number, style: 'block' | 'flow', { tag, anchor }: Properties) {
    const entries: YamlEntry[] = [];
    const node: Writable<YamlMapping> & { entries: YamlEntry[] } = {
      kind: 'mapping',
      start,
      end: start,
      tag,
      anchor,
      style,
      entries,
    };
    if (anchor !== undefined) this.#anchors.set(anchor, node);
    return node;
  }

  #openSequence(start: number, style: 'block' | 'flow', { tag, anchor }: Properties) {
    const items: YamlNode[] = [];
    const node: Writable<YamlSequence> & { items: YamlNode[] } = {
      kind: 'sequence',
      start,
      end: start,
      tag,
      anchor,
      style,
      items,
    };
    if (anchor !== undefined) this.#anchors.set(anchor, node);
    return node;
  }

  #blockSequence(properties: Properties): YamlSequence {
    const scanner = this.#scanner;
    const node = this.#openSequence(scanner.take().start, 'block', properties);
    for (;;) {
      const token = scanner.peek();
      if (token.type === 'block-end') {
        scanner.take();
        return node;
      }
      if (token.type !== 'block-entry') refuse("did not find expected '-' indicator", token);
      scanner.take();
      const next = scanner.peek().type;
      const item =
        next === 'block-entry' || next === 'block-end'
          ? this.#absent(token.end, noProperties)
          : this.#node(true, false);
      node.items.push(item);
      node.end = item.end;
    }
  }

  #indentlessSequence(properties: Properties): YamlSequence {
    const scanner = this.#scanner;
    const node = this.#openSequence(scanner.peek().start, 'block', properties);
    while (scanner.peek().type === 'block-entry') {
      const { end } = scanner.take();
      const next = scanner.peek().type;
      const item =
        next === 'block-entry' || endsBlockEntry(next) ? this.#absent(end, noProperties) : this.#node(true, false);
      node.items.push(item);
      node.end = item.end;
    }
    return node;
  }

  #blockMapping(properties: Properties): YamlMapping {
    const scanner = this.#scanner;
    const node = this.#openMapping(scanner.take().start, 'block', properties);
    for (;;) {
      const token = scanner.peek();
      if (token.type === 'block-end') {
        scanner.take();
        return node;
      }
      if (token.type !== 'key') refuse('did not find expected key', token);
      scanner.take();
      const key = endsBlockEntry(scanner.peek().type) ? this.#absent(token.end, noProperties) : this.#node(true, true);
      const value = this.#blockValue(key.end);
      node.entries.push({ key, value });
      node.end = value.end;
    }
  }

  #blockValue(keyEnd: number): YamlNode {
    const scanner = this.#scanner;
    if (scanner.peek().type !== 'value') return this.#absent(keyEnd, noProperties);
    const { end } = scanner.take();
    return endsBlockEntry(scanner.peek().type) ? this.#absent(end, noProperties) : this.#node(true, true);
  }

  #flowSequence(properties: Properties): YamlSequence {
    const scanner = this.#scanner;
    const node = this.#openSequence(scanner.take().start, 'flow', properties);
    for (let first = true; scanner.peek().type !== 'sequence-close'; first = false) {
      if (!first && !this.#takeComma('sequence-close', "did not find expected ',' or ']'")) break;
      node.items.push(scanner.peek().type === 'key' ? this.#flowPair() : this.#node(false, false));
    }
    node.end = scanner.take().end;
    return node;
  }

  /** `a: 1` inside of `[]`: a mapping of its own. */
  #flowPair(): YamlMapping {
    const scanner = this.#scanner;
    const { start, end } = scanner.take();
    const node = this.#openMapping(start, 'flow', noProperties);
    let key: YamlNode;
    const next = scanner.peek().type;
    if (next === 'value' || next === 'flow-entry' || next === 'sequence-close') {
      // libyaml swallows the token that says that the key is absent.
      scanner.take();
      key = this.#absent(end, noProperties);
    } else key = this.#node(false, false);
    const value = this.#flowValue('sequence-close', key.end);
    node.entries.push({ key, value });
    node.end = value.end;
    return node;
  }

  #flowMapping(properties: Properties): YamlMapping {
    const scanner = this.#scanner;
    const node = this.#openMapping(scanner.take().start, 'flow', properties);
    for (let first = true; scanner.peek().type !== 'mapping-close'; first = false) {
      if (!first && !this.#takeComma('mapping-close', "did not find expected ',' or '}'")) break;
      node.entries.push(this.#flowEntry());
    }
    node.end = scanner.take().end;
    return node;
  }

  #flowEntry(): YamlEntry {
    const scanner = this.#scanner;
    if (scanner.peek().type !== 'key') {
      const key = this.#node(false, false);
      return { key, value: this.#absent(key.end, noProperties) };
    }
    const { end } = scanner.take();
    const next = scanner.peek().type;
    const isAbsent = next === 'value' || next === 'flow-entry' || next === 'mapping-close';
    const key = isAbsent ? this.#absent(end, noProperties) : this.#node(false, false);
    return { key, value: this.#flowValue('mapping-close', key.end) };
  }

  #flowValue(closing: TokenType, keyEnd: number): YamlNode {
    const scanner = this.#scanner;
    if (scanner.peek().type !== 'value') return this.#absent(keyEnd, noProperties);
    const { end } = scanner.take();
    const next = scanner.peek().type;
    return next === 'flow-entry' || next === closing ? this.#absent(end, noProperties) : this.#node(false, false);
  }

  /** Whether an entry follows the comma that must stand here. */
  #takeComma(closing: TokenType, problem: string): boolean {
    const token = this.#scanner.peek();
    if (token.type !== 'flow-entry') refuse(problem, token);
    this.#scanner.take();
    return this.#scanner.peek().type !== closing;
  }
}

const endsBlockEntry = (type: TokenType) => type === 'key' || type === 'value' || type === 'block-end';

const endsDocument = (type: TokenType) =>
  type === 'directive' || type === 'document-start' || type === 'document-end' || type === 'stream-end';

function resolveTag({ text, suffix, start, line }: Token): string {
  if (text === '') return suffix;
  if (text === '!') return `!${suffix}`;
  if (text === '!!') return `tag:yaml.org,2002:${suffix}`;
  throw new Refusal('found undefined tag handle', line, start);
}

/** The parser's problems carry the line as it is counted from 0. */
function refuse(problem: string, { start, line }: Token): never {
  throw new Refusal(problem, line, start);
}
