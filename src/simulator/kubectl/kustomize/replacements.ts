// Values of one object's fields put into fields of others (sigs.k8s.io/kustomize/api/filters/replacement).
import { quote } from '../../../api/go-text.ts';
import { printYaml } from '../printing/yaml.ts';
import { fieldsBelow, lookUp, pathParts, type Found } from './field-paths.ts';
import { effectiveNamespace, idText, isSelected, type ResourceId } from './ids.ts';
import { replacementsIn, type FieldOptions, type Replacement, type Selector } from './kustomization.ts';
import type { Loader } from './loader.ts';
import { copied, isEmpty, isFields, Scalar, textOf } from './node.ts';
import type { Step } from './patches.ts';
import { notModelled, refuse, within } from './problem.ts';
import { hasTexts, matchesPattern, type ResMap } from './res-map.ts';
import type { Resource } from './resource.ts';

/** `replacements`: each is written there, or in a file. */
export function replacementsOf(given: readonly Replacement[], loader: Loader): Step {
  const config = printYaml({ Replacements: given });
  const all = within(`trouble configuring builtin ReplacementTransformer with config: \`\n${config}\``, () =>
    given.flatMap((one) => (one.path ? ofFile(one, one.path, loader) : [one])),
  );
  return (map) => {
    for (const one of all) replace(map, one);
  };
}

function ofFile({ source, targets = [] }: Replacement, path: string, loader: Loader): readonly Replacement[] {
  if (source || targets.length > 0) refuse('cannot specify both path and inline replacement');
  const document = loader.contents.yaml(loader.text(path));
  if ('error' in document) return document.isUnknown ? notModelled(document.error) : refuse(document.error);
  return replacementsIn(Array.isArray(document.value) ? document.value : [document.value]);
}

function replace(map: ResMap, { source, sourceValue, targets }: Replacement): void {
  if ((sourceValue === undefined && !source) || !targets) {
    return refuse('replacements must specify a source and at least one target');
  }
  const value = valueOf(map, source, sourceValue);
  for (const target of targets) {
    const { select } = target;
    if (!select) return refuse('target must specify resources to select');
    for (const resource of map.resources.filter((one) => isMeant(one, select, target.reject ?? []))) {
      for (const path of target.fieldPaths?.length ? target.fieldPaths : [defaultPath]) {
        put(resource, path, value, target.options);
      }
    }
  }
}

const defaultPath = 'metadata.name';
/** What is made, or given as a text, has no type yet. */
const unset = Symbol('unset');

function valueOf(map: ResMap, source: Replacement['source'], sourceValue: string | undefined): unknown {
  if (sourceValue !== undefined) {
    return source ? refuse('value and resource selectors are mutually exclusive') : new Scalar(sourceValue, unset);
  }
  if (!source) return undefined;
  const { group = '', version = '', kind = '', name = '', namespace = '', options } = source;
  const selector: ResourceId = { gvk: { group, version, kind }, name, namespace, isClusterScoped: false };
  const shown = [idText(selector), ...(source.fieldPath ? [source.fieldPath] : []), ...optionsText(options)].join(':');
  const [found, ...more] = map.resources.filter((one) => idsOf(one).some((id) => isChosen(id, selector)));
  if (!found) return refuse(`nothing selected by ${shown}`);
  if (more.length > 0) return refuse(`multiple matches for selector ${shown}`);
  const path = source.fieldPath ? source.fieldPath : defaultPath;
  const value = lookUp(found.node, pathParts(path));
  if (isEmpty(value)) {
    return refuse(`fieldPath \`${path}\` is missing for replacement source ${idText(selector)}`);
  }
  return refined(value, options);
}

const optionsText = ({ delimiter = '', index = 0, create = false }: FieldOptions = {}) =>
  delimiter === '' && !create ? [] : [`${delimiter}(${index}), create=${create}`];

/** What an object is called, and was called; nobody asks here whether it has a namespace. */
const idsOf = (resource: Resource): readonly ResourceId[] => [
  { ...resource.id, isClusterScoped: false },
  ...resource.previousIds,
];

