// Which fields of an object are others than before, as field paths; what is shared is not looked at.
import { isObject } from '../../../base/json.ts';

/** `spec.containers[0].imagePullPolicy`, … in the order of the new object; a value that is new as a whole is one path. */
export function changedPaths(before: unknown, after: unknown): string[] {
  const paths: string[] = [];
  collect(before, after, '', paths);
  return paths;
}

function collect(before: unknown, after: unknown, path: string, paths: string[]): void {
  if (before === after) return;
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    for (const [i, item] of after.entries()) collect(before[i], item, `${path}[${i}]`, paths);
    return;
  }
  if (!isObject(before) || !isObject(after)) {
    paths.push(path);
    return;
  }
  for (const key in after) collect(before[key], after[key], path ? `${path}.${key}` : key, paths);
  for (const key in before) if (after[key] === undefined && before[key] !== undefined) paths.push(`${path}.${key}`);
}
