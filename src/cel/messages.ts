// The messages that a policy's mutations make: `Object{metadata: Object.metadata{labels: {"a": "b"}}}` and `JSONPatch{op: "add", …}`
// (k8s.io/apiserver/pkg/cel/mutation). The library reads no messages: they become calls of a function of ours before it sees them.
import { Optional, type Environment } from '@marcbachmann/cel-js';
import { CelError } from './error.ts';
import { literals } from './tokens.ts';

/** What is called in place of a message, with the name of its type and a map of its fields. */
export const messageCall = '_message_';

/** A value made of `Object{…}`: untyped, but for the name of its type, which has to be the path to where it stands. */
export class CelMessage {
  readonly type: string;
  readonly fields: ReadonlyMap<string, unknown>;

  constructor(type: string, fields: ReadonlyMap<string, unknown>) {
    this.type = type;
    this.fields = fields;
  }
}

/** Literals, comments, what begins a message, names, and single characters. */
const tokens = new RegExp(`${literals}|(?<![\\w.])(Object|JSONPatch)((?:\\.\\w+)*)\\s*\\{|[A-Za-z_]\\w*|[^]`, 'g');

/** The expression with calls in place of messages. */
export function withMessageCalls(expression: string): string {
  const open: { readonly isMessage: boolean; atField: boolean }[] = [];
  return expression.replace(tokens, (token: string, root?: string, path?: string) => {
    const inner = open.at(-1);
    if (root !== undefined) {
      open.push({ isMessage: true, atField: true });
      return `${messageCall}("${root}${path}", {`;
    }
    if (/^[([{]$/.test(token)) open.push({ isMessage: false, atField: false });
    else if (/^[)\]}]$/.test(token)) {
      open.pop();
      return inner?.isMessage ? '})' : token;
    } else if (token === ',' && inner) inner.atField = true;
    else if (inner?.isMessage && inner.atField) {
      // an optional field: `?name: value`
      if (token === '?') return '';
      if (!/^[A-Za-z_]\w*$/.test(token)) return token;
      inner.atField = false;
      return `"${token}"`;
    }
    return token;
  });
}

/** What `jsonpatch` is in `jsonpatch.escapeKey(a)`. */
class JsonPatchNamespace {}

/** Adds what `withMessageCalls` calls, and what the keys in paths of patches need. */
export function addMessages(environment: Environment): void {
  environment
    .registerType('kubernetes.JsonPatch', { ctor: JsonPatchNamespace, fields: {} })
    .registerConstant('jsonpatch', 'kubernetes.JsonPatch', new JsonPatchNamespace())
    .registerFunction('kubernetes.JsonPatch.escapeKey(string): string', (_: unknown, key: string) =>
      key.replaceAll('~', '~0').replaceAll('/', '~1'),
    );
  environment.registerType('kubernetes.Message', { ctor: CelMessage, fields: {} });
  environment.registerFunction(
    `${messageCall}(string, map): dyn`,
    (type: string, given: ReadonlyMap<string, unknown>) => {
      const fields = new Map<string, unknown>();
      for (const [name, value] of given instanceof Map ? given : Object.entries(given)) {
        if (!(value instanceof Optional)) fields.set(name as string, value);
        else if (value.hasValue()) fields.set(name as string, value.value());
      }
      if (type === 'JSONPatch') checkPatch(fields);
      return new CelMessage(type, fields);
    },
  );
}

function checkPatch(fields: ReadonlyMap<string, unknown>): void {
  for (const name of fields.keys()) {
    if (!['op', 'path', 'from', 'value'].includes(name)) throw new CelError(`unexpected JSONPatchType field: ${name}`);
  }
}

/** Where the type of a message is not the path to it (CheckTypeNamesMatchFieldPathNames). */
export function misnamed(value: unknown, path: string): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => misnamed(item, path));
  if (value instanceof Map) return [...value.values()].flatMap((item) => misnamed(item, path));
  if (!(value instanceof CelMessage)) return [];
  const expected = `expected "${path}", which matches field name path from root Object type`;
  const own = value.type === path ? [] : [`unexpected type name "${value.type}", ${expected}`];
  return [...own, ...[...value.fields].flatMap(([name, field]) => misnamed(field, `${path}.${name}`))];
}
