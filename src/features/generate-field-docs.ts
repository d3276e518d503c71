// Writes media/field-docs.json: type, documentation, default and values of every field, for hovers, completion and `kubectl explain`. A file of its
// own, read when somebody first asks.
// A development program: run by `npm run generate`, never bundled.
//
// `kinds`: `apiVersion kind` → key of a type. `types`: key → field → [type, documentation, default, values]. A type is named by the last two
// parts of its group and its name (`core/v1.PodSpec`), behind `[]` in a list, behind `map[string]` in a map. `texts`: what a type itself is
// documented as. `scalars`: how types without fields are written, where the schema says it (`string`).
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FieldDocs, FieldEntry } from '../api/field-docs.ts';

interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly type?: string;
  readonly format?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly 'x-kubernetes-group-version-kind'?: readonly { group: string; version: string; kind: string }[];
}

const here = path.dirname(fileURLToPath(import.meta.url));
const reference = path.join(here, '../../../shared/reference/openapi-v3');
const output = path.join(here, '../../media/field-docs.json');

const shortKey = (name: string) => name.split('.').slice(-3).join('.').replace('.', '/');

function typeText(schema: Schema): string {
  const target = schema.$ref ?? schema.allOf?.[0]?.$ref;
  if (target) return shortKey(target.slice(target.lastIndexOf('/') + 1));
  if (schema.type === 'array') return `[]${typeText(schema.items ?? {})}`;
  if (schema.additionalProperties) return `map[string]${typeText(schema.additionalProperties)}`;
  return schema.type ?? 'any';
}

const isTelling = (value: unknown) => value !== undefined && value !== '' && value !== 0 && typeof value !== 'object';

function entryOf(schema: Schema): FieldEntry {
  const text = schema.description ?? '';
  const standard = isTelling(schema.default) ? String(schema.default) : '';
  const values = schema.enum ?? schema.items?.enum ?? [];
  if (values.length) return [typeText(schema), text, standard, values];
  return standard ? [typeText(schema), text, standard] : [typeText(schema), text];
}

/** Nobody can ask for the documentation of a list of objects. */
const isAskedFor = (key: string) => !/\wList$/.test(key);

function generate(): FieldDocs {
  const kinds: Record<string, string> = {};
  const types: Record<string, Record<string, FieldEntry>> = {};
  const required: Record<string, readonly string[]> = {};
  const texts: Record<string, string> = {};
  const scalars: Record<string, string> = {};
  for (const file of readdirSync(reference).sort()) {
    const { components } = JSON.parse(readFileSync(path.join(reference, file), 'utf8')) as {
      components?: { schemas?: Record<string, Schema> };
    };
    for (const [name, schema] of Object.entries(components?.schemas ?? {})) {
      const key = shortKey(name);
      // a type that is shared by all kinds names them all; an object's own names one
      const [gvk, ...others] = schema['x-kubernetes-group-version-kind'] ?? [];
      if (gvk && others.length === 0) {
        kinds[`${gvk.group ? `${gvk.group}/` : ''}${gvk.version} ${gvk.kind}`] = key;
      }
      const fields = Object.entries(schema.properties ?? {}).map(([field, of]) => [field, entryOf(of)] as const);
      if (fields.length) types[key] = Object.fromEntries(fields);
      else if (schema.type && schema.type !== 'object') scalars[key] = schema.type;
      if (schema.required) required[key] = schema.required;
      if (schema.description && isAskedFor(key)) texts[key] = schema.description;
    }
  }
  return { kinds, types, required, texts, scalars };
}

if (existsSync(reference)) {
  const text = `${JSON.stringify(generate())}\n`;
  if (!process.argv.includes('--check')) writeFileSync(output, text);
  else if (readFileSync(output, 'utf8') !== text) {
    console.error('media/field-docs.json is not current: run npm run generate where the reference data is');
    process.exitCode = 1;
  }
}
