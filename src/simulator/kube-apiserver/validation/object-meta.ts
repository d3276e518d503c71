// Metadata, which every object has (k8s.io/apimachinery/pkg/api/validation/objectmeta.go, pkg/apis/core/validation, Kubernetes 1.36).
import { forbidden, invalid, required, tooLong } from '../../../api/field-error.ts';
import { FieldPath } from '../../../api/field-path.ts';
import { byteLength } from '../../../api/go-text.ts';
import {
  dns1123LabelProblems,
  dns1123SubdomainProblems,
  qualifiedNameProblems,
  withoutTrailingDash,
} from '../../../api/names.ts';
import type { ObjectMeta, OwnerReference } from '../../../api/object.ts';
import { parseGroupVersion } from '../../../api/resources.ts';
import { deepEqual } from '../../../base/json.ts';
import { addInvalid, checkNonNegative, type Errors } from './checks.ts';
import { checkLabels } from './labels.ts';

/** What is wrong with a name. */
export type NameRule = (name: string) => string[];

export const subdomainName: NameRule = dns1123SubdomainProblems;
export const labelName: NameRule = dns1123LabelProblems;

/** path.IsValidPathSegmentName, the rule for names of roles and the like. */
export const pathSegmentName: NameRule = (name) => {
  if (name === '.' || name === '..') return [`may not be '${name}'`];
  return ['/', '%']
    .filter((character) => name.includes(character))
    .map((character) => `may not contain '${character}'`);
};

export interface MetaOptions {
  readonly namespaced: boolean;
  readonly name: NameRule;
  /** The few kinds whose rules were not written for core alone: a finalizer without a domain need not be one of Kubernetes' own. */
  readonly anyFinalizer?: boolean;
  /** The few kinds of which only the whole name counts, not what it is generated from. */
  readonly anyGenerateName?: boolean;
}

export const metadataPath = FieldPath.of('metadata');

const annotationsLimit = 256 * 1024;
const standardFinalizers = new Set(['kubernetes', 'orphan', 'foregroundDeletion']);

/** ValidateObjectMeta: metadata of a kind of Kubernetes' own. */
export function checkMetadata(metadata: ObjectMeta, options: MetaOptions, errors: Errors): void {
  checkGenericMetadata(metadata, options, errors);
  if (!options.anyFinalizer) checkStandardFinalizers(metadata.finalizers, errors);
}

/** ValidateObjectMetaAccessor: metadata of any object at all. */
export function checkGenericMetadata(metadata: ObjectMeta, options: MetaOptions, errors: Errors): void {
  const path = metadataPath;
  const { name, generateName, namespace } = metadata;
  if (generateName && !options.anyGenerateName) {
    addInvalid(errors, path.child('generateName'), generateName, options.name(withoutTrailingDash(generateName)));
  }
  if (!name) errors.push(required(path.child('name'), 'name or generateName is required'));
  else addInvalid(errors, path.child('name'), name, options.name(name));
  if (options.namespaced) {
    if (!namespace) errors.push(required(path.child('namespace')));
    else addInvalid(errors, path.child('namespace'), namespace, dns1123LabelProblems(namespace));
  } else if (namespace) errors.push(forbidden(path.child('namespace'), 'not allowed on this type'));
  checkNonNegative(metadata.generation, path.child('generation'), errors);
  checkLabels(metadata.labels, path.child('labels'), errors);
  checkAnnotations(metadata.annotations, path.child('annotations'), errors);
  checkOwners(metadata.ownerReferences, path.child('ownerReferences'), errors);
  checkFinalizers(metadata.finalizers, path.child('finalizers'), errors);
}

/** Keys are looked at in lower case; values may be anything, but not too much of it. */
export function checkAnnotations(annotations: ObjectMeta['annotations'], path: FieldPath, errors: Errors): void {
  let size = 0;
  for (const key in annotations) {
    addInvalid(errors, path, key, qualifiedNameProblems(key.toLowerCase()));
    size += byteLength(key) + byteLength(annotations[key] ?? '');
  }
  if (size > annotationsLimit) errors.push(tooLong(path, annotationsLimit));
}

