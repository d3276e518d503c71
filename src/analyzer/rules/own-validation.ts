// kubectl holds Lists against the published schema itself: its errors name kind and field, but not the object.
import { refOf, type KubeObject } from '../../api/object.ts';
import { failure } from '../../api/status.ts';
import { isObject } from '../../base/json.ts';
import type { Finding } from '../finding.ts';
import { valueAt } from '../value-places.ts';
import { partsOf, type Part } from './refused-parts.ts';

const sentence =
  /ValidationError\((\w+?)(?:List\.items\[\d+\])?(?:\.([^)]*))?\): (.*?)(?=, (?:ValidationError\(|unknown object)|\]?; if you choose)/g;

/** The parts of what kubectl printed, each with the first of the applied objects that it can be about. */
export function invalidItems(printed: string, applied: readonly KubeObject[]): Omit<Finding, 'related' | 'steps'>[] {
  return [...printed.matchAll(sentence)].flatMap(([message, kind = '', path = '', text = '']) => {
    for (const object of applied.filter((each) => each.kind === kind)) {
      const part = partOf(text, path, object);
      if (part) return [{ ...part, message, severity: 'error' as const, subject: refOf(object) }];
    }
    return [];
  });
}

/** What the error says of the object; undefined if it cannot be this one that is meant. */
function partOf(text: string, path: string, object: KubeObject): Omit<Part, 'related' | 'alike'> | undefined {
  const [, what, name = ''] = /^(unknown field|missing required field) "(.*?)" in /.exec(text) ?? [];
  const field = path === '' ? name : `${path}.${name}`;
  const parent = valueAt(object, path);
  const isThere = isObject(parent) && parent[name] !== undefined;
  if (what === 'unknown field') {
    return isThere ? partsOf(failure(400, 'BadRequest', `unknown field "${field}"`), object)[0] : undefined;
  }
  if (what !== undefined) {
    if (isThere || !isObject(parent)) return undefined;
    return { id: 'invalid-field', field: { path: field }, message: text, explanation: `Give ${field} a value.` };
  }
  const [, actual = '', expected = ''] = /^invalid type for .*: got "(\w+)", expected "(\w+)"/.exec(text) ?? [];
  if (expected === '' || parent === undefined) return undefined;
  const explanation = `${path} wants ${article(expected)}, not ${article(actual)}.`;
  return { id: 'mistyped-field', field: { path }, message: text, explanation };
}

const article = (kind: string) => (/^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`);
