// Files of objects as kustomize reads them (sigs.k8s.io/kustomize/kyaml on go.yaml.in/yaml/v3), which is not as kubectl does: `yes` and `on` are text, dates are
// times, and what is written stays known beside what it means.
import { parseDocument } from './grammar/index.ts';
import { isMergeKey } from './resolve.ts';
import { resolvePlain, resolveTagged } from './scalar.ts';
import type { YamlMapping, YamlNode, YamlScalar } from './yaml-node.ts';

/** A document, undefined if it is empty; or what is wrong with it, `isUnknown` where the words are not known. */
export type ReadObject = { readonly value: unknown } | { readonly error: string; readonly isUnknown?: boolean };

/** Stands for a scalar whose text is not how its value is written. */
export type MakeScalar = (text: string, value: unknown) => unknown;

/** The documents of a file. Of nulls those that nothing is written for are undefined. */
export function readObjects(text: string, makeScalar: MakeScalar): readonly ReadObject[] {
  const documents = cut(text.replaceAll('\r\n', '\n'));
  if ('error' in documents) return [documents];
  return documents.texts.map((one) => readObject(one, makeScalar));
}

/** Lines that begin with `---` part documents; each but the last keeps its last line's end. */
function cut(text: string): { readonly texts: readonly string[] } | { readonly error: string } {
  const texts: string[] = [];
  let start = 0;
  for (const { 0: separator, 1: behind = '', index } of text.matchAll(/\n---(.*)\n/g)) {
    if (!/^\s*(?:#|$)/.test(behind)) return { error: `invalid document separator: ${separator.trim()}` };
    texts.push(`${text.slice(start, index)}\n`);
    start = index + separator.length;
  }
  return { texts: [...texts, text.slice(start)] };
}

class Unread extends Error {}

function readObject(text: string, makeScalar: MakeScalar): ReadObject {
  const { root, error } = parseDocument(text);
  if (error) {
    const message = error.message.replace(/^error converting YAML to JSON: /, '');
    return { error: `MalformedYAMLError: ${message}`, ...(error.code !== 'syntax' && { isUnknown: true }) };
  }
  if (!root) return { value: undefined };
  try {
    return { value: new Reader(makeScalar).value(root) };
  } catch (problem) {
    if (!(problem instanceof Unread)) throw problem;
    return { error: problem.message, isUnknown: true };
  }
}

const anchorsPerDocument = 10_000;

class Reader {
  readonly #makeScalar: MakeScalar;
  readonly #open = new Set<YamlNode>();
  #followed = 0;

  constructor(makeScalar: MakeScalar) {
    this.#makeScalar = makeScalar;
  }

  value(node: YamlNode): unknown {
    switch (node.kind) {
      case 'scalar':
        return this.#scalar(node);
      case 'sequence':
        return node.items.map((item) => this.value(item));
      case 'mapping':
        return this.#mapping(node);
      case 'alias':
        return this.#through(node.target, (target) => this.value(target));
    }
  }

  #through<T>(target: YamlNode | undefined, use: (target: YamlNode) => T): T {
    if (!target || this.#open.has(target) || ++this.#followed > anchorsPerDocument) {
      throw new Unread('YAML with anchors that lead nowhere, to themselves or to too much');
    }
    this.#open.add(target);
    const result = use(target);
    this.#open.delete(target);
    return result;
  }

  #mapping({ entries }: YamlMapping): Record<string, unknown> {
    const merged: Record<string, unknown> = {};
    const own = new Map<string, unknown>();
    for (const { key, value } of entries) {
      if (isMergeKey(key)) for (const source of this.#sources(value)) Object.assign(merged, source);
      else {
        const name = this.#key(key);
        if (own.has(name)) throw new Unread(`YAML that has the key ${name} more than once`);
        own.set(name, this.value(value));
      }
    }
    return { ...merged, ...Object.fromEntries(own) };
  }

  /** What is merged, the least important first. */
  #sources(node: YamlNode): readonly Record<string, unknown>[] {
    if (node.kind === 'alias') return this.#through(node.target, (target) => this.#sources(target));
    if (node.kind === 'mapping') return [this.#mapping(node)];
    if (node.kind === 'sequence') return node.items.toReversed().flatMap((item) => this.#sources(item));
    throw new Unread('YAML that merges what is no mapping');
  }

  #key(node: YamlNode): string {
    const key = node.kind === 'scalar' ? this.#scalar(node) : undefined;
    if (typeof key !== 'string') throw new Unread('YAML with keys that are no text');
    return key;
  }

  #scalar(node: YamlScalar): unknown {
    const { text, tag, style } = node;
    if (tag === undefined && style !== 'plain') return text;
    if (tag === undefined && isTextNow.test(text)) return text;
    if (tag === undefined && text === '') return undefined;
    if (tag === undefined && beginsLikeTime.test(text)) return this.#time(text);
    const resolved = tag === undefined ? resolvePlain(text) : resolveTagged(tag, text);
    if ('problem' in resolved) throw new Unread(resolved.problem);
    const { value } = resolved;
    if (typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value))) {
      throw new Unread(`the number ${text}`);
    }
    return String(value) === text ? value : this.#makeScalar(text, value);
  }

  #time(text: string): unknown {
    const [, year = '', month = '', day = ''] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
    if (year !== '' && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 28 && month !== '00') {
      return this.#makeScalar(text, `${text}T00:00:00Z`);
    }
    throw new Unread(`the time ${text}`);
  }
}

/** Booleans of YAML 1.1 alone. */
const isTextNow = /^(?:y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF)$/;
const beginsLikeTime = /^\d{4}-/;
