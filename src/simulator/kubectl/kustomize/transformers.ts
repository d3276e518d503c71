// What a kustomization does to all its objects: namespace, prefix and suffix, labels, annotations, replicas, images (sigs.k8s.io/kustomize/api/internal/builtins, filters).
import { goPattern } from '../../../base/go-pattern.ts';
import { goJson } from '../../../base/json.ts';
import { sortedKeys } from '../../../base/order.ts';
import {
  annotationSpecs,
  changeField,
  commonLabelSpecs,
  imageSpecs,
  namespaceSpecs,
  ofScalar,
  replicaSpecs,
  templateLabelSpecs,
  withSpecs,
  type FieldSpec,
} from './field-specs.ts';
import { gvkText, isSameId, isSelected } from './ids.ts';
import type { Image, Kustomization, Label } from './kustomization.ts';
import { isFields, isNull, plain, put, Scalar, textOf, type Fields } from './node.ts';
import { notModelled, refuse } from './problem.ts';
import type { ResMap } from './res-map.ts';
import type { Resource, Texts } from './resource.ts';

export function setNamespace(map: ResMap, namespace: string): void {
  for (const resource of map.resources) {
    if (!resource.node) continue;
    resource.rememberId();
    if (!resource.id.isClusterScoped) {
      changeField(
        resource,
        { path: 'metadata/namespace', create: true },
        ofScalar(() => namespace),
        String,
      );
    }
    if (/^(?:Cluster)?RoleBinding$/.test(resource.kind)) setSubjects(resource, namespace);
    for (const spec of namespaceSpecs) {
      if (spec.path === 'metadata/name' && resource.apiVersion !== 'v1') continue;
      changeField(
        resource,
        spec,
        ofScalar(() => namespace),
        String,
      );
    }
    const { id } = resource;
    const same = map.resources.filter((one) => isSameId(one.id, id)).map(({ node }) => goJson(plain(node)));
    if (same.length > 1) refuse(`namespace transformation produces ID conflict: [${same.join(' ')}]`);
  }
}

/** Of those that a binding names, only ServiceAccounts called default follow. */
function setSubjects({ node }: Resource, namespace: string): void {
  const subjects = node?.['subjects'];
  if (isNull(subjects)) return;
  if (!Array.isArray(subjects)) return notModelled('subjects that are no list');
  for (const subject of subjects as unknown[]) {
    if (isFields(subject) && textOf(subject['name']) === 'default') subject['namespace'] = namespace;
  }
}

const neverRenamed = [
  { kind: 'CustomResourceDefinition' },
  { group: 'apiregistration.k8s.io', kind: 'APIService' },
  { kind: 'Namespace' },
];

/** Puts something before or behind all names. */
export function rename(map: ResMap, part: string, where: 'prefix' | 'suffix'): void {
  for (const resource of map.resources) {
    const { gvk } = resource.originalId;
    if (neverRenamed.some((one) => isSelected(gvk, one))) continue;
    if (where === 'prefix') resource.addPrefix(part);
    else resource.addSuffix(part);
    resource.rememberId();
    changeField(
      resource,
      { path: 'metadata/name' },
      ofScalar((name) => scalar(where === 'prefix' ? part + textOf(name) : textOf(name) + part)),
    );
  }
}

/** A text that replaces another without quotes: what reads as something else than text is something else then. */
function scalar(text: string): string {
  const isOther =
    /^(?:[-+.]?\d|\.(?:nan|inf)$)|^(?:true|false|null|~|)$/i.test(text) && !/^\d[^:]*[^\d.eE_:xob+-]/.test(text);
  return isOther ? notModelled(`${text} in the place of a text`) : text;
}

function setEntries(map: ResMap, entries: Texts, specs: readonly FieldSpec[]): void {
  for (const resource of map.resources) {
    for (const key of sortedKeys(entries)) {
      const entry = new Scalar(entries[key] ?? '', entries[key]);
      for (const spec of specs)
        changeField(
          resource,
          spec,
          (field) => withEntry(field, key, entry),
          () => ({}),
        );
    }
  }
}

