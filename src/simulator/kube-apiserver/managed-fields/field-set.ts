// Sets of fields: the leaves of an object by their paths, and the same in the form of fieldsV1
// (sigs.k8s.io/structured-merge-diff/v6: typed/tofieldset.go, fieldpath/serialize.go).
import { goJson, isObject } from '../../../base/json.ts';
import { itemElement, type Path } from './path.ts';
import { any, innerOf, structureFor, type Structure } from './structure.ts';

/** A leaf: its path and the value there. Items of lists are leaves beside what is in them. */
export interface Leaf {
  readonly path: Path;
  readonly value: unknown;
}

/** Leaves by their key. */
export type Leaves = ReadonlyMap<string, Leaf>;

export const keyOf = (path: Path): string => path.join('\0');

/** Nobody owns what says which object it is, and what the server keeps. */
const notOwned = new Set(
  ['f:apiVersion', 'f:kind'].concat(
    ['name', 'namespace', 'uid', 'creationTimestamp', 'selfLink', 'generation', 'managedFields', 'resourceVersion'].map(
      (name) => keyOf(['f:metadata', `f:${name}`]),
    ),
  ),
);

export function leavesOf(object: unknown, structure: Structure): Leaves {
  const leaves = new Map<string, Leaf>();
  collect(object, structure, [], leaves);
  for (const key of leaves.keys()) {
    const [first = '', second = ''] = key.split('\0');
    if (notOwned.has(first) || notOwned.has(keyOf([first, second]))) leaves.delete(key);
  }
  return leaves;
}

function collect(value: unknown, declared: Structure, path: Path, leaves: Map<string, Leaf>): void {
  const structure = structureFor(value, declared);
  if (structure.form === 'map' && !structure.whole && isObject(value)) {
    const entries = Object.entries(value);
    for (const [name, inner] of entries) {
      const at = [...path, `f:${name}`];
      collect(inner, innerOf(structure, name) ?? any, at, leaves);
      if (!structure.field(name) && isObject(inner)) leaves.set(keyOf(at), { path: at, value: true });
    }
    if (entries.length > 0) return;
  } else if (structure.form === 'list' && structure.relation !== 'atomic' && Array.isArray(value)) {
    for (const each of value as unknown[]) {
      const element = itemElement(each, structure.relation);
      if (typeof element !== 'string') continue;
      const inner = [...path, element];
      leaves.set(keyOf(inner), { path: inner, value: structure.relation === 'set' ? each : true });
      if (structure.relation !== 'set') collect(each, structure.item, inner, leaves);
    }
    if (value.length > 0) return;
  }
  if (path.length > 0) leaves.set(keyOf(path), { path, value });
}

export const sameValue = (a: unknown, b: unknown): boolean => a === b || goJson(a) === goJson(b);

/** `{"f:spec":{"f:replicas":{}}}`, paths in order. */
export function fieldsV1Of(paths: Iterable<Path>): Readonly<Record<string, unknown>> {
  type Node = { [element: string]: Node };
  const root: Node = {};
  const sorted = [...paths].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const leaves = new Map<Node, true>();
  for (const path of sorted) {
    let node = root;
    for (const element of path) {
      if (leaves.has(node)) node['.'] ??= {};
      node = node[element] ??= {};
    }
    leaves.set(node, true);
  }
  return root;
}

/** The paths that fieldsV1 holds, by their keys. */
export function pathsIn(fields: unknown): Map<string, Path> {
  const paths = new Map<string, Path>();
  const walk = (node: unknown, path: Path): void => {
    const names = isObject(node) ? Object.keys(node) : [];
    if (path.length > 0 && (names.length === 0 || names.includes('.'))) paths.set(keyOf(path), path);
    if (!isObject(node)) return;
    for (const name of names) if (name !== '.') walk(node[name], [...path, name]);
  };
  walk(fields, []);
  return paths;
}
