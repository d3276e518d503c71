// StorageClasses and VolumeAttributesClasses (pkg/apis/storage/validation, Kubernetes 1.36).
import { duplicate, forbidden, invalid, required, tooLong } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import { byteLength } from '../../../../api/go-text.ts';
import type { StorageClass, TopologySelectorTerm, VolumeAttributesClass } from '../../../../api/object.ts';
import { deepEqual } from '../../../../base/json.ts';
import { checkSupported, type Errors } from '../checks.ts';
import { shownMap } from '../go-struct.ts';
import { kindRules } from '../kind-rules.ts';
import { checkQualifiedName } from '../labels.ts';
import { checkImmutable, checkMetadata, checkMetadataUpdate, subdomainName } from '../object-meta.ts';
import { semanticEqual } from '../semantic-equal.ts';
import type { KindRules } from '../validation.ts';

const meta = { namespaced: false, name: subdomainName };
const mostParameters = 512;
const parametersLimit = 256 * 1024;

type Parameters = Readonly<Record<string, string>> | undefined;

function checkProvisioner(provisioner: string, path: FieldPath, errors: Errors): void {
  if (provisioner) checkQualifiedName(provisioner.toLowerCase(), path, errors);
  else errors.push(required(path));
}

function checkParameters(parameters: Parameters, errors: Errors): void {
  const path = FieldPath.of('parameters');
  const entries = Object.entries(parameters ?? {});
  if (entries.length > mostParameters) return void errors.push(tooLong(path, mostParameters));
  let size = 0;
  for (const [key, value] of entries) {
    if (!key) errors.push(invalid(path, key, 'field can not be empty.'));
    size += byteLength(key) + byteLength(value);
  }
  if (size > parametersLimit) errors.push(tooLong(path, parametersLimit));
}

/** What a term selects, in a form that can be compared. */
function rawTerm({ matchLabelExpressions = [] }: TopologySelectorTerm): Readonly<Record<string, readonly string[]>> {
  const raw: Record<string, readonly string[]> = {};
  for (const { key, values } of matchLabelExpressions) raw[key] = [...new Set(values)].sort();
  return raw;
}

function checkTerm({ matchLabelExpressions = [] }: TopologySelectorTerm, path: FieldPath, errors: Errors): void {
  const keys = new Set<string>();
  matchLabelExpressions.forEach(({ key, values }, i) => {
    const at = path.child('matchLabelExpressions').index(i);
    if (!values.length) errors.push(required(at.child('values')));
    values.forEach((value, j) => {
      if (values.indexOf(value) < j) errors.push(duplicate(at.child('values').index(j), value));
    });
    checkQualifiedName(key, at.child('key'), errors);
    if (keys.has(key)) errors.push(duplicate(at.child('key'), key));
    keys.add(key);
  });
}

function checkTopologies(topologies: readonly TopologySelectorTerm[], errors: Errors): void {
  // the server begins with as many empty terms as there are terms, so that an empty one is a duplicate of each of them
  const seen: Readonly<Record<string, readonly string[]>>[] = topologies.map(() => ({}));
  topologies.forEach((term, i) => {
    const path = FieldPath.of('allowedTopologies').index(i);
    const raw = rawTerm(term);
    checkTerm(term, path, errors);
    for (const other of seen) {
      if (deepEqual(raw, other)) errors.push(duplicate(path.child('matchLabelExpressions'), ''));
    }
    seen.push(raw);
  });
}

function checkStorageClass(storageClass: StorageClass, errors: Errors): void {
  const { reclaimPolicy, volumeBindingMode } = storageClass;
  checkMetadata(storageClass.metadata, meta, errors);
  checkProvisioner(storageClass.provisioner, FieldPath.of('provisioner'), errors);
  checkParameters(storageClass.parameters, errors);
  if (reclaimPolicy) checkSupported(reclaimPolicy, ['Delete', 'Retain'], FieldPath.of('reclaimPolicy'), errors);
  const mode = FieldPath.of('volumeBindingMode');
  if (volumeBindingMode === undefined) errors.push(required(mode));
  else checkSupported(volumeBindingMode, ['Immediate', 'WaitForFirstConsumer'], mode, errors);
  checkTopologies(storageClass.allowedTopologies ?? [], errors);
}

const fixed = ['provisioner', 'reclaimPolicy', 'volumeBindingMode'] as const;

export const storageClassRules: KindRules<StorageClass> = {
  create: checkStorageClass,
  update(storageClass, old, errors) {
    checkStorageClass(storageClass, errors);
    checkMetadataUpdate(storageClass.metadata, old.metadata, errors);
    if (!semanticEqual(storageClass.parameters ?? {}, old.parameters ?? {})) {
      errors.push(invalid(FieldPath.of('parameters'), shownMap(storageClass.parameters), 'field is immutable'));
    }
    for (const name of fixed) checkImmutable(storageClass[name], old[name], FieldPath.of(name), errors);
  },
};

export const attributesClassRules = kindRules<VolumeAttributesClass>({
  meta,
  metaAgain: true,
  frozen(attributesClass, old, errors) {
    for (const name of ['driverName', 'parameters'] as const) {
      if (semanticEqual(attributesClass[name], old[name])) continue;
      errors.push(forbidden(FieldPath.of(name), `updates to ${name} are forbidden.`));
    }
  },
  content({ driverName, parameters }, errors) {
    checkProvisioner(driverName, FieldPath.of('driverName'), errors);
    checkParameters(parameters, errors);
    if (Object.keys(parameters ?? {}).length) return;
    errors.push(required(FieldPath.of('parameters'), 'must contain at least one key/value pair'));
  },
});
