// What a proposer thinks might help. Nothing of it is offered before it is proved.
import type { KubeObject } from '../../api/object.ts';
import type { JsonValue } from '../../base/json.ts';
import type { ManifestEdit } from '../../manifest/edits.ts';
import { nodeAt } from '../../manifest/index.ts';
import { segmentsOf } from '../locate.ts';
import type { Declared } from '../sources.ts';
import type { Fix } from './fix.ts';

/** A change of an object where it is written. */
export interface WrittenEdit {
  readonly declared: Declared;
  readonly edit: ManifestEdit;
}

export interface Change extends Pick<Fix, 'id' | 'title' | 'cost' | 'risk'> {
  readonly isSafe?: boolean;
  /** What is written cannot be meant: mending it is right even if something else fails later, which then is said. */
  readonly isCertain?: boolean;
  /** The ids of the changes that it is put together from. */
  readonly parts?: readonly string[];
  /** Changes that do the same in other degrees: once one is proved, the others are not tried. */
  readonly family?: string;
  /** Made one after the other: each finds what those before it have left. Empty for a change of the cluster. */
  readonly edits: readonly WrittenEdit[];
  readonly cluster?: ClusterChange;
}

export interface ClusterChange {
  /** Absent where kubectl has none. */
  readonly command?: string;
  /** How the objects that it changes are afterwards; others are new. */
  readonly objects: readonly KubeObject[];
}

/** A field gets a value; the path is written as the server prints it. */
export const set = (declared: Declared, path: string, value: JsonValue): WrittenEdit => ({
  declared,
  edit: { type: 'set', path: segmentsOf(declared, path), value },
});

/** A list gets another item. */
export const add = (declared: Declared, path: string, value: JsonValue): WrittenEdit => ({
  declared,
  edit: { type: 'add', path: segmentsOf(declared, path), value },
});

export const rename = (declared: Declared, path: string, name: string): WrittenEdit => ({
  declared,
  edit: { type: 'rename', path: segmentsOf(declared, path), name },
});

export const remove = (declared: Declared, path: string): WrittenEdit => ({
  declared,
  edit: { type: 'remove', path: segmentsOf(declared, path) },
});

/** The same, with what would be left empty around it; a spec stays. */
export function removeWhole(declared: Declared, path: string): WrittenEdit {
  let whole = segmentsOf(declared, path);
  for (;;) {
    const parent = whole.slice(0, -1);
    const last = parent.at(-1);
    const holder = nodeAt(declared.document, parent);
    const parts = holder?.kind === 'mapping' ? holder.entries : holder?.kind === 'sequence' ? holder.items : [];
    if (parts.length !== 1 || !last || ('field' in last && last.field === 'spec')) break;
    whole = parent;
  }
  return { declared, edit: { type: 'remove', path: whole } };
}

/** A value becomes the only item of a list. */
export const wrap = (declared: Declared, path: string): WrittenEdit => ({
  declared,
  edit: { type: 'wrap', path: segmentsOf(declared, path) },
});

/** A field goes, as it is written, into another object. */
export const move = (declared: Declared, path: string, to: string): WrittenEdit => ({
  declared,
  edit: { type: 'move', path: segmentsOf(declared, path), to: segmentsOf(declared, to) },
});

/** Whether a field stands in the text of its object. */
export const isWritten = (declared: Declared, path: string): boolean =>
  nodeAt(declared.document, segmentsOf(declared, path)) !== undefined;

/** `image` of `spec.containers[0].image`, `a.b/c` of `metadata.labels[a.b/c]`. */
export const lastName = (path: string) =>
  /\[([^\]]*[^\]\d][^\]]*)\]$/.exec(path)?.[1] ?? path.split('.').at(-1) ?? path;

/** Two changes of what is written as one. */
export function both(one: Change, other: Change): Change {
  return {
    id: `${one.id} + ${other.id}`,
    title: `${one.title}, and ${other.title.charAt(0).toLowerCase()}${other.title.slice(1)}`,
    cost: one.cost + other.cost,
    risk: one.risk + other.risk,
    parts: [one, other].flatMap(({ id, parts = [] }) => [id, ...parts]),
    edits: [...one.edits, ...other.edits],
  };
}
