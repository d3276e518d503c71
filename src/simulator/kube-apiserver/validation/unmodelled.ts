// Finds in an object the fields that no rule looks at.
import { isObject } from '../../../base/json.ts';
import type { UnknownField, UnmodelledField } from './validation.ts';

/** The fields of the object that match one of the patterns, each pattern at most once. */
export function unmodelledFields(object: unknown, patterns: readonly UnmodelledField[] = []): UnknownField[] {
  return patterns.flatMap(({ pattern, reason }) => {
    const path = find(object, pattern.split('.'), '');
    return path === undefined ? [] : [{ path, reason }];
  });
}

/** The first place where the steps lead to something; undefined if there is none. */
function find(value: unknown, [step, ...rest]: readonly string[], path: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (step === undefined) return path;
  const every = step.endsWith('[*]');
  const name = every ? step.slice(0, -'[*]'.length) : step;
  const child = isObject(value) ? value[name] : undefined;
  const at = path ? `${path}.${name}` : name;
  if (!every) return find(child, rest, at);
  for (const [key, item] of Object.entries(child ?? {})) {
    const found = find(item, rest, `${at}[${key}]`);
    if (found !== undefined) return found;
  }
  return undefined;
}
