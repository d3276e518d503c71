// The tree that a kustomization is built from: objects and lists that are changed in place, as kyaml changes its YAML nodes.
import { notModelled } from './problem.ts';

/** An object of the tree. */
export type Fields = Record<string, unknown>;

/**
 * A scalar whose text is not how its value is written (`1.10`, `0644`, `True`, `~`, `2020-01-01`), or one that stands in several places at once: what
 * kustomize adds to an object in one go is one node, and who changes it later in one place changes it in all.
 */
export class Scalar {
  text: string;
  value: unknown;

  constructor(text: string, value: unknown) {
    this.text = text;
    this.value = value;
  }
}

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Scalar);

/** `undefined` is a null that nothing is written for (`key:`), which a patch does not keep. */
export const isNull = (value: unknown): boolean =>
  value === null || value === undefined || (value instanceof Scalar && value.value === null);

/** What is written for a scalar; of anything else nothing. */
export function textOf(value: unknown): string {
  if (value instanceof Scalar) return value.text;
  if (value === null) return 'null';
  return value === undefined || typeof value === 'object' ? '' : String(value as string | number | boolean);
}

/** Whether a node is nothing, or holds nothing. */
export function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return isFields(value) ? Object.keys(value).length === 0 : isNull(value);
}

/** Puts a value at a key. */
export function put(node: Fields, key: string, value: unknown): void {
  const old = node[key];
  if (!(old instanceof Scalar) || value === old || Array.isArray(value) || isFields(value)) {
    node[key] = value;
    return;
  }
  old.text = textOf(value);
  old.value = value instanceof Scalar ? value.value : value;
}

/** A copy that shares nothing. */
export function copied<T>(value: T): T {
  if (value instanceof Scalar) return new Scalar(value.text, value.value) as T;
  if (Array.isArray(value)) return value.map(copied) as T;
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copied(item)])) as T;
}

/** The values alone, as JSON has them. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Scalar) return value.value;
  if (!isFields(value)) return value ?? null;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

/** The object at a key, made if it is not there. */
export function fieldsAt(node: Fields, key: string): Fields {
  const there = node[key];
  if (isFields(there)) return there;
  const made: Fields = {};
  node[key] = made;
  return made;
}

/** The texts of an object's scalars. */
export function textsOf(node: unknown): Record<string, string> {
  if (Array.isArray(node)) return notModelled('a list in the place of texts');
  if (!isFields(node)) return {};
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, textOf(value)]));
}
