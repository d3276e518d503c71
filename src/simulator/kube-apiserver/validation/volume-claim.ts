// What a claim asks for, and the template of a claim in a Pod (pkg/apis/core/validation, ValidatePersistentVolumeClaimSpec,
// Kubernetes 1.36).
import { forbidden, invalid, required } from '../../../api/field-error.ts';
import type { FieldPath } from '../../../api/field-path.ts';
import type {
  ObjectMeta,
  PersistentVolumeClaimSpec,
  PersistentVolumeClaimTemplate,
  TypedLocalObjectReference,
} from '../../../api/object.ts';
import { formatQuantity, parseQuantity } from '../../../api/quantity.ts';
import { checkGiven, checkSupported, type Errors } from './checks.ts';
import { checkLabel, checkLabels, checkLabelSelector, checkSubdomain } from './labels.ts';
import { checkAnnotations } from './object-meta.ts';

export const accessModes = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];
export const volumeModes = ['Block', 'Filesystem'];

/** Modes of access, of which the strictest one allows no other. */
export function checkAccessModes(modes: readonly string[], path: FieldPath, errors: Errors): void {
  for (const mode of modes) checkSupported(mode, accessModes, path, errors);
  if (!modes.includes('ReadWriteOncePod')) return;
  if (modes.some((mode) => mode !== 'ReadWriteOncePod' && accessModes.includes(mode))) {
    errors.push(forbidden(path, 'may not use ReadWriteOncePod with other access modes'));
  }
}

/** What is not looked at again when a claim is updated. */
export interface ClaimOptions {
  /** The groups of sources. */
  readonly anyGroup?: boolean;
}

function checkDataSource(
  { name, kind, apiGroup }: TypedLocalObjectReference,
  { anyGroup }: ClaimOptions,
  path: FieldPath,
  errors: Errors,
): void {
  checkGiven(name, path.child('name'), errors);
  checkGiven(kind, path.child('kind'), errors);
  if (!apiGroup && kind !== 'PersistentVolumeClaim') {
    errors.push(invalid(path, kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup"));
  }
  if (apiGroup && !anyGroup) checkSubdomain(apiGroup, path.child('apiGroup'), errors);
}

function checkSources(
  { dataSource, dataSourceRef }: PersistentVolumeClaimSpec,
  options: ClaimOptions,
  path: FieldPath,
  errors: Errors,
): void {
  if (dataSource) checkDataSource(dataSource, options, path.child('dataSource'), errors);
  if (!dataSourceRef) return;
  const { namespace } = dataSourceRef;
  checkDataSource(dataSourceRef, options, path.child('dataSourceRef'), errors);
  if (namespace) checkLabel(namespace, path.child('dataSourceRef', 'namespace'), errors);
  if (!dataSource) return;
  // the value shown should be the field, of which nothing can be seen
  if (namespace) {
    errors.push(invalid(path, {}, 'may not be specified when dataSourceRef.namespace is specified'));
    return;
  }
  const differs = (['apiGroup', 'kind', 'name'] as const).some((name) => dataSource[name] !== dataSourceRef[name]);
  if (differs) errors.push(invalid(path, {}, 'must match dataSourceRef'));
}

export function checkClaimSpec(
  spec: PersistentVolumeClaimSpec,
  path: FieldPath,
  errors: Errors,
  options: ClaimOptions = {},
): void {
  const { accessModes: modes = [], selector, resources, storageClassName, volumeMode } = spec;
  if (!modes.length) errors.push(required(path.child('accessModes'), 'at least 1 access mode is required'));
  checkLabelSelector(selector, path.child('selector'), errors);
  checkAccessModes(modes, path.child('accessModes'), errors);
  const storage = resources?.requests?.['storage'];
  const at = path.child('resources').key('storage');
  if (storage === undefined) errors.push(required(at));
  else {
    const amount = parseQuantity(storage);
    if (amount && amount.mantissa <= 0n) errors.push(invalid(at, formatQuantity(amount), 'must be greater than zero'));
  }
  if (storageClassName) checkSubdomain(storageClassName, path.child('storageClassName'), errors);
  checkSupported(volumeMode, volumeModes, path.child('volumeMode'), errors);
  checkSources(spec, options, path, errors);
  if (spec.volumeAttributesClassName) {
    checkSubdomain(spec.volumeAttributesClassName, path.child('volumeAttributesClassName'), errors);
  }
}

/** Metadata of a template that a person may not set, in Go's order. */
const notInTemplates: readonly (keyof ObjectMeta)[] = [
  'name',
  'generateName',
  'namespace',
  'selfLink',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'ownerReferences',
  'finalizers',
  'managedFields',
];
/** How the server spells a field whose Go name begins otherwise. */
const spelled: Readonly<Record<string, string>> = { uid: 'uID' };

/** ValidateTemplateObjectMeta: a template gives labels and annotations, and nothing that is an object's own. */
export function checkTemplateMetadata(metadata: ObjectMeta = {}, at: FieldPath, errors: Errors): void {
  checkAnnotations(metadata.annotations, at.child('annotations'), errors);
  checkLabels(metadata.labels, at.child('labels'), errors);
  for (const name of notInTemplates) {
    const value: unknown = metadata[name];
    if (value === undefined || value === null || value === '') continue;
    errors.push(forbidden(at.child(spelled[name] ?? name), 'cannot be set'));
  }
}

export function checkClaimTemplate(template: PersistentVolumeClaimTemplate, path: FieldPath, errors: Errors): void {
  checkTemplateMetadata(template.metadata, path.child('metadata'), errors);
  checkClaimSpec(template.spec ?? {}, path.child('spec'), errors);
}
