// From the tree to the object that kubectl sends. What go.yaml.in/yaml/v2 refuses while it decodes (not while it reads) is refused here:
// aliases that contain themselves or explode, keys that are no scalars, merges of what is no mapping, tags that do not fit.
import type { JsonValue } from '../base/json.ts';
import { goFloatKey, goSyntax, type GoValue } from './go-value.ts';
import { resolvePlain, resolveTagged, type ScalarValue } from './scalar.ts';
import type {
  ManifestError,
  ManifestErrorCode,
  TextRange,
  YamlAlias,
  YamlEntry,
  YamlMapping,
  YamlNode,
  YamlScalar,
} from './yaml-node.ts';

/** A key that a mapping has more than once. kubectl takes the last; a server that is sent YAML refuses with `line L: key K already set in map`. */
export interface DuplicateKey extends TextRange {
  /** As Go prints it: strings in quotes. */
  readonly key: string;
  /** Where the value of the repeated key begins. */
  readonly valueStart: number;
}

export interface Resolution {
  /** Absent if kubectl refuses the document. Keys in the order of the source. */
  readonly value?: JsonValue;
  readonly error?: ManifestError;
  /** Parts of the value that we may have got wrong. */
  readonly unknowns: readonly ManifestError[];
  readonly duplicates: readonly DuplicateKey[];
}

/** The value of a whole document. Never throws for what a user wrote. */
export function resolveDocument(root: YamlNode): Resolution {
  const decoder = new Decoder();
  const { duplicates, unknowns } = decoder;
  try {
    const value = decoder.decode(root);
    const error = decoder.refusedKey ?? decoder.refusedNumber;
    return error ? { error, duplicates, unknowns } : { value, duplicates, unknowns };
  } catch (problem) {
    if (!(problem instanceof DecodeProblem)) throw problem;
    return { error: problem.error, duplicates, unknowns };
  }
}

/** Ends the decoding of one document; never leaves this file. */
class DecodeProblem extends Error {
  readonly error: ManifestError;

  constructor(code: ManifestErrorCode, problem: string, { start, end }: TextRange) {
    super(problem);
    this.error = { code, message: `error converting YAML to JSON: yaml: ${problem}`, start, end };
  }
}

const mergeTag = 'tag:yaml.org,2002:merge';

/** The value of a scalar by its style, its tag and its text. */
function scalarValue(node: YamlScalar): ScalarValue {
  if (node.tag === undefined)
    return node.style === 'plain' ? resolvePlain(node.text) : { type: 'string', value: node.text };
  const value = resolveTagged(node.tag, node.text);
  if ('problem' in value) throw new DecodeProblem('tag', value.problem, node);
  return value;
}

/** `<<` that is plain, or tagged as a merge or with a bare `!`. */
export const isMergeKey = (node: YamlNode): boolean =>
  node.kind === 'scalar' &&
  node.text === '<<' &&
  (node.tag === undefined ? node.style === 'plain' : node.tag === mergeTag || node.tag === '!');

class Decoder {
  readonly duplicates: DuplicateKey[] = [];
  readonly unknowns: ManifestError[] = [];
  /** What the steps after the decoding refuse: keys that JSON cannot have, then numbers that it cannot write. */
  refusedKey: ManifestError | undefined;
  refusedNumber: ManifestError | undefined;
  readonly #open = new Set<YamlAlias>();
  readonly #budget = new AliasBudget();

  decode(node: YamlNode): JsonValue {
    this.#budget.spend(node);
    switch (node.kind) {
      case 'scalar':
        return this.#json(scalarValue(node), node);
      case 'sequence':
        return node.items.map((item) => this.decode(item));
      case 'mapping': {
        const target = {};
        this.#fill(node, target);
        return target;
      }
      case 'alias':
        return this.#throughAlias(node, (target) => this.decode(target));
    }
  }

  #throughAlias<T>(alias: YamlAlias, use: (target: YamlNode) => T): T {
    if (!alias.target) throw new DecodeProblem('unknown-anchor', `unknown anchor '${alias.name}' referenced`, alias);
    if (this.#open.has(alias))
      throw new DecodeProblem('anchor-cycle', `anchor '${alias.name}' value contains itself`, alias);
    this.#open.add(alias);
    this.#budget.enterAlias();
    const result = use(alias.target);
    this.#budget.leaveAlias();
    this.#open.delete(alias);
    return result;
  }

