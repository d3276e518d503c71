// Where something is completed: the way from the object to the place, with what may stand and what does stand at each step.
import type { PathSegment } from '../../api/field-path.ts';
import { isObject } from '../../base/json.ts';
import type { YamlNode } from '../../manifest/yaml-node.ts';
import type { Known } from './known.ts';
import type { Field, Shape } from './shape.ts';

export interface Step {
  readonly shape: Shape;
  /** As it is written: scalars are texts. */
  readonly value: unknown;
  /** The field that it, or the list or map around it, is the value of. */
  readonly field?: Field;
  /** `core/v1.PodSpec.nodeSelector`, of a value in a map `core/v1.PodSpec.nodeSelector.*`; empty in custom resources. */
  readonly row: string;
}

export interface Site {
  /** From the object inwards; the last is the place itself. */
  readonly steps: readonly Step[];
  readonly known: Known;
  /** Of the object. */
  readonly namespace: string;
}

/** The steps of a way; undefined where it leads to what no schema tells of. */
export function stepsTo(root: Shape, value: unknown, segments: readonly PathSegment[]): readonly Step[] | undefined {
  const steps: Step[] = [{ shape: root, value, row: '' }];
  for (const segment of segments) {
    const step = stepInto(steps.at(-1)!, segment);
    if (!step) return undefined;
    steps.push(step);
  }
  return steps;
}

function stepInto({ shape, value, field, row }: Step, segment: PathSegment): Step | undefined {
  const { element, key } = shape;
  const common = field && { field };
  if ('index' in segment) {
    const inside: unknown = Array.isArray(value) ? (value as unknown[])[segment.index] : undefined;
    return shape.form === 'list' && element ? { shape: element, value: inside, row, ...common } : undefined;
  }
  const name = 'field' in segment ? segment.field : segment.key;
  const inside = isObject(value) ? value[name] : undefined;
  if (shape.form === 'map' && element) return { shape: element, value: inside, row: row && `${row}.*`, ...common };
  const next = shape.fields.get(name);
  return next && { shape: next.shape, value: inside, field: next, row: key === undefined ? '' : `${key}.${name}` };
}

/** The object around the place, `levels` objects further out. */
export function around({ steps }: Site, levels = 0): Readonly<Record<string, unknown>> {
  const objects = steps.slice(0, -1).filter(({ value }) => isObject(value));
  const found = objects.at(-1 - levels)?.value;
  return isObject(found) ? found : {};
}

/** The nearest object of a type around the place. */
export function within({ steps }: Site, key: string): Readonly<Record<string, unknown>> {
  const found = steps.findLast(({ shape }) => shape.key === key)?.value;
  return isObject(found) ? found : {};
}

/** A tree as plain data; what an alias stands for counts where it stands. */
export function plainValue(node: YamlNode | undefined, open: readonly YamlNode[] = []): unknown {
  if (!node || open.includes(node)) return undefined;
  const inside = [...open, node];
  switch (node.kind) {
    case 'scalar':
      return node.text;
    case 'alias':
      return plainValue(node.target, inside);
    case 'sequence':
      return node.items.map((item) => plainValue(item, inside));
    case 'mapping':
      return Object.fromEntries(
        node.entries.map(({ key, value }) => [key.kind === 'scalar' ? key.text : '', plainValue(value, inside)]),
      );
  }
}
