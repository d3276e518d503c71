// What somebody may want to write at a place of a manifest: the fields of its kind that are not there yet, the values that a field may have, and
// the names of what exists.
import { isObject } from '../../base/json.ts';
import { cursorPlace, type CursorPlace } from '../../manifest/cursor-place.ts';
import { isPlainWord } from '../../manifest/scalar.ts';
import { parseTolerant } from '../../manifest/tolerant.ts';
import type { TextRange } from '../../manifest/index.ts';
import type { FieldDocs } from '../../api/field-docs.ts';
import type { ParsedFile } from '../sources.ts';
import { headShape, headValues, isManifest, itemOfList } from './head.ts';
import { Known, objectIn, type Existing, type KnownRequest } from './known.ts';
import { hasReferences, itemsAt, referencesAt } from './references.ts';
import { builtinShape, customShape, type Field, type Shape } from './shape.ts';
import { plainValue, stepsTo, type Site } from './site.ts';
import { fieldSnippet, listIndentOf, literal, usualFields, type Style } from './snippet.ts';
import { valuesOfText } from './values.ts';

export interface CompletionRequest extends KnownRequest {
  readonly file: ParsedFile;
  readonly offset: number;
  /** Without it, neither values nor what is required are known. */
  readonly docs: FieldDocs | undefined;
}

export interface Completion {
  readonly label: string;
  readonly kind: 'field' | 'value' | 'reference';
  readonly detail: string;
  /** A snippet: `$1` where something is left to say. Lines but the first stand below the line's own indentation. */
  readonly text: string;
  /** What it replaces, in the file. */
  readonly word: TextRange;
  /** What it is known by while somebody types on. */
  readonly filter: string;
  /** What is wanted most comes first: required, then usual, then all others, then what the server writes itself. */
  readonly rank: number;
  /** The default: what is meant most often. */
  readonly isStandard?: boolean;
  /** There is something to choose once it is written. */
  readonly goesOn?: boolean;
  /** Where the schema documents it. */
  readonly documented?: { readonly type: string; readonly field: string };
  readonly documentation?: string;
}

export function completionsAt(request: CompletionRequest): readonly Completion[] {
  const { file, offset } = request;
  const { text, documents } = file.manifest;
  const document = documents.findLast(({ start, end }) => offset >= start && offset <= end);
  if (document && (document.content.isJson || document.isTemplate)) return [];
  const range = document ?? lineAt(text, offset);
  const place = cursorPlace(text, range, offset, parseTolerant);
  const written = place && plainValue(place.root);
  if (!place || !isObject(written) || !isManifest(written, place.standIn)) return [];
  const { object, segments } = itemOfList(written, place.segments);
  const known = new Known(request);
  const shape = shapeOf(object, known, request.docs);
  const steps = stepsTo(shape, object, segments);
  if (!steps) return [];
  const { namespace = request.namespace } = objectIn(object, 'metadata');
  const site = { steps, known, namespace: String(namespace) };
  const style = { listIndent: listIndentOf(text.slice(range.start, range.end)), isFlow: place.isFlow };
  return place.part === 'key' ? keys(site, place, style) : values(site, place);
}

/** Where no document is yet: behind the last separator. */
function lineAt(text: string, offset: number): TextRange {
  const end = text.indexOf('\n', offset);
  return { start: text.lastIndexOf('\n', offset - 1) + 1, end: end < 0 ? text.length : end };
}

function shapeOf(object: Readonly<Record<string, unknown>>, known: Known, docs: FieldDocs | undefined): Shape {
  const { apiVersion, kind } = object;
  const builtin = builtinShape(String(apiVersion), String(kind), docs);
  if (builtin) return builtin;
  const schema = known.kinds.find((one) => one.apiVersion === apiVersion && one.kind === kind)?.schema;
  return schema ? customShape(schema, headShape(docs)) : headShape(docs);
}

function keys(site: Site, place: CursorPlace, style: Style): readonly Completion[] {
  const { shape, value } = site.steps.at(-1)!;
  // below the key of a list, where its first item has to begin
  if (shape.form === 'list' && shape.element && !place.isFlow) {
    const item = { ...place, before: '- ', column: place.column + 2 };
    const inside = {
      ...site,
      steps: [...site.steps, { ...site.steps.at(-1)!, shape: shape.element, value: undefined }],
    };
    return place.before === '' ? itemKeys(inside, item, style) : [];
  }
  if (shape.form === 'map') {
    return referencesAt(site)
      .filter((one) => !isWritten(value, one.value))
      .map((one) => offered(place, { ...referenceOf(one), text: keyText(place, plain(one.value)), goesOn: true }));
  }
  if (shape.form === 'object') return itemKeys(site, place, style);
  // an item of a list, or a value below its key
  return place.hasColon ? [] : values(site, place);
}