function checkOwners(owners: readonly OwnerReference[] | undefined, path: FieldPath, errors: Errors): void {
  let controller: string | undefined;
  for (const owner of owners ?? []) {
    const { apiVersion, kind, name, uid } = owner;
    if (!parseGroupVersion(apiVersion)?.version)
      errors.push(invalid(path.child('apiVersion'), apiVersion, 'version must not be empty'));
    if (!kind) errors.push(invalid(path.child('kind'), kind, 'must not be empty'));
    if (!name) errors.push(invalid(path.child('name'), name, 'must not be empty'));
    if (!uid) errors.push(invalid(path.child('uid'), uid, 'must not be empty'));
    if (apiVersion === 'v1' && kind === 'Event') {
      errors.push(invalid(path, owner, '/v1, Kind=Event is disallowed from being an owner'));
    }
    if (!owner.controller) continue;
    const self = `${kind}/${name}`;
    if (controller !== undefined) {
      const both = `Found "true" in references for ${controller} and ${self}`;
      errors.push(invalid(path, owners, `Only one reference can have Controller set to true. ${both}`));
    } else controller = self;
  }
}

function checkFinalizers(finalizers: readonly string[] | undefined, path: FieldPath, errors: Errors): void {
  if (!finalizers) return;
  for (const finalizer of finalizers) addInvalid(errors, path, finalizer, qualifiedNameProblems(finalizer));
  if (finalizers.includes('orphan') && finalizers.includes('foregroundDeletion')) {
    errors.push(invalid(path, finalizers, 'finalizer orphan and foregroundDeletion cannot be both set'));
  }
}

function checkStandardFinalizers(finalizers: readonly string[] = [], errors: Errors): void {
  const path = metadataPath.child('finalizers');
  finalizers.forEach((finalizer, i) => checkStandardFinalizer(finalizer, path.index(i), errors));
}

/** validateKubeFinalizerName: a finalizer without a domain is one of Kubernetes' own. */
export function checkStandardFinalizer(finalizer: string, path: FieldPath, errors: Errors): void {
  if (finalizer.includes('/') || standardFinalizers.has(finalizer)) return;
  errors.push(invalid(path, finalizer, 'name is neither a standard finalizer name nor is it fully qualified'));
}

/** ValidateObjectMetaUpdate. */
export function checkMetadataUpdate(metadata: ObjectMeta, old: ObjectMeta, errors: Errors): void {
  checkGenericMetadataUpdate(metadata, old, errors);
  checkStandardFinalizers(metadata.finalizers, errors);
}

/** ValidateObjectMetaAccessorUpdate: what identifies an object stays as it is. */
export function checkGenericMetadataUpdate(metadata: ObjectMeta, old: ObjectMeta, errors: Errors): void {
  const path = metadataPath;
  if (old.deletionTimestamp && metadata.finalizers) {
    const added = metadata.finalizers.filter((finalizer) => !old.finalizers?.includes(finalizer));
    if (added.length) {
      const detail = `no new finalizers can be added if the object is being deleted, found new finalizers ${goStrings(added)}`;
      errors.push(forbidden(path.child('finalizers'), detail));
    }
  }
  if (!metadata.resourceVersion) {
    errors.push(invalid(path.child('resourceVersion'), '', 'must be specified for an update'));
  }
  if ((metadata.generation ?? 0) < (old.generation ?? 0)) {
    errors.push(invalid(path.child('generation'), metadata.generation ?? 0, 'must not be decremented'));
  }
  for (const name of ['name', 'namespace', 'uid', 'creationTimestamp', 'deletionTimestamp'] as const) {
    checkImmutable(metadata[name] ?? undefined, old[name] ?? undefined, path.child(name), errors);
  }
  checkImmutable(
    metadata.deletionGracePeriodSeconds,
    old.deletionGracePeriodSeconds,
    path.child('deletionGracePeriodSeconds'),
    errors,
  );
  checkLabels(metadata.labels, path.child('labels'), errors);
  checkAnnotations(metadata.annotations, path.child('annotations'), errors);
  checkOwners(metadata.ownerReferences, path.child('ownerReferences'), errors);
}

/** `[]string{"a", "b"}`, as Go's %#v shows a list of texts. */
const goStrings = (values: readonly string[]) => `[]string{${values.map((value) => JSON.stringify(value)).join(', ')}}`;

/** ValidateImmutableField. `shown` is the value as a message shows it. */
export function checkImmutable(value: unknown, old: unknown, path: FieldPath, errors: Errors, shown = value): void {
  if (!deepEqual(value, old)) errors.push(invalid(path, shown, 'field is immutable'));
}
