// What every object begins with: apiVersion, kind and metadata.
import type { PathSegment } from '../../api/field-path.ts';
import { typeNamed } from '../../api/schema.ts';
import { isObject } from '../../base/json.ts';
import type { FieldDocs } from '../../api/field-docs.ts';
import { distinct, type Existing } from './known.ts';
import { ofType, type Field, type Shape } from './shape.ts';
import type { Site } from './site.ts';

type Values = Readonly<Record<string, unknown>>;

/** Whether a document is Kubernetes' as far as it goes; one that is empty may become it. */
export function isManifest(written: Values, standIn: string): boolean {
  const names = Object.keys(written).filter((name) => name !== standIn);
  return names.some((name) => name === 'apiVersion' || name === 'kind') || names.every((name) => name === 'metadata');
}

/** The object that a way leads into: of a List the item. */
export function itemOfList(
  written: Values,
  segments: readonly PathSegment[],
): { object: Values; segments: readonly PathSegment[] } {
  const [first, second] = segments;
  const { kind, items } = written;
  const isItem = first && 'field' in first && first.field === 'items' && second && 'index' in second;
  if (!isItem || !String(kind).endsWith('List') || !Array.isArray(items)) return { object: written, segments };
  const item: unknown = (items as unknown[])[second.index];
  return itemOfList(isObject(item) ? item : {}, segments.slice(2));
}

/** The shape of an object whose kind is not known. */
export function headShape(docs: FieldDocs | undefined): Shape {
  const text: Shape = { form: 'text', type: 'string', fields: new Map() };
  const metadata = ofType(typeNamed('meta/v1.ObjectMeta'), docs);
  const field = (name: string, shape: Shape): [string, Field] => [name, { name, shape, required: true, values: [] }];
  return {
    form: 'object',
    type: 'object',
    fields: new Map([field('apiVersion', text), field('kind', text), field('metadata', metadata)]),
  };
}

/** What apiVersion and kind may be, each in the light of the other; undefined at other places. */
export function headValues({ steps, known }: Site, standIn: string): readonly Existing[] | undefined {
  const [root, own, ...deeper] = steps;
  const name = own?.field?.name;
  if (deeper.length > 0 || (name !== 'apiVersion' && name !== 'kind')) return undefined;
  const { apiVersion, kind } = isObject(root?.value) ? root.value : {};
  const fits = (given: unknown, value: string) => typeof given !== 'string' || given === standIn || given === value;
  const fitting = known.kinds.filter((one) =>
    name === 'kind' ? fits(apiVersion, one.apiVersion) : fits(kind, one.kind),
  );
  const isKind = name === 'kind';
  return distinct(
    (fitting.length ? fitting : known.kinds).map((one) => ({
      value: isKind ? one.kind : one.apiVersion,
      where: isKind ? one.apiVersion : '',
    })),
  );
}
