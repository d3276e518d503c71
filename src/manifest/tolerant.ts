// A document that kubectl refuses still has fields that a person wants to see marked, completed and explained. `yaml` recovers from nearly
// everything; whether a document is right is never its to say. Not part of index.ts: it brings 97 KB along.
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseAllDocuments,
  type Node,
  type Pair,
  type ParsedNode,
  type Scalar,
} from 'yaml';
import { maximumDepth, type CollectionStyle, type ScalarStyle, type YamlEntry, type YamlNode } from './yaml-node.ts';

/** `yaml` reads 3 MB/s: a larger document that is broken gets its error, and no tree. */
const longestDocument = 1_000_000;

/** The tree of a text, as far as it can be made out; undefined if there is nothing in it. Offsets count from the text's start. */
export function parseTolerant(text: string): YamlNode | undefined {
  if (text.length > longestDocument || nestsTooDeep(text)) return undefined;
  // Version 1.1 and no schema: scalars are resolved by our own rules, from their text.
  const documents = parseAllDocuments(text, {
    version: '1.1',
    schema: 'failsafe',
    merge: false,
    uniqueKeys: false,
    strict: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const [first] = Array.isArray(documents) ? documents : [];
  const contents: ParsedNode | null | undefined = first?.contents;
  return contents ? new TreeBuilder(text).node(contents, 0) : undefined;
}

/** Whether brackets or indentation could take `yaml`, which recurses, too deep. Brackets in strings count, too: no one has so many. */
function nestsTooDeep(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[{\]}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1;
    if (depth > maximumDepth) return true;
  }
  return new RegExp(`^(?: {${maximumDepth}}|(?:- *){${maximumDepth}}|(?:\\? *){${maximumDepth}})`, 'm').test(text);
}

class TreeBuilder {
  readonly #text: string;
  readonly #anchors = new Map<string, YamlNode>();

  constructor(text: string) {
    this.#text = text;
  }

  /** @param from where a node without a place of its own would stand */
  node(node: Node, from: number): YamlNode {
    const [start, end] = node.range ?? [from, from];
    if (isAlias(node)) return { kind: 'alias', start, end, name: node.source, target: this.#anchors.get(node.source) };
    const { tag, anchor } = node as { tag?: string; anchor?: string };
    const place = { start, end, tag, anchor };
    if (isMap(node)) {
      const entries: YamlEntry[] = [];
      const mapping = this.#remember({ kind: 'mapping' as const, ...place, style: styleOf(node), entries });
      for (const pair of node.items) entries.push(this.#entry(pair, start));
      if (!node.flow) mapping.end = entries.at(-1)?.value.end ?? end;
      return mapping;
    }
    if (isSeq(node)) {
      const items: YamlNode[] = [];
      const sequence = this.#remember({ kind: 'sequence' as const, ...place, style: styleOf(node), items });
      for (const item of node.items) items.push(this.node(item as Node, start));
      if (!node.flow) sequence.end = items.at(-1)?.end ?? end;
      return sequence;
    }
    return this.#remember({ kind: 'scalar' as const, ...place, ...this.#scalar(node, end) });
  }

  #scalar(node: Node, end: number): { style: ScalarStyle; text: string; end: number } {
    if (!isScalar(node)) return { style: 'plain', text: '', end };
    const style = scalarStyles[node.type ?? 'PLAIN'];
    const inBlock = style === 'literal' || style === 'folded';
    return { style, text: node.source ?? '', end: inBlock ? this.#endOfContent(end) : end };
  }

  /** For us the line breaks behind its last line with content are not part of a block scalar. */
  #endOfContent(end: number): number {
    const last = this.#text.slice(0, end).trimEnd().length;
    const lineEnd = this.#text.slice(last, end).search(/\r?\n/);
    return lineEnd < 0 ? end : last + lineEnd;
  }

  #entry({ key, value }: Pair, from: number): YamlEntry {
    const keyNode = key ? this.node(key as Node, from) : absentAt(from);
    return { key: keyNode, value: value ? this.node(value as Node, keyNode.end) : absentAt(keyNode.end) };
  }

  #remember<T extends YamlNode & { anchor: string | undefined }>(node: T): T {
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    return node;
  }
}

const scalarStyles = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
} as const satisfies Record<Scalar.Type, ScalarStyle>;

const styleOf = ({ flow }: { flow?: boolean }): CollectionStyle => (flow ? 'flow' : 'block');

const absentAt = (at: number): YamlNode => ({
  kind: 'scalar',
  start: at,
  end: at,
  tag: undefined,
  anchor: undefined,
  style: 'plain',
  text: '',
});
