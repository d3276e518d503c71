// The kustomization file: read as kustomize reads it, with what it refuses (sigs.k8s.io/kustomize/api/types, internal/target).
import { quote } from '../../../api/go-text.ts';
import { sortedKeys } from '../../../base/order.ts';
import { kustomizationFiles } from './contents.ts';
import type { FieldSpec } from './field-specs.ts';
import type { GvkSelector } from './ids.ts';
import type { Loader } from './loader.ts';
import { isFields } from './node.ts';
import { blaming, notModelled, refuse, within, type EntryPath } from './problem.ts';

type Texts = Readonly<Record<string, string>>;

export interface GeneratorOptions {
  readonly labels?: Texts;
  readonly annotations?: Texts;
  readonly disableNameSuffixHash?: boolean;
  readonly immutable?: boolean;
}

export interface Generator {
  readonly name?: string;
  readonly namespace?: string;
  readonly behavior?: string;
  readonly literals?: readonly string[];
  readonly files?: readonly string[];
  readonly envs?: readonly string[];
  readonly env?: string;
  readonly options?: GeneratorOptions;
  /** Of Secrets. */
  readonly type?: string;
}

export interface Selector extends GvkSelector {
  readonly name?: string;
  readonly namespace?: string;
  readonly annotationSelector?: string;
  readonly labelSelector?: string;
}

export interface Patch {
  readonly path?: string;
  readonly patch?: string;
  readonly target?: Selector;
  readonly options?: { readonly allowNameChange?: boolean; readonly allowKindChange?: boolean };
}

export interface Image {
  readonly name?: string;
  readonly newName?: string;
  readonly tagSuffix?: string;
  readonly newTag?: string;
  readonly digest?: string;
}

export interface Label {
  readonly pairs?: Texts;
  readonly includeSelectors?: boolean;
  readonly includeTemplates?: boolean;
  readonly fields?: readonly FieldSpec[];
}

export interface FieldOptions {
  readonly delimiter?: string;
  readonly index?: number;
  readonly create?: boolean;
}

export interface Replacement {
  readonly path?: string;
  readonly source?: GvkSelector & {
    readonly name?: string;
    readonly namespace?: string;
    readonly fieldPath?: string;
    readonly options?: FieldOptions;
  };
  readonly sourceValue?: string;
  readonly targets?: readonly {
    readonly select?: Selector;
    readonly reject?: readonly Selector[];
    readonly fieldPaths?: readonly string[];
    readonly options?: FieldOptions;
  }[];
}

export interface SortOptions {
  readonly order?: string;
  readonly legacySortOptions?: { readonly orderFirst?: readonly string[]; readonly orderLast?: readonly string[] };
}

export interface Kustomization {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly resources?: readonly string[];
  readonly bases?: readonly string[];
  readonly components?: readonly string[];
  readonly namespace?: string;
  readonly namePrefix?: string;
  readonly nameSuffix?: string;
  readonly commonLabels?: Texts;
  readonly commonAnnotations?: Texts;
  readonly labels?: readonly Label[];
  readonly images?: readonly Image[];
  readonly imageTags?: readonly Image[];
  readonly replicas?: readonly { readonly name?: string; readonly count?: number }[];
  readonly patches?: readonly Patch[];
  readonly patchesStrategicMerge?: readonly string[];
  readonly patchesJson6902?: readonly Patch[];
  readonly configMapGenerator?: readonly Generator[];
  readonly secretGenerator?: readonly Generator[];
  readonly generatorOptions?: GeneratorOptions;
  readonly replacements?: readonly Replacement[];
  readonly sortOptions?: SortOptions;
}

/** How a value has to be: a Go type by name, an object's fields, a list of one of these; null for what is not looked into. */
type Shape =
  'string' | 'bool' | 'int64' | 'map[string]string' | null | { readonly [field: string]: Shape } | readonly [Shape];

