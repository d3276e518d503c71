// Writes media/field-docs.json: type, documentation and default of every field, for hovers. A file of its own, read when somebody first hovers.
// A development program: run by `npm run generate`, never bundled.
//
// `kinds`: `apiVersion kind` → key of a type. `types`: key → field → [type, documentation, default]. A type is named by the last two parts
// of its group and its name (`core/v1.PodSpec`), behind `[]` in a list, behind `map[string]` in a map.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FieldDocs } from './field-docs.ts';

interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly type?: string;
  readonly format?: string;
  readonly description?: string;
  readonly default?: unknown;
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

function generate(): FieldDocs {
  const kinds: Record<string, string> = {};
  const types: Record<string, Record<string, [string, string, string?]>> = {};
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
      const fields = Object.entries(schema.properties ?? {}).map(([field, of]): [string, [string, string, string?]] => {
        const text = of.description ?? '';
        return [field, isTelling(of.default) ? [typeText(of), text, String(of.default)] : [typeText(of), text]];
      });
      if (fields.length) types[key] = Object.fromEntries(fields);
    }
  }
  return { kinds, types };
}

if (existsSync(reference)) {
  const text = `${JSON.stringify(generate())}\n`;
  if (!process.argv.includes('--check')) writeFileSync(output, text);
  else if (readFileSync(output, 'utf8') !== text) {
    console.error('media/field-docs.json is not current: run npm run generate where the reference data is');
    process.exitCode = 1;
  }
}
