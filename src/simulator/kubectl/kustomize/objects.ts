// The objects of a text, as kustomize takes them: each has a kind and a name, and Lists are opened (sigs.k8s.io/kustomize/api/resource/factory.go).
import type { Contents } from './contents.ts';
import { copied, isEmpty, isFields, isNull, textOf, textsOf, type Fields } from './node.ts';
import { notModelled, refuse } from './problem.ts';
import { Resource } from './resource.ts';

/** `file` is told where the text is no YAML. */
export function objectsOf(contents: Contents, text: string, file?: string): Resource[] {
  const documents = contents.objects(text).map((document) => {
    if (!('error' in document)) return document.value;
    if (document.isUnknown) return notModelled(document.error);
    const isOfYaml = document.error.startsWith('MalformedYAMLError');
    return refuse(isOfYaml && file !== undefined ? `${document.error} in File: ${file}` : document.error);
  });
  const values = documents.filter((value) => !isNull(value));
  const [only, ...more] = values;
  const opened = more.length === 0 && documents.length === 1 ? openedList(only) : values;
  const queue = opened.filter((value) => !isEmpty(value)).map(validated);
  const resources: Resource[] = [];
  for (let node = queue.shift(); node; node = queue.shift()) {
    const items = listItems(node);
    if (items) queue.push(...items.filter((item) => !isEmpty(item)).map(validated));
    else resources.push(new Resource(copied(node)));
  }
  return resources;
}

/** A file that is one List is its items. */
function openedList(value: unknown): readonly unknown[] {
  if (!isFields(value)) return value === undefined ? [] : [value];
  const kind = textOf(value['kind'] ?? '');
  if ((kind !== 'List' && kind !== 'ResourceList') || !Object.hasOwn(value, 'items')) return [value];
  const { items } = value;
  return Array.isArray(items) ? (items as unknown[]) : [];
}

/** The items of what is called a list; undefined if it is none. */
function listItems(node: Fields): readonly unknown[] | undefined {
  if (!textOf(node['kind']).endsWith('List') || !Object.hasOwn(node, 'items')) return undefined;
  const { items } = node;
  if (isNull(items)) return [];
  return Array.isArray(items) ? (items as unknown[]) : notModelled('a List whose items are no list');
}

/** GetValidatedMetadata: an object has a kind and, unless it is a list, a name. */
export function validated(value: unknown): Fields {
  const node = isFields(value) ? value : {};
  const head = ['apiVersion', 'kind'].map((field) => (isEmpty(node[field]) ? '' : textOf(node[field])));
  if (Array.isArray(node['metadata'])) notModelled('metadata that are a list');
  const metadata = isFields(node['metadata']) ? node['metadata'] : {};
  const [apiVersion = '', kind = ''] = head;
  const name = isEmpty(metadata['name']) ? '' : textOf(metadata['name']);
  const said = ['labels', 'annotations', 'name', 'namespace'].some((field) => !isEmpty(metadata[field]));
  if (!isFields(value) || (apiVersion === '' && kind === '' && !said)) return refuse('missing Resource metadata');
  const shown = `{{${apiVersion} ${kind}} {{${name} ${textOf(metadata['namespace'] ?? '')}} ${goMap(metadata['labels'])} ${goMap(metadata['annotations'])}}}`;
  if (kind === '') return refuse(`missing kind in object ${shown}`);
  if (!kind.endsWith('List') && name === '') return refuse(`missing metadata.name in object ${shown}`);
  return node;
}

/** Go prints maps with their keys in order. */
function goMap(node: unknown): string {
  const entries = Object.entries(textsOf(node)).sort(([a], [b]) => (a < b ? -1 : 1));
  return `map[${entries.map(([key, value]) => `${key}:${value}`).join(' ')}]`;
}
