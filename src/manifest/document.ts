// One document of a file. What hangs on its text alone is kept apart from where it stands, so that it outlives changes around it.
import type { JsonValue } from '../base/json.ts';
import { isObject } from '../base/json.ts';
import { parseDocument } from './grammar/index.ts';
import { resolveDocument, type DuplicateKey, type Resolution } from './resolve.ts';
import type { Chunk } from './split.ts';
import { isTemplate } from './template.ts';
import { maximumLength, tooLarge, type ManifestError, type TextRange, type YamlNode } from './yaml-node.ts';

/** Makes a tree of a text that kubectl refuses, as far as it goes: `parseTolerant` of `tolerant.ts`. */
export type TolerantParser = (text: string) => YamlNode | undefined;

/** What one document says. Everything is found on first use; all offsets count from the document's start. */
export class DocumentContent {
  readonly text: string;
  readonly #chunk: Pick<Chunk, 'json' | 'jsonProblem' | 'error'>;
  readonly #tolerant: TolerantParser | undefined;
  #parsed: { readonly root: YamlNode | undefined; readonly error: ManifestError | undefined } | undefined;
  #resolution: Resolution | undefined;

  constructor(text: string, chunk: Pick<Chunk, 'json' | 'jsonProblem' | 'error'>, tolerant?: TolerantParser) {
    this.text = text;
    this.#chunk = chunk;
    this.#tolerant = tolerant;
  }

  /** Whether everything hangs on the text alone, and not on what stands before it in the file. */
  get isSelfContained(): boolean {
    const { json, jsonProblem, error } = this.#chunk;
    return !json && jsonProblem === undefined && !error;
  }

  get isJson(): boolean {
    return this.#chunk.json !== undefined;
  }

  /** The tree; of a document that kubectl cannot read what the tolerant parser made of it. Undefined if there is nothing. */
  get root(): YamlNode | undefined {
    return this.#parse().root;
  }

  /** What kubectl says when it refuses the document: at most one error, as it stops at the first. */
  get errors(): readonly ManifestError[] {
    const { error } = this.#parse();
    if (error) return isUnknown(error) ? [] : [error];
    const refusal = this.#resolve().error;
    return refusal ? [this.#phrased(refusal)] : [];
  }

  /** What we cannot say of the document: as long as there is any, `object` may not be what kubectl sends. */
  get unknowns(): readonly ManifestError[] {
    const { error } = this.#parse();
    return error && isUnknown(error) ? [error] : this.#resolve().unknowns;
  }

  get duplicates(): readonly DuplicateKey[] {
    return this.#resolve().duplicates;
  }

  /** What kubectl sends, keys in the order of the source; undefined if it refuses the document, null if there is none. Never to be changed. */
  get object(): JsonValue | undefined {
    const { root, error } = this.#parse();
    if (error) return undefined;
    return root ? this.#resolve().value : null;
  }

  get isEmpty(): boolean {
    return this.object === null;
  }

  /** Whether it has an apiVersion and a kind that are strings. Of a document that kubectl refuses, as far as it can be read. */
  get isKubernetes(): boolean {
    const { object } = this;
    if (object === undefined) return looksLikeKubernetes(this.text);
    return isObject(object) && isName(object['apiVersion']) && isName(object['kind']);
  }

  /** Whether it is a template of Helm, which is no manifest yet. */
  get isTemplate(): boolean {
    return this.text.includes('{{') && isTemplate(this.text, this.root, this.errors.length > 0);
  }

  #parse() {
    return (this.#parsed ??= this.#parseOnce());
  }

  #parseOnce() {
    const { json, error: known } = this.#chunk;
    if (json) return { root: json, error: known };
    const { length } = this.text;
    const parsed = known
      ? { error: known }
      : length > maximumLength
        ? { error: tooLarge(length) }
        : parseDocument(this.text);
    if (!parsed.error) return { root: parsed.root, error: undefined };
    return {
      root: isUnknown(parsed.error) ? undefined : this.#tolerant?.(this.text),
      error: this.#phrased(parsed.error),
    };
  }

  /** Where JSON was tried first, its refusal is what is printed. */
  #phrased(error: ManifestError): ManifestError {
    const { jsonProblem } = this.#chunk;
    return jsonProblem === undefined || isUnknown(error) ? error : { ...error, message: jsonProblem };
  }

  #resolve(): Resolution {
    if (this.#resolution) return this.#resolution;
    const { root, error } = this.#parse();
    return (this.#resolution = root && !error ? resolveDocument(root) : { unknowns: [], duplicates: [] });
  }
}

/** What kubectl would read, and we do not. */
const isUnknown = ({ code }: ManifestError) => code === 'too-deep' || code === 'too-large';

const isName = (value: unknown) => typeof value === 'string' && value !== '';

/** A cheap look for `apiVersion:` and `kind:`, for files of any kind and size, so that no tree is built for what is something else. */
export function looksLikeKubernetes(text: string): boolean {
  return /\bapiVersion["']?\s*:/.test(text) && /\bkind["']?\s*:/.test(text);
}

/**
 * A document at its place in a file: `start` and `end` are offsets of the file. All that it says (tree, errors, duplicates) counts from `start`;
 * `rangeOf` gives offsets of the file.
 */
export class ManifestDocument implements TextRange {
  readonly content: DocumentContent;
  /** Counted from 0, empty documents included. */
  readonly index: number;
  readonly start: number;
  readonly end: number;

  constructor(content: DocumentContent, index: number, { start, end }: TextRange) {
    this.content = content;
    this.index = index;
    this.start = start;
    this.end = end;
  }

  get root(): YamlNode | undefined {
    return this.content.root;
  }

  get object(): JsonValue | undefined {
    return this.content.object;
  }

  get isEmpty(): boolean {
    return this.content.isEmpty;
  }

  get isKubernetes(): boolean {
    return this.content.isKubernetes;
  }

  get isTemplate(): boolean {
    return this.content.isTemplate;
  }

  get errors(): readonly ManifestError[] {
    return this.content.errors;
  }

  get unknowns(): readonly ManifestError[] {
    return this.content.unknowns;
  }

  get duplicates(): readonly DuplicateKey[] {
    return this.content.duplicates;
  }
}
