// equality.Semantic.DeepEqual of k8s.io/apimachinery: a list or map that is empty is the same as none.
import { isObject } from '../../../base/json.ts';

export function semanticEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (isNothing(a)) return isNothing(b);
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, i) => semanticEqual(item, b[i]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  for (const key in a) if (!semanticEqual(a[key], b[key])) return false;
  for (const key in b) if (a[key] === undefined && !isNothing(b[key])) return false;
  return true;
}

/** What JSON leaves out. */
function isNothing(value: unknown): boolean {
  if (typeof value !== 'object') return value === undefined;
  for (const _key in value) return false;
  return true;
}
