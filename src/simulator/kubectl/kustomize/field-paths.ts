// Paths of replacements: `spec.template.spec.containers.[name=web].image` (sigs.k8s.io/kustomize/kyaml/yaml, PathGetter and PathMatcher; kyaml/utils).
import { goPattern } from '../../../base/go-pattern.ts';
import { isFields, isNull, put, textOf } from './node.ts';
import { notModelled, refuse } from './problem.ts';

/** Cuts at dots that are neither behind a backslash nor in brackets; brackets without `=` only hold a key together. */
export function pathParts(path: string): string[] {
  const split = path.split(/(?<!\\)\./).map((part) => part.replaceAll('\\.', '.'));
  const raw = split.length > 1 && split[0] === '' ? split.slice(1) : split;
  const parts: string[] = [];
  for (let i = 0; i < raw.length; i++) {
    let part = raw[i] ?? '';
    if (part.startsWith('[') && !part.endsWith(']')) {
      while (i < raw.length - 1) {
        part += `.${raw[++i] ?? ''}`;
        if (part.endsWith(']')) break;
      }
      if (!part.includes('=')) part = part.replace(/^[[\]]+|[[\]]+$/g, '');
    }
    parts.push(part);
  }
  return parts;
}

const isIndex = (part: string) => /^\+?\d+$/.test(part);
const inBrackets = /^\[([^=]*)=(.*)\]$/s;

/** The value at a path, which names each item of a list exactly. */
export function lookUp(node: unknown, path: readonly string[]): unknown {
  return path
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .reduce(entered, node);
}

function entered(node: unknown, part: string): unknown {
  if (isNull(node)) return undefined;
  if (isIndex(part) || part === '-') {
    if (!Array.isArray(node)) return notModelled('an index of what is no list');
    if (part === '-' && node.length === 0) return notModelled('the last of no items');
    return part === '-' ? node.at(-1) : node[Number(part)];
  }
  if (part === '*') return notModelled('a source in several places');
  const [, key, value] = inBrackets.exec(part) ?? [];
  if (part.startsWith('[') && key === undefined) return notModelled(`the path element ${part}`);
  if (key !== undefined) {
    if (!Array.isArray(node)) return notModelled('an item of what is no list');
    return (node as unknown[]).find((item) =>
      key === '' ? textOf(item) === value : isFields(item) && Object.hasOwn(item, key) && textOf(item[key]) === value,
    );
  }
  if (!isFields(node)) return notModelled('a field of what has none');
  return Object.hasOwn(node, part) ? node[part] : undefined;
}

/** A place of a tree. */
export interface Found {
  readonly value: unknown;
  readonly set: (value: unknown) => void;
}

/** What a path leads to; in lists all items that fit. `made` is what is put where there is nothing; without it none is. */
export function fieldsBelow(root: unknown, path: readonly string[], made: (() => unknown) | undefined): Found[] {
  return below({ value: root, set: () => notModelled('a replacement of a whole object') }, path, made);
}

function below(at: Found, path: readonly string[], made: (() => unknown) | undefined): Found[] {
  const [part, ...rest] = path;
  if (part === undefined) return [at];
  const { value: node } = at;
  if (isIndex(part) || part === '*' || part.startsWith('[')) {
    const list: unknown = isNull(node) ? [] : node;
    if (!Array.isArray(list)) return notModelled('an item of what is no list');
    return itemsOf(list, part, rest, made).flatMap((i) => below(itemAt(list, i), rest, made));
  }
  if (isNull(node)) return made ? notModelled('a field to be made in nothing') : [];
  if (!isFields(node)) return notModelled('a replacement within a text');
  if (!Object.hasOwn(node, part)) {
    if (!made) return [];
    node[part] = kindFor(rest[0], made);
  }
  return below({ value: node[part], set: (value) => put(node, part, value) }, rest, made);
}

const itemAt = (list: unknown[], i: number): Found => ({ value: list[i], set: (value) => void (list[i] = value) });

function kindFor(next: string | undefined, made: () => unknown): unknown {
  if (next === undefined) return made();
  return next.startsWith('[') || isIndex(next) ? [] : {};
}

function itemsOf(list: unknown[], part: string, rest: readonly string[], made: (() => unknown) | undefined): number[] {
  if (part === '*') return [...list.keys()];
  if (isIndex(part)) {
    const index = Number(part);
    if (index === list.length && made) list.push(kindFor(rest[0], made));
    if (index < list.length) return [index];
    return refuse(`index ${index} specified but only ${list.length} elements found`);
  }
  const [, key, value = ''] = inBrackets.exec(part) ?? [];
  if (key === undefined) return refuse('list path element must contain fieldName=fieldValue for element to match');
  const pattern = goPattern(value) ?? notModelled(`the pattern ${value}`);
  const fits = (item: unknown) =>
    key === ''
      ? pattern.test(textOf(item))
      : isFields(item) && Object.hasOwn(item, key) && pattern.test(textOf(item[key]));
  const found = () => [...list.keys()].filter((i) => fits(list[i]));
  if (found().length > 0 || !made) return found();
  list.push(key === '' ? value : { [key]: value });
  return found();
}