const isWritten = (value: unknown, name: string) => isObject(value) && Object.hasOwn(value, name);

/** The fields of an object; of one that begins an item also whole items. */
function itemKeys(site: Site, place: CursorPlace, style: Style): Completion[] {
  const { shape, value } = site.steps.at(-1)!;
  if (shape.form !== 'object') return values(site, place);
  const isFresh = !isObject(value) || Object.keys(value).length === 1;
  const whole = isFresh && !place.hasColon ? itemsAt(site).map((one) => offered(place, itemOf(one, place, style))) : [];
  return [...whole, ...fields(site, shape, value, place, style)];
}

function itemOf({ label, where, fields: parts }: ReturnType<typeof itemsAt>[number], place: CursorPlace, style: Style) {
  const written = parts.map(([name, text]) => `${name}: ${literal(plain(text))}`);
  const separator = style.isFlow ? ', ' : `\n${' '.repeat(place.column - place.indent)}`;
  return { label, kind: 'reference', detail: where, text: written.join(separator), rank: 0 } as const;
}

/** Fields that the server or a controller writes. */
const notByHand = new Set([
  ...['creationTimestamp', 'deletionTimestamp', 'deletionGracePeriodSeconds', 'generation', 'managedFields'],
  ...['resourceVersion', 'selfLink', 'uid', 'status', 'ephemeralContainers'],
]);

function fields(site: Site, shape: Shape, value: unknown, place: CursorPlace, style: Style): Completion[] {
  const usual = new Set([...usualFields(shape), ...(site.steps.length === 1 ? rootFields : [])]);
  const indent = place.column - place.indent;
  return [...shape.fields.values()]
    .filter(({ name }) => !isWritten(value, name))
    .map((field) => {
      const { name, required, documentation, standard } = field;
      const text = place.hasColon ? literal(name) : fieldSnippet(shape, field, indent, style);
      const type = `${field.shape.type}${required ? ', required' : ''}`;
      return offered(place, {
        label: name,
        kind: 'field',
        text,
        detail: standard ? `${type}, default ${standard}` : type,
        rank: required ? 0 : usual.has(name) ? 1 : notByHand.has(name) ? 3 : 2,
        goesOn: isChosen(shape, field),
        ...(shape.key !== undefined && { documented: { type: shape.key, field: name } }),
        ...(documentation !== undefined && { documentation }),
      });
    });
}

const rootFields = ['apiVersion', 'kind', 'metadata', 'spec', 'data'];

const isChosen = ({ key = '' }: Shape, { name, shape, values: allowed }: Field) =>
  shape.form === 'bool' ||
  (shape.form === 'text' && (allowed.length > 0 || ['apiVersion', 'kind'].includes(name))) ||
  (shape.form !== 'object' && shape.form !== 'list' && hasReferences(`${key}.${name}`));

function values(site: Site, place: CursorPlace): Completion[] {
  const { shape, field, row } = site.steps.at(-1)!;
  if (!['text', 'number', 'bool', 'any'].includes(shape.form)) return [];
  const head = headValues(site, place.standIn);
  const inList = site.steps.at(-2)?.shape.form === 'list' ? site.steps.at(-2)?.value : undefined;
  const taken = new Set(Array.isArray(inList) ? (inList as unknown[]) : []);
  const allowed = shape.form === 'bool' ? ['true', 'false'] : [...(field?.values ?? []), ...valuesOfText(row)];
  const known: readonly Offer[] = [
    ...(head ?? referencesAt(site)).map(referenceOf),
    ...(row.endsWith('.*') ? [] : allowed).map((value): Offer => {
      const isStandard = value === field?.standard;
      return { label: value, kind: 'value', detail: isStandard ? 'default' : '', text: value, rank: 1, isStandard };
    }),
  ];
  return known
    .filter(({ label }) => !taken.has(label))
    .map((one) => offered(place, { ...one, text: literal(shape.form === 'text' ? plain(one.label) : one.label) }));
}

type Offer = Omit<Completion, 'word' | 'filter'>;

const referenceOf = ({ value, where }: Existing): Offer => ({
  label: value,
  kind: 'reference',
  detail: where,
  text: value,
  rank: 0,
});

function offered({ word, typed, before }: CursorPlace, { text, ...offer }: Offer): Completion {
  const [quote = ''] = /^["']/.exec(typed) ?? [];
  return { ...offer, word, text: before + text, filter: quote + offer.label };
}

const keyText = ({ hasColon }: CursorPlace, name: string) => (hasColon ? literal(name) : `${literal(name)}: `);

/** A text as YAML has to write it to stay one. */
const plain = (text: string) => (isPlainWord(text) ? text : JSON.stringify(text));