const [text, flag, map] = ['string', 'bool', 'map[string]string'] as const;
const texts = [text] as const;
const options = { labels: map, annotations: map, disableNameSuffixHash: flag, immutable: flag };
const generator = {
  ...{ name: text, namespace: text, behavior: text, literals: texts, files: texts, envs: texts, env: text, options },
};
const gvk = { group: text, version: text, kind: text };
const target = { ...gvk, name: text, namespace: text, annotationSelector: text, labelSelector: text };
const patch = {
  ...{ path: text, patch: text, target, options: { allowNameChange: flag, allowKindChange: flag } },
};
const fieldOptions = { delimiter: text, index: 'int64', encoding: text, create: flag } as const;
const replacement = {
  path: text,
  source: { ...gvk, name: text, namespace: text, fieldPath: text, options: fieldOptions },
  sourceValue: text,
  targets: [{ select: target, reject: [target], fieldPaths: texts, options: fieldOptions }],
} as const;
const image = { name: text, newName: text, tagSuffix: text, newTag: text, digest: text };

const modelled = {
  apiVersion: text,
  kind: text,
  metadata: null,
  resources: texts,
  bases: texts,
  components: texts,
  namespace: text,
  namePrefix: text,
  nameSuffix: text,
  commonLabels: map,
  commonAnnotations: map,
  labels: [
    { pairs: map, includeSelectors: flag, includeTemplates: flag, fields: [{ ...gvk, path: text, create: flag }] },
  ],
  images: [image],
  imageTags: [image],
  replicas: [{ name: text, count: 'int64' }],
  patches: [patch],
  patchesStrategicMerge: texts,
  patchesJson6902: [patch],
  configMapGenerator: [generator],
  secretGenerator: [{ ...generator, type: text }],
  generatorOptions: options,
  replacements: [replacement],
  sortOptions: { order: text, legacySortOptions: { orderFirst: texts, orderLast: texts } },
} as const satisfies Shape;

/** Replacements of a file of their own. */
export function replacementsIn(value: unknown): readonly Replacement[] {
  check(value, [replacement], ['replacements']);
  return withoutNothing(value) as readonly Replacement[];
}

/** Fields of kustomize's that do here what nobody here knows. */
const others = [
  ...['openapi', 'vars', 'crds', 'helmGlobals', 'helmCharts', 'helmChartInflationGenerator'],
  ...['configurations', 'generators', 'transformers', 'validators', 'buildMetadata'],
];

/** Reads the kustomization of a folder; `warn` is told what is deprecated. */
export function readKustomization(loader: Loader, warn: (text: string) => void): Kustomization {
  const [name, ...more] = kustomizationFiles.filter((file) => loader.has(file));
  if (name === undefined) {
    const [first, second, third] = kustomizationFiles;
    return refuse(`unable to find one of '${first}', '${second}' or '${third}' in directory '${loader.root}'`);
  }
  if (more.length > 0) refuse(`Found multiple kustomization files under: ${loader.root}\n`);
  return blaming(loader.root, [], () => read(loader, name, warn));
}

function read(loader: Loader, name: string, warn: (text: string) => void): Kustomization {
  const given = within('invalid Kustomization', () => decoded(loader, name));
  warnOfOld(given, warn);
  const kind = given.kind ?? 'Kustomization';
  if (Object.keys(given).every((field) => field === 'apiVersion' || field === 'kind'))
    refuse('kustomization.yaml is empty');
  const problems = headProblems(kind, given.apiVersion ?? '');
  if (problems.length > 0) refuse(`Failed to read kustomization file under ${loader.root}:\n${problems.join('\n')}`);
  return { ...given, kind };
}

function decoded(loader: Loader, name: string): Kustomization {
  const document = loader.contents.yaml(loader.text(name));
  if ('error' in document) return document.isUnknown ? notModelled(document.error) : refuse(document.error);
  const { value } = document;
  if (value === null || value === undefined) return {};
  if (!isFields(value)) return notModelled('a kustomization that is no object');
  check(value, modelled, [], loader.root);
  for (const field of others) {
    if (isNothing(value[field])) continue;
    blaming(loader.root, [field], () => notModelled(`${field} of kustomizations`));
  }
  return withoutNothing(value) as Kustomization;
}

const isNothing = (value: unknown) => value === undefined || value === null;

