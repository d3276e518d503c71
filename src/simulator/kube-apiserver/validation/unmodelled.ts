// Finds in an object the parts that no rule looks at.
import { copyWith } from '../../../base/copy.ts';
import { isObject } from '../../../base/json.ts';
import type { UnknownField, UnmodelledField } from './validation.ts';

const steps = /[^.[\]]+|\[[^\]]+\]/g;

/** The parts of the object that match one of the patterns, each pattern at most once. */
export function unmodelledFields(object: unknown, fields: readonly UnmodelledField[] = []): UnknownField[] {
  return fields.flatMap((field) => {
    const { pattern, reason, within = '' } = field;
    const root = within.split('.').reduce<unknown>((value, name) => (name ? childOf(value, name) : value), object);
    const path = find(root, pattern.match(steps) ?? [], { path: within, key: '', root, field });
    return path === undefined ? [] : [{ path, reason }];
  });
}

const childOf = (value: unknown, name: string) => (isObject(value) ? value[name] : undefined);

interface Search {
  readonly path: string;
  readonly key: string;
  readonly root: unknown;
  readonly field: UnmodelledField;
}

/** The first place where the steps lead to something the field speaks of; undefined if there is none. */
function find(value: unknown, [step, ...rest]: readonly string[], search: Search): string | undefined {
  if (value === undefined || value === null) return undefined;
  const { path, key, root, field } = search;
  if (step === undefined) return field.applies?.(value, key, root) === false ? undefined : path;
  if (step !== '[*]') {
    return find(childOf(value, step), rest, copyWith(search, { key: step, path: path ? `${path}.${step}` : step }));
  }
  for (const [name, item] of Object.entries(value)) {
    const found = find(item, rest, { ...search, key: name, path: `${path}[${name}]` });
    if (found !== undefined) return found;
  }
  return undefined;
}
