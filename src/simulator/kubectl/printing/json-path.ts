// `-o jsonpath=…`: the paths that people write: fields, indexes, `*`, and text between braces (k8s.io/client-go/util/jsonpath).
// Filters, ranges and recursive descent are not modelled.
import { goJson, isObject } from '../../../base/json.ts';

/** The text of a template for an object, or undefined if the template needs what is not modelled. */
export function printJsonPath(template: string, object: unknown): string | undefined {
  let text = '';
  for (const [all, path] of template.matchAll(/\{([^{}]*)\}|[^{}]+/g)) {
    if (path === undefined) {
      text += all;
      continue;
    }
    const literal = /^"(.*)"$/.exec(path)?.[1];
    const values = literal === undefined ? valuesAt(path, object) : undefined;
    if (literal === undefined && values === undefined) return undefined;
    text += literal?.replaceAll('\\n', '\n').replaceAll('\\t', '\t') ?? values?.map(textOf).join(' ');
  }
  return text;
}

const step = /^(?:\.?\[(\d+|-\d+|\*)\]|\.?\['((?:[^'\\]|\\.)*)'\]|\.((?:[\w*-]|\\.)+))/;

function valuesAt(path: string, object: unknown): unknown[] | undefined {
  let values = [object];
  let rest = path.replace(/^[$@]/, '');
  while (rest !== '' && rest !== '.') {
    const match = step.exec(rest);
    if (!match) return undefined;
    const [all, index, quoted, name] = match;
    const key = (index ?? quoted ?? name ?? '').replace(/\\(.)/g, '$1');
    values = values.flatMap((value) => inner(value, key, index !== undefined));
    rest = rest.slice(all.length);
  }
  return values;
}

function inner(value: unknown, key: string, isIndex: boolean): unknown[] {
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    if (key === '*') return [...list];
    return isIndex ? list.slice(Number(key)).slice(0, 1) : [];
  }
  if (!isObject(value)) return [];
  if (key === '*') return Object.values(value);
  return value[key] === undefined ? [] : [value[key]];
}

function textOf(value: unknown): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : goJson(value);
}