  /** Merged keys land where the merge stands: they replace what came before, and what comes after replaces them. */
  #fill(mapping: YamlMapping, target: Record<string, JsonValue>, isMerge = false): void {
    let merged = isMerge;
    for (const { key, value } of mapping.entries) {
      if (isMergeKey(key)) {
        merged = true;
        this.#merge(value, target);
        continue;
      }
      const name = this.#keyName(key, value);
      const item = this.decode(value);
      if (!merged && Object.hasOwn(target, name)) {
        const { start, end } = key;
        this.duplicates.push({ key: goSyntax(toGoValue(key)), start, end, valueStart: value.start });
      }
      setKey(target, name, item);
    }
  }

  #merge(node: YamlNode, target: Record<string, JsonValue>): void {
    const sources = node.kind === 'sequence' ? node.items.toReversed() : [node];
    for (const source of sources) {
      const mapping = source.kind === 'alias' ? source.target : source;
      if (mapping?.kind !== 'mapping') {
        if (source.kind === 'alias' && !source.target) this.decode(source);
        throw new DecodeProblem('merge', 'map merge requires map or sequence of maps as the value', node);
      }
      this.#budget.spend(source);
      if (source.kind !== 'alias') this.#fill(mapping, target, true);
      else {
        this.#throughAlias(source, () => {
          this.#budget.spend(mapping);
          this.#fill(mapping, target, true);
        });
      }
    }
  }

  #keyName(node: YamlNode, value: YamlNode): string {
    const target = node.kind === 'alias' ? node.target : node;
    if (node.kind !== 'scalar') this.decode(node);
    else this.#budget.spend(node);
    if (target?.kind !== 'scalar') {
      throw new DecodeProblem('map-key', `invalid map key: ${goSyntax(toGoValue(node))}`, node);
    }
    const key = scalarValue(target);
    if (key.type === 'null' || key.type === 'uint') this.#refuseKey(key, node, value);
    return keyText(key);
  }

  #refuseKey(key: ScalarValue, { start, end }: TextRange, value: YamlNode): void {
    const type = key.type === 'null' ? '%!s(<nil>)' : 'uint64';
    const message = `unsupported map key of type: ${type}, key: ${goSyntax(key)}, value: ${goSyntax(toGoValue(value))}`;
    this.refusedKey = { code: 'map-key', message: `error converting YAML to JSON: ${message}`, start, end };
  }

  #json(scalar: ScalarValue, { start, end }: TextRange): JsonValue {
    if (typeof scalar.value === 'bigint') {
      const value = Number(scalar.value);
      // Above int64 kubectl itself goes on with a double.
      if (scalar.type === 'int' && BigInt(value) !== scalar.value) {
        const message = `the integer ${scalar.value} needs more than 53 bits, which is not modelled`;
        this.unknowns.push({ code: 'imprecise-number', message, start, end });
      }
      return value;
    }
    if (scalar.type === 'float' && !Number.isFinite(scalar.value)) {
      const name = Number.isNaN(scalar.value) ? 'NaN' : scalar.value > 0 ? '+Inf' : '-Inf';
      this.refusedNumber ??= {
        code: 'number',
        message: `error converting YAML to JSON: json: unsupported value: ${name}`,
        start,
        end,
      };
    }
    return scalar.value;
  }
}

/** The key of a JSON object that a scalar becomes: numbers and booleans as Go writes them. */
const keyText = (key: ScalarValue) => (key.type === 'float' ? goFloatKey(key.value) : String(key.value));

/** The name under which an entry is found in the object, or undefined for a key that no object can have. */
export function keyName(node: YamlNode): string | undefined {
  const key = node.kind === 'alias' ? node.target : node;
  if (key?.kind !== 'scalar') return undefined;
  if (key.tag === undefined)
    return keyText(key.style === 'plain' ? resolvePlain(key.text) : { type: 'string', value: key.text });
  const value = resolveTagged(key.tag, key.text);
  return 'problem' in value ? undefined : keyText(value);
}

/** Sets a key that may be called `__proto__`. */
function setKey(target: Record<string, JsonValue>, name: string, value: JsonValue): void {
  if (name !== '__proto__') target[name] = value;
  else Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}

/** For texts that show a value: it is small, and was decoded before. An alias that contains itself ends the text. */
function toGoValue(node: YamlNode, open: readonly YamlNode[] = []): GoValue {
  const inside = [...open, node];
  switch (node.kind) {
    case 'scalar':
      return scalarValue(node);
    case 'sequence':
      return { type: 'list', items: node.items.map((item) => toGoValue(item, inside)) };
    case 'mapping':
      return { type: 'map', entries: node.entries.flatMap((entry) => goEntries(entry, inside)) };
    case 'alias':
      return node.target && !open.includes(node.target)
        ? toGoValue(node.target, inside)
        : { type: 'null', value: null };
  }
}

function goEntries({ key, value }: YamlEntry, open: readonly YamlNode[]): (readonly [GoValue, GoValue])[] {
  if (!isMergeKey(key)) return [[toGoValue(key, open), toGoValue(value, open)]];
  const merged = toGoValue(value, open);
  const sources = merged.type === 'list' ? merged.items : [merged];
  return sources.flatMap((source) => (source.type === 'map' ? source.entries : []));
}

/** The decoder counts its steps and refuses a document most of which comes from aliases: 99 % up to 400,000 steps, then ever less, down to 10 %. */
class AliasBudget {
  #steps = 1;
  #aliasSteps = 0;
  #depth = 0;

  enterAlias(): void {
    this.#depth++;
  }

  leaveAlias(): void {
    this.#depth--;
  }

  spend(node: TextRange): void {
    this.#steps++;
    if (this.#depth === 0) return;
    this.#aliasSteps++;
    if (
      this.#aliasSteps > 100 &&
      this.#steps > 1000 &&
      this.#aliasSteps / this.#steps > allowedAliasShare(this.#steps)
    ) {
      throw new DecodeProblem('anchor-explosion', 'document contains excessive aliasing', node);
    }
  }
}

function allowedAliasShare(steps: number): number {
  const low = 400_000;
  const high = 4_000_000;
  if (steps <= low) return 0.99;
  return steps >= high ? 0.1 : 0.99 - 0.89 * ((steps - low) / (high - low));
}
