// PersistentVolumeClaims (pkg/apis/core/validation, ValidatePersistentVolumeClaim, Kubernetes 1.36).
import { forbidden } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import { structJson } from '../../../../api/go-text.ts';
import type { PersistentVolumeClaim, PersistentVolumeClaimSpec } from '../../../../api/object.ts';
import { compareQuantities, parseQuantity } from '../../../../api/quantity.ts';
import type { Errors } from '../checks.ts';
import { goStruct } from '../go-struct.ts';
import { checkImmutable, checkMetadata, checkMetadataUpdate, metadataPath, subdomainName } from '../object-meta.ts';
import { semanticEqual } from '../semantic-equal.ts';
import { unifiedDiff } from '../unified-diff.ts';
import type { KindRules } from '../validation.ts';
import { checkClaimSpec } from '../volume-claim.ts';

const path = FieldPath.of('spec');
const noSpec: PersistentVolumeClaimSpec = {};
const classAnnotation = 'volume.beta.kubernetes.io/storage-class';

const annotationOf = ({ metadata }: PersistentVolumeClaim) => metadata.annotations?.[classAnnotation];

/** A class that was an annotation may become the field. */
function movesAnnotation(claim: PersistentVolumeClaim, old: PersistentVolumeClaim): boolean {
  const before = annotationOf(old);
  const after = annotationOf(claim);
  return (
    before !== undefined &&
    old.spec?.storageClassName === undefined &&
    claim.spec?.storageClassName === before &&
    (after === undefined || after === before)
  );
}

/** A claim without a class may be given one. */
function isGivenClass(claim: PersistentVolumeClaim, old: PersistentVolumeClaim): boolean {
  const before = annotationOf(old);
  const name = claim.spec?.storageClassName;
  return name !== undefined && old.spec?.storageClassName === undefined && (before === undefined || name === before);
}

const storageOf = (amounts: Readonly<Record<string, string | number>> | undefined) =>
  parseQuantity(amounts?.['storage'] ?? 0);

/** Both specs, made equal in what may change. */
function comparable(
  claim: PersistentVolumeClaim,
  old: PersistentVolumeClaim,
): readonly [before: PersistentVolumeClaimSpec, after: PersistentVolumeClaimSpec] {
  const given = claim.spec ?? noSpec;
  let before = old.spec ?? noSpec;
  let { storageClassName, volumeAttributesClassName, resources } = given;
  if (!before.volumeName) before = { ...before, volumeName: given.volumeName } as PersistentVolumeClaimSpec;
  if (movesAnnotation(claim, old)) storageClassName = undefined;
  else if (isGivenClass(claim, old)) storageClassName = before.storageClassName;
  if (claim.status?.phase === 'Bound') {
    volumeAttributesClassName = before.volumeAttributesClassName;
    const storage = before.resources?.requests?.['storage'];
    if (resources?.requests) resources = { ...resources, requests: { ...resources.requests, storage: storage ?? '0' } };
  }
  const after = { ...given, storageClassName, volumeAttributesClassName, resources } as PersistentVolumeClaimSpec;
  return [before, after];
}

const lines = (spec: PersistentVolumeClaimSpec) =>
  structJson(goStruct('core/v1.PersistentVolumeClaimSpec', spec), 1).split('\n');

function checkChange(claim: PersistentVolumeClaim, old: PersistentVolumeClaim, errors: Errors): void {
  const { spec = noSpec } = claim;
  const [before, after] = comparable(claim, old);
  if (!movesAnnotation(claim, old)) {
    const at = metadataPath.child('annotations', classAnnotation);
    checkImmutable(annotationOf(claim) ?? '', annotationOf(old) ?? '', at, errors);
  }
  if (!semanticEqual(after, before)) {
    const changeable = 'resources.requests and volumeAttributesClassName for bound claims';
    const difference = unifiedDiff(lines(before), lines(after));
    errors.push(forbidden(path, `spec is immutable after creation except ${changeable}\n${difference}`));
  }
  const size = storageOf(spec.resources?.requests);
  const oldSize = storageOf(old.spec?.resources?.requests);
  const granted = storageOf(old.status?.capacity);
  if (size && oldSize && granted && compareQuantities(size, oldSize) < 0 && compareQuantities(size, granted) <= 0) {
    const at = path.child('resources', 'requests', 'storage');
    errors.push(forbidden(at, 'field can not be less than status.capacity'));
  }
  checkImmutable(spec.volumeMode, old.spec?.volumeMode, FieldPath.of('volumeMode'), errors, spec.volumeMode ?? null);
  checkAttributesClass(spec, old, errors);
}

function checkAttributesClass(
  { volumeAttributesClassName: name }: PersistentVolumeClaimSpec,
  old: PersistentVolumeClaim,
  errors: Errors,
): void {
  if (name === old.spec?.volumeAttributesClassName || name) return;
  if (old.status?.currentVolumeAttributesClassName === undefined) return;
  const to = name === undefined ? 'nil' : 'empty string';
  const detail = `update to ${to} is forbidden when status.currentVolumeAttributesClassName is not nil`;
  errors.push(forbidden(path.child('volumeAttributesClassName'), detail));
}

/** What a source named before is not looked at again. */
const hasSourceGroup = ({ spec }: PersistentVolumeClaim) =>
  spec?.dataSource?.apiGroup !== undefined || spec?.dataSourceRef?.apiGroup !== undefined;

export const claimRules: KindRules<PersistentVolumeClaim> = {
  create({ metadata, spec = noSpec }, errors) {
    checkMetadata(metadata, { namespaced: true, name: subdomainName }, errors);
    checkClaimSpec(spec, path, errors);
  },
  update(claim, old, errors) {
    checkMetadataUpdate(claim.metadata, old.metadata, errors);
    checkMetadata(claim.metadata, { namespaced: true, name: subdomainName }, errors);
    checkClaimSpec(claim.spec ?? noSpec, path, errors, { anyGroup: hasSourceGroup(old) });
    checkChange(claim, old, errors);
  },
};
