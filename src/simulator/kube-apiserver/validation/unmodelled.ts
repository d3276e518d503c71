// Finds in an object the fields that no rule looks at.
import { isObject } from '../../../base/json.ts';
import type { UnknownField, UnmodelledField } from './validation.ts';

const steps = /[^.[\]]+|\[[^\]]+\]/g;

/** The fields of the object that match one of the patterns, each pattern at most once. */
export function unmodelledFields(object: unknown, patterns: readonly UnmodelledField[] = []): UnknownField[] {
  return patterns.flatMap(({ pattern, reason }) => {
    const path = find(object, pattern.match(steps) ?? [], '');
    return path === undefined ? [] : [{ path, reason }];
  });
}

/** The first place where the steps lead to something; undefined if there is none. */
function find(value: unknown, [step, ...rest]: readonly string[], path: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (step === undefined) return path;
  if (step !== '[*]') {
    const name = step.startsWith('[') ? step.slice(1, -1) : step;
    const child = isObject(value) ? value[name] : undefined;
    return find(child, rest, path && !step.startsWith('[') ? `${path}.${step}` : path + step);
  }
  for (const [key, item] of Object.entries(value)) {
    const found = find(item, rest, `${path}[${key}]`);
    if (found !== undefined) return found;
  }
  return undefined;
}
