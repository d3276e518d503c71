// What `kubectl explain` prints of a kind or one of its fields (k8s.io/kubectl/pkg/explain/v2/templates/plaintext.tmpl).
import type { FieldDocs, FieldEntry } from '../../../api/field-docs.ts';
import { compareBytes } from '../../../base/order.ts';
import { wordWrap } from './word-wrap.ts';

/** The texts of a type, and of the field that a path leads to from it; undefined where there is no such field. */
export function describeType(
  docs: FieldDocs,
  type: string,
  path: readonly string[],
  recursive: boolean,
): string | undefined {
  const writer = new TypeWriter(docs, recursive);
  if (path.length === 0) return writer.description(writer.textOf(type), writer.fields(type));
  const found = fieldAt(docs, type, path);
  return found && writer.field(path.at(-1) ?? '', found);
}

/** The way through lists and maps is not written in a path. */
function fieldAt(docs: FieldDocs, type: string, path: readonly string[]): FieldEntry | undefined {
  let found: FieldEntry | undefined;
  for (const name of path) {
    const fields = fieldsOf(docs, innermost(found?.[0] ?? type));
    if (!fields || !Object.hasOwn(fields, name)) return undefined;
    found = fields[name];
  }
  return found;
}

const container = /^(?:\[\]|map\[string\])/;
const innermost = (type: string): string => (container.test(type) ? innermost(type.replace(container, '')) : type);

const fieldsOf = ({ types }: FieldDocs, key: string) => (Object.hasOwn(types, key) ? types[key] : undefined);

const indented = (text: string, by: number) => `${' '.repeat(by)}${text.replaceAll('\n', `\n${' '.repeat(by)}`)}`;

class TypeWriter {
  readonly #docs: FieldDocs;
  readonly #recursive: boolean;

  constructor(docs: FieldDocs, recursive: boolean) {
    this.#docs = docs;
    this.#recursive = recursive;
  }

  field(name: string, [type, text, , values]: FieldEntry): string {
    const enumeration =
      values && !container.test(type) ? `ENUM:${values.map((one) => `\n    ${shown(one)}`).join('')}` : '';
    const own = text === '' ? '' : `${text}\n`;
    // a field without words of its own is a mere reference, which puts its type in the place of the field
    const isReference = text === '' && !container.test(type);
    const fields = isReference ? this.fields(type) : this.#fieldsIn(type, 1, new Set());
    return `FIELD: ${name} <${this.#nameOf(type)}>\n${enumeration}\n\n${this.description(own + this.textOf(type), fields)}`;
  }

  description(text: string, fields: string): string {
    const wrapped = indented(wordWrap(text || '<empty>', 76), 4);
    return `DESCRIPTION:\n${wrapped}\n${fields === '' ? '' : `FIELDS:\n${fields}`}`;
  }

  /** What the type itself is documented as, of a list or map its items' type. */
  textOf(type: string): string {
    const text = this.#docs.texts[innermost(type)];
    return text === undefined ? '' : `${text}\n`;
  }

  /** The fields of a type, or of its items; `seen` are the types on the way here, which are not entered again. */
  #fieldsIn(type: string, level: number, seen: ReadonlySet<string>): string {
    const key = innermost(type);
    return seen.has(key) ? '' : this.fields(key, level, new Set([...seen, key]));
  }

  /** The fields of a type. It can be entered once more from below unless it is among those seen. */
  fields(key: string, level = 1, seen: ReadonlySet<string> = new Set()): string {
    const fields = Object.entries(fieldsOf(this.#docs, key) ?? {}).sort(([a], [b]) => compareBytes(a, b));
    const required = this.#docs.required[key] ?? [];
    return fields
      .map(([name, entry]) => {
        const detail = this.#detail(name, entry, required.includes(name), level);
        return this.#recursive ? detail + this.#fieldsIn(entry[0], level + 1, seen) : detail;
      })
      .join('');
  }

  #detail(name: string, [type, text, , values]: FieldEntry, isRequired: boolean, level: number): string {
    const indent = level * 2;
    const head = `${' '.repeat(indent)}${name}\t<${this.#nameOf(type)}>${isRequired ? ' -required-' : ''}`;
    const enumeration =
      values && !container.test(type)
        ? `\n${' '.repeat(indent)}enum: ${values.slice(0, 4).map(shown).join(', ')}${values.length > 4 ? ', ....' : ''}`
        : '';
    if (this.#recursive) return `${head}${enumeration}\n`;
    const wrapped = indented(wordWrap(text || '<no description>', 78 - indent), indent + 2);
    return `${head}${enumeration}\n${wrapped}\n\n`;
  }

  /** `[]Container`, `map[string]string`, `Object`. */
  #nameOf(type: string): string {
    const around = container.exec(type)?.[0];
    if (around !== undefined) return around + this.#nameOf(type.slice(around.length));
    if (type === 'object' || type === 'any') return 'Object';
    return this.#docs.scalars[type] ?? type.replace(/^[^/]*\/[^.]*\./, '');
  }
}

const shown = (value: string) => (value === '' ? '""' : value);