/** A null is as good as no field. */
function withoutNothing(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutNothing(item ?? notModelled('a null in a list')));
  if (!isFields(value)) return value;
  const given = Object.entries(value).filter(([, item]) => !isNothing(item));
  return Object.fromEntries(given.map(([key, item]) => [key, withoutNothing(item)]));
}

/** Decoding into Go's structs, which take no other fields; the first problem in the order of the keys is told. */
function check(value: unknown, shape: Shape, path: EntryPath, folder?: string): void {
  if (isNothing(value) || shape === null) return;
  blaming(folder, path, () => checkIn(value, shape, path, folder));
}

function checkIn(value: unknown, shape: NonNullable<Shape>, path: EntryPath, folder?: string): void {
  if (typeof shape === 'string') return checkScalar(value, shape, path, folder);
  if (Array.isArray(shape)) {
    if (!Array.isArray(value)) return mismatch(value, typeText(shape as Shape), path);
    for (const [i, item] of (value as unknown[]).entries())
      check(item, (shape as readonly [Shape])[0], [...path, i], folder);
    return;
  }
  if (!isFields(value)) return mismatch(value, typeText(shape), path);
  const fields = shape as Readonly<Record<string, Shape>>;
  for (const key of sortedKeys(value)) {
    if (Object.hasOwn(fields, key)) check(value[key], fields[key] ?? null, [...path, key], folder);
    else if (path.length > 0 || !others.includes(key)) {
      blaming(folder, [...path, key], () => unknownField(key, [...Object.keys(fields), ...others]));
    }
  }
}

function unknownField(key: string, known: readonly string[]): never {
  // Go takes a field in whatever case
  if (known.some((field) => field.toLowerCase() === key.toLowerCase()))
    return notModelled(`the field ${key} in this case`);
  return refuse(`json: unknown field ${quote(key)}`);
}

function checkScalar(
  value: unknown,
  shape: 'string' | 'bool' | 'int64' | 'map[string]string',
  path: EntryPath,
  folder?: string,
): void {
  if (shape === 'map[string]string') {
    if (!isFields(value)) return mismatch(value, shape, path);
    for (const key of sortedKeys(value)) {
      if (isNothing(value[key])) continue;
      blaming(folder, [...path, key], () => checkIn(value[key], 'string', path, folder));
    }
    return;
  }
  const type = { string: 'string', bool: 'boolean', int64: 'number' }[shape];
  if (typeof value !== type) mismatch(value, shape, path);
}

function mismatch(value: unknown, type: string | undefined, path: EntryPath): never {
  // items of lists and values of maps are not told apart
  const fields = path.filter((step) => typeof step === 'string');
  const [field, ...deeper] = fields;
  if (deeper.length > 0 || type === undefined || field === undefined) {
    return notModelled(`a kustomization whose ${fields.join('.')} is of another type`);
  }
  const given = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
  return refuse(`json: cannot unmarshal ${given} into Go struct field Kustomization.${field} of type ${type}`);
}

/** Go's name of a type, where it is a plain one. */
function typeText(shape: Shape): string | undefined {
  if (typeof shape === 'string') return shape;
  const [item] = Array.isArray(shape) ? (shape as readonly [Shape]) : [];
  return item === 'string' ? '[]string' : undefined;
}

const run = "Run 'kustomize edit fix' to update your Kustomization automatically.";
const replacements = [
  ['bases', 'resources'],
  ['commonLabels', 'labels'],
  ['imageTags', 'images'],
  ['patchesJson6902', 'patches'],
  ['patchesStrategicMerge', 'patches'],
] as const;

function warnOfOld(given: Kustomization, warn: (text: string) => void): void {
  for (const [old, now] of replacements) {
    if (given[old]) warn(`# Warning: '${old}' is deprecated. Please use '${now}' instead. ${run}\n`);
  }
}

function headProblems(kind: string, apiVersion: string): readonly string[] {
  const required = `kustomize.config.k8s.io/${kind === 'Component' ? 'v1alpha1' : 'v1beta1'}`;
  return [
    ...(kind === 'Kustomization' || kind === 'Component' ? [] : ['kind should be Kustomization or Component']),
    ...(apiVersion === '' || apiVersion === required ? [] : [`apiVersion for ${kind} should be ${required}`]),
  ];
}
