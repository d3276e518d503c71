// Two objects as one YAML text, line by line: kept, added, changed, left out.
import { deepEqual, isObject } from '../../base/json.ts';
import { sortedKeys } from '../../base/order.ts';
import { printYaml } from '../../simulator/index.ts';
import type { StoredLine, StoredView } from '../../protocol/panel.ts';

type Compared = Pick<StoredView, 'lines' | 'added'>;
type State = StoredLine['state'];

/** `by` says who set the field of a path, where it was added or changed. */
export function compareObjects(before: unknown, after: unknown, by: (path: string) => string | undefined): Compared {
  const comparison = new Comparison(by);
  comparison.fields(before, after, '', 0);
  return { lines: comparison.lines, added: comparison.added };
}

class Comparison {
  readonly lines: StoredLine[] = [];
  added = 0;
  readonly #by: (path: string) => string | undefined;

  constructor(by: (path: string) => string | undefined) {
    this.#by = by;
  }

  fields(before: unknown, after: unknown, path: string, indent: number): void {
    const [old, now] = [isObject(before) ? before : {}, isObject(after) ? after : {}];
    for (const key of sortedKeys({ ...old, ...now })) {
      const at = pathOf(path, key);
      this.#entry(`${' '.repeat(indent)}${key}`, old[key], now[key], at, indent);
    }
  }

  #entry(head: string, old: unknown, now: unknown, path: string, indent: number): void {
    if (isObject(old) && isObject(now) && Object.keys(old).length && Object.keys(now).length) {
      this.#push(`${head}:`, 'same');
      this.fields(old, now, path, indent + 2);
    } else if (Array.isArray(old) && Array.isArray(now) && old.length && now.length) {
      this.#push(`${head}:`, 'same');
      this.#items(old, now, path, indent);
    } else if (deepEqual(old, now)) this.#value(head, now, 'same');
    else {
      if (old !== undefined) this.#value(head, old, 'removed');
      if (now !== undefined) this.#value(head, now, old === undefined ? 'added' : 'changed', path);
    }
  }

  #items(old: readonly unknown[], now: readonly unknown[], path: string, indent: number): void {
    const left = [...old];
    now.forEach((item, index) => {
      const match = left.findIndex((one) => isSameItem(one, item));
      const [found] = match < 0 ? [] : left.splice(match, 1);
      this.#item(found, item, `${path}[${index}]`, indent);
    });
    for (const item of left) this.#item(item, undefined, path, indent);
  }

  /** An item begins with a dash in place of its first line's indentation. */
  #item(old: unknown, now: unknown, path: string, indent: number): void {
    const first = this.lines.length;
    if (isObject(old) && isObject(now)) this.fields(old, now, path, indent + 2);
    else {
      const state: State = old === undefined ? 'added' : now === undefined ? 'removed' : 'same';
      const text = printYaml([now ?? old]).trimEnd();
      text.split('\n').forEach((line, at) => {
        this.#push(' '.repeat(indent) + line, state, at === 0 && state === 'added' ? path : undefined);
      });
      return;
    }
    const line = this.lines[first];
    if (line) this.lines[first] = { ...line, text: `${' '.repeat(indent)}- ${line.text.slice(indent + 2)}` };
  }

  #value(head: string, value: unknown, state: State, path?: string): void {
    const printed = printYaml({ k: value }).trimEnd().split('\n');
    const indent = ' '.repeat(head.length - head.trimStart().length);
    printed.forEach((line, at) => {
      this.#push(at === 0 ? head + line.slice(1) : indent + line, state, at === 0 ? path : undefined);
    });
  }

  /** `path` is given for the first line of what was added or changed. */
  #push(text: string, state: State, path?: string): void {
    const by = path === undefined ? undefined : this.#by(path);
    if (path !== undefined && state === 'added') this.added++;
    this.lines.push({ text, state, ...(by !== undefined && { by }) });
  }
}

/** Items of one identity: the same name, or the same in all. */
function isSameItem(a: unknown, b: unknown): boolean {
  if (!isObject(a) || !isObject(b)) return a === b;
  for (const key of ['name', 'containerPort', 'port', 'key', 'mountPath', 'topologyKey']) {
    if (a[key] !== undefined || b[key] !== undefined) return a[key] === b[key];
  }
  return deepEqual(a, b) || isSubset(a, b);
}

const isSubset = (a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>) =>
  Object.keys(a).every((key) => b[key] !== undefined);

/** As the server prints it: a name that has more than letters is a key. */
function pathOf(path: string, key: string): string {
  if (!/^[A-Za-z][A-Za-z0-9]*$/.test(key)) return `${path}[${key}]`;
  return path ? `${path}.${key}` : key;
}