const isChosen = (id: ResourceId, selector: ResourceId) =>
  (selector.name === '' || selector.name === id.name) &&
  (selector.namespace === '' || effectiveNamespace(selector) === effectiveNamespace(id)) &&
  isSelected(id.gvk, selector.gvk);

/** The part of a text between delimiters. */
function refined(value: unknown, { delimiter = '', index = 0 }: FieldOptions = {}): unknown {
  if (delimiter === '') return value;
  if (Array.isArray(value) || isFields(value)) return refuse('delimiter option can only be used with scalar nodes');
  const text = textOf(value);
  const part = text.split(delimiter)[index];
  return part ?? refuse(`options.index ${index} is out of bounds for value ${text}`);
}

function isMeant(resource: Resource, select: Selector, reject: readonly Selector[]): boolean {
  const hasAll = ({ labelSelector, annotationSelector }: Selector) =>
    hasTexts(annotationSelector, resource.annotations) && hasTexts(labelSelector, resource.labels);
  const ids = idsOf(resource);
  if (!hasAll(select)) return false;
  for (const one of reject) {
    if ((one.annotationSelector || one.labelSelector) && hasAll(one)) return false;
    if (isIdSelector(one) && ids.some((id) => isOf(id, one))) return false;
  }
  return ids.some((id) => isOf(id, select));
}

const isIdSelector = ({ group, version, kind, name, namespace }: Selector) =>
  [group, version, kind, name, namespace].some(Boolean);

const isOf = ({ gvk, name, namespace }: ResourceId, selector: Selector) =>
  matchesPattern(selector.group, gvk.group) &&
  matchesPattern(selector.version, gvk.version) &&
  matchesPattern(selector.kind, gvk.kind) &&
  matchesPattern(selector.name, name) &&
  matchesPattern(selector.namespace, namespace);

function put(resource: Resource, path: string, value: unknown, options: FieldOptions = {}): void {
  const made = options.create
    ? () => (Array.isArray(value) ? [] : isFields(value) ? {} : new Scalar('', unset))
    : undefined;
  const retrieval = `unable to find ${made ? 'or create ' : ''}field ${quote(path)} in replacement target`;
  const found = within(retrieval, () => fieldsBelow(resource.node, pathParts(path), made));
  if (found.length === 0) refuse(retrieval);
  for (const field of found) field.set(replaced(field, value, options));
}

function replaced({ value: old }: Found, value: unknown, { delimiter = '', index = 0 }: FieldOptions): unknown {
  const isScalar = !Array.isArray(old) && !isFields(old);
  if (delimiter !== '' && !isScalar) return refuse('delimiter option can only be used with scalar nodes');
  if (!isScalar) return value instanceof Scalar && value.value === unset ? typed(value.text, unset) : copied(value);
  const text = delimiter === '' ? textOf(value) : joined(textOf(old), textOf(value), delimiter, index);
  return typed(text, old instanceof Scalar ? old.value : old);
}

function joined(old: string, value: string, delimiter: string, index: number): string {
  const parts = old.split(delimiter);
  if (index < 0) return [value, ...parts].join(delimiter);
  return index >= parts.length ? [...parts, value].join(delimiter) : parts.with(index, value).join(delimiter);
}

/** A scalar keeps its type and takes the text of another. */
function typed(text: string, old: unknown): unknown {
  if (typeof old === 'string') return text;
  const isInteger = /^-?(?:0|[1-9]\d{0,14})$/.test(text);
  if (isInteger && (typeof old === 'number' || old === unset)) return Number(text);
  if (/^(?:true|false)$/.test(text) && (typeof old === 'boolean' || old === unset)) return text === 'true';
  const isWord = /^[A-Za-z/][\w ./-]*[\w./-]$/.test(text) && !/^(?:null|true|false)$/i.test(text);
  return old === unset && isWord ? text : notModelled(`${text} in the place of what is no text`);
}