function withEntry(field: unknown, key: string, entry: Scalar): unknown {
  // a null that nobody creates is none
  if (isNull(field)) return field;
  if (!isFields(field)) return notModelled(`${key} in the place of no object`);
  // what is not there becomes one with the others
  if (Object.hasOwn(field, key)) put(field, key, entry.value);
  else field[key] = entry;
  return field;
}

export function setLabels(map: ResMap, { labels = [], commonLabels = {} }: Kustomization): void {
  for (const label of labels) setEntries(map, label.pairs ?? {}, labelSpecs(label));
  setEntries(map, commonLabels, commonLabelSpecs);
}

function labelSpecs({ fields = [], includeSelectors, includeTemplates }: Label): readonly FieldSpec[] {
  if (includeSelectors) return withSpecs(fields, commonLabelSpecs);
  const all = includeTemplates ? withSpecs(fields, templateLabelSpecs) : fields;
  return withSpecs(all, [{ path: 'metadata/labels', create: true }]);
}

export function setAnnotations(map: ResMap, annotations: Texts): void {
  setEntries(map, annotations, annotationSpecs);
}

export function setReplicas(
  map: ResMap,
  { name = '', count = 0 }: { readonly name?: string; readonly count?: number },
): void {
  let isFound = false;
  for (const spec of replicaSpecs) {
    for (const resource of map.matching((id) => id.name === name && isSelected(id.gvk, spec))) {
      isFound = true;
      changeField(
        resource,
        spec,
        ofScalar(() => count),
        String,
      );
    }
  }
  if (isFound) return;
  const kinds = replicaSpecs.map(({ kind = '' }) => gvkText({ kind })).join(' ');
  refuse(`resource with name ${name} does not match a config with the following GVK [${kinds}]`);
}

export function setImages(map: ResMap, image: Image): void {
  const pattern =
    goPattern(`^${image.name ?? ''}(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$`) ??
    notModelled(`the image name ${image.name ?? ''}`);
  const changed = ofScalar((value) => (pattern.test(textOf(value)) ? changedImage(value, image) : value));
  for (const resource of map.resources) {
    if (!resource.node || resource.kind === 'CustomResourceDefinition') continue;
    setContainers(resource.node, changed);
    for (const spec of imageSpecs) changeField(resource, spec, changed);
  }
}

/** Whatever is called containers, wherever it stands. */
function setContainers(node: unknown, changed: (image: unknown) => unknown): void {
  if (Array.isArray(node)) return node.forEach((item) => setContainers(item, changed));
  if (!isFields(node)) return;
  for (const [key, value] of Object.entries(node)) {
    setContainers(value, changed);
    if ((key !== 'containers' && key !== 'initContainers') || !Array.isArray(value)) continue;
    for (const item of value as unknown[]) setImage(item, changed);
  }
}

function setImage(container: unknown, changed: (image: unknown) => unknown): void {
  if (isNull(container)) return;
  if (!isFields(container)) return notModelled('a container that is no object');
  const { image }: Fields = container;
  if (image !== undefined && !isNull(image)) container['image'] = changed(image);
}

function changedImage(value: unknown, { newName, newTag, digest, tagSuffix }: Image): string {
  const old = imageParts(textOf(value));
  const tagged = newTag
    ? { tag: newTag, digest: digest ?? '' }
    : digest
      ? { tag: '', digest }
      : tagSuffix
        ? { tag: old.tag + tagSuffix, digest: '' }
        : old;
  const name = newName ? newName : old.name;
  return scalar(name + (tagged.tag && `:${tagged.tag}`) + (tagged.digest && `@${tagged.digest}`));
}

/** The host before the first slash may have a port. */
function imageParts(text: string): { readonly name: string; readonly tag: string; readonly digest: string } {
  const slash = Math.max(text.indexOf('/'), 0);
  const [at, colon] = [text.indexOf('@', slash), text.indexOf(':', slash)];
  if (at >= 0 && (colon < 0 || at < colon)) return { name: text.slice(0, at), tag: '', digest: text.slice(at + 1) };
  if (colon < 0) return { name: text, tag: '', digest: '' };
  const end = at < 0 ? text.length : at;
  return { name: text.slice(0, colon), tag: text.slice(colon + 1, end), digest: at < 0 ? '' : text.slice(at + 1) };
}
