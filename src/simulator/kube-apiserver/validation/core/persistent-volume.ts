// PersistentVolumes (pkg/apis/core/validation, ValidatePersistentVolume, and pkg/volume/validation, Kubernetes 1.36).
import { forbidden, invalid, notSupported, required } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import { structJson } from '../../../../api/go-text.ts';
import type { PersistentVolume, PersistentVolumeSpec } from '../../../../api/object.ts';
import { formatQuantity, int64Value, parseQuantity } from '../../../../api/quantity.ts';
import { sortedKeys } from '../../../../base/order.ts';
import { checkSupported, type Errors } from '../checks.ts';
import { goStruct } from '../go-struct.ts';
import { checkSubdomain } from '../labels.ts';
import { checkNodeSelector } from '../node-selector.ts';
import { checkImmutable, checkMetadata, metadataPath, subdomainName } from '../object-meta.ts';
import { semanticEqual } from '../semantic-equal.ts';
import { unifiedDiff } from '../unified-diff.ts';
import type { KindRules } from '../validation.ts';
import { checkAccessModes, volumeModes } from '../volume-claim.ts';
import { checkVolumeSources, sourceNames, type VolumeSourceName } from './persistent-volume-sources.ts';

const path = FieldPath.of('spec');
const noSpec: PersistentVolumeSpec = {};
const inlineContext = 'in the context of inline volumes';
const mountOptions = 'volume.beta.kubernetes.io/mount-options';

function checkCapacity({ capacity }: PersistentVolumeSpec, at: FieldPath, errors: Errors): void {
  const names = sortedKeys(capacity ?? {});
  if (!names.length) errors.push(required(at));
  if (capacity?.['storage'] === undefined || names.length > 1) {
    const shown = capacity ? Object.fromEntries(names.map((name) => [name, textOf(capacity[name])])) : null;
    errors.push(notSupported(at, shown, ['storage']));
  }
  for (const name of names) {
    const amount = parseQuantity(capacity?.[name] ?? 0);
    if (!amount) continue;
    const bytes = int64Value(amount);
    if (bytes < 0n) errors.push(invalid(at.key(name), bytes, 'must be a valid resource quantity'));
    if (amount.mantissa <= 0n) errors.push(invalid(at.key(name), formatQuantity(amount), 'must be greater than zero'));
  }
}

function textOf(amount: string | number | undefined): string {
  const quantity = parseQuantity(amount ?? 0);
  return quantity ? formatQuantity(quantity) : '0';
}

function checkNodeAffinity({ nodeAffinity }: PersistentVolumeSpec, path: FieldPath, errors: Errors): void {
  if (!nodeAffinity) return;
  const at = path.child('required');
  if (nodeAffinity.required) checkNodeSelector(nodeAffinity.required, at, errors);
  else errors.push(required(at, 'must specify required node constraints'));
}

/** path.Clean of the path is the root. */
function isRoot(folder: string): boolean {
  if (!folder.startsWith('/')) return false;
  let depth = 0;
  for (const part of folder.split('/')) {
    if (part === '..') depth = Math.max(0, depth - 1);
    else if (part !== '' && part !== '.') depth++;
  }
  return depth === 0;
}

/** What a volume may not say of itself where it is only attached, after what is wrong with its source. */
function checkInlineClasses({ storageClassName, volumeMode }: PersistentVolumeSpec, path: FieldPath, errors: Errors) {
  if (storageClassName) errors.push(forbidden(path.child('storageClassName'), `may not be specified ${inlineContext}`));
  if (volumeMode !== undefined && volumeMode !== 'Filesystem') {
    const detail = `may not specify volumeMode other than Filesystem ${inlineContext}`;
    errors.push(forbidden(path.child('volumeMode'), detail));
  }
}

function checkClasses(spec: PersistentVolumeSpec, inline: boolean, path: FieldPath, errors: Errors): void {
  const { storageClassName, volumeMode, volumeAttributesClassName: attributes, csi } = spec;
  if (inline) checkInlineClasses(spec, path, errors);
  else {
    if (storageClassName) checkSubdomain(storageClassName, path.child('storageClassName'), errors);
    checkSupported(volumeMode, volumeModes, path.child('volumeMode'), errors);
  }
  if (attributes === undefined) return;
  const at = path.child('volumeAttributesClassName');
  if (attributes === '') errors.push(required(at, 'an empty string is disallowed'));
  else checkSubdomain(attributes, at, errors);
  if (!csi) errors.push(required(path.child('csi'), 'has to be specified when using volumeAttributesClassName'));
}

/** The same, before all else. */
function checkInline(spec: PersistentVolumeSpec, path: FieldPath, errors: Errors): void {
  if (spec.claimRef) errors.push(forbidden(path.child('claimRef'), `may not be specified ${inlineContext}`));
  if (Object.keys(spec.capacity ?? {}).length) {
    errors.push(forbidden(path.child('capacity'), `may not be specified ${inlineContext}`));
  }
  if (!spec.csi) errors.push(required(path.child('csi'), `has to be specified ${inlineContext}`));
}

/** The same, before what is wrong with its source. */
function checkInlineUse(spec: PersistentVolumeSpec, path: FieldPath, errors: Errors): void {
  const { persistentVolumeReclaimPolicy: reclaim, nodeAffinity } = spec;
  if (reclaim && reclaim !== 'Retain') {
    errors.push(forbidden(path.child('persistentVolumeReclaimPolicy'), `may only be Retain ${inlineContext}`));
  }
  if (nodeAffinity) errors.push(forbidden(path.child('nodeAffinity'), `may not be specified ${inlineContext}`));
}

/** ValidatePersistentVolumeSpec. `inline`: of a volume that is no object of its own. */
export function checkVolumeSpec(
  spec: PersistentVolumeSpec,
  { name, inline }: { readonly name: string; readonly inline: boolean },
  path: FieldPath,
  errors: Errors,
): void {
  const { accessModes = [], persistentVolumeReclaimPolicy: reclaim, hostPath } = spec;
  const reclaimPath = path.child('persistentVolumeReclaimPolicy');
  if (inline) checkInline(spec, path, errors);
  if (!accessModes.length) errors.push(required(path.child('accessModes')));
  checkAccessModes(accessModes, path.child('accessModes'), errors);
  if (inline) checkInlineUse(spec, path, errors);
  else {
    checkCapacity(spec, path.child('capacity'), errors);
    if (reclaim) checkSupported(reclaim, ['Delete', 'Recycle', 'Retain'], reclaimPath, errors);
    checkNodeAffinity(spec, path.child('nodeAffinity'), errors);
  }
  checkVolumeSources(spec, name, path, errors);
  if (hostPath && reclaim === 'Recycle' && isRoot(hostPath.path)) {
    errors.push(forbidden(reclaimPath, "may not be 'recycle' for a hostPath mount of '/'"));
  }
  checkClasses(spec, inline, path, errors);
}

function checkVolume({ metadata, spec = noSpec }: PersistentVolume, errors: Errors): void {
  checkMetadata(metadata, { namespaced: false, name: subdomainName }, errors);
  checkVolumeSpec(spec, { name: metadata.name ?? '', inline: false }, path, errors);
}

/** Sources that take no options of mounting. */
const withoutOptions: readonly VolumeSourceName[] = [
  'hostPath',
  'flexVolume',
  'fc',
  'flocker',
  'portworxVolume',
  'scaleIO',
  'local',
  'storageos',
  'csi',
];

function checkMountOptions({ metadata, spec = noSpec }: PersistentVolume, errors: Errors): void {
  if (metadata.annotations?.[mountOptions] === undefined) return;
  if (sourceNames.some((name) => spec[name] !== undefined && !withoutOptions.includes(name))) return;
  const at = metadataPath.child('annotations', mountOptions);
  errors.push(forbidden(at, 'may not specify mount options for this volume type'));
}

/** The source as the server holds it, which has a few of them in another order than the API. */
function goSource(spec: PersistentVolumeSpec): Readonly<Record<string, unknown>> {
  const whole = goStruct('core/v1.PersistentVolumeSpec', spec) as Readonly<Record<string, unknown>>;
  const byName = new Map(Object.keys(whole).map((name) => [name.toLowerCase(), name]));
  const names = sourceNames.map((name) => byName.get(name.toLowerCase()) ?? name);
  return Object.fromEntries(names.map((name) => [name, whole[name]]));
}

const lines = (value: unknown) => structJson(value, 1).split('\n');

/** A Secret for growing may be named once. */
function withoutNewSecret(spec: PersistentVolumeSpec, old: PersistentVolumeSpec): PersistentVolumeSpec {
  if (!spec.csi?.controllerExpandSecretRef || !old.csi || old.csi.controllerExpandSecretRef) return spec;
  const { controllerExpandSecretRef: _, ...csi } = spec.csi;
  return { ...spec, csi };
}

const renamed: Readonly<Record<string, string>> = {
  'beta.kubernetes.io/arch': 'kubernetes.io/arch',
  'beta.kubernetes.io/os': 'kubernetes.io/os',
  'failure-domain.beta.kubernetes.io/region': 'topology.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone': 'topology.kubernetes.io/zone',
  'beta.kubernetes.io/instance-type': 'node.kubernetes.io/instance-type',
};

/** The affinity with the labels of today, where `now` uses them in the same place. */
function withRenamedLabels(old: PersistentVolumeSpec, now: PersistentVolumeSpec): unknown {
  const terms = now.nodeAffinity?.required?.nodeSelectorTerms;
  return old.nodeAffinity?.required?.nodeSelectorTerms.map((term, i) => ({
    ...term,
    matchExpressions: term.matchExpressions?.map((expression, j) => {
      // The server asks a map what each label was renamed to: nothing at all, where it knows of no newer name.
      const { key = '' } = terms?.[i]?.matchExpressions?.[j] ?? {};
      return (renamed[expression.key] ?? '') === key ? { ...expression, key } : expression;
    }),
  }));
}

function checkChange(given: PersistentVolumeSpec, old: PersistentVolumeSpec, errors: Errors): void {
  const spec = withoutNewSecret(given, old);
  const [before, after] = [goSource(old), goSource(spec)];
  if (!semanticEqual(after, before)) {
    const difference = unifiedDiff(lines(before), lines(after));
    const detail = `spec.persistentvolumesource is immutable after creation\n${difference}`;
    errors.push(forbidden(path.child('persistentvolumesource'), detail));
  }
  checkImmutable(spec.volumeMode, old.volumeMode, FieldPath.of('volumeMode'), errors, spec.volumeMode ?? null);
  if (old.nodeAffinity) {
    const terms = spec.nodeAffinity?.required?.nodeSelectorTerms;
    if (!spec.nodeAffinity || !semanticEqual(terms, withRenamedLabels(old, spec))) {
      const shown = spec.nodeAffinity ? goStruct('core/v1.VolumeNodeAffinity', spec.nodeAffinity) : null;
      const detail = 'field is immutable, except for updating from beta label to GA';
      errors.push(invalid(FieldPath.of('nodeAffinity'), shown, detail));
    }
  }
  if (old.volumeAttributesClassName !== undefined && spec.volumeAttributesClassName === undefined) {
    errors.push(forbidden(path.child('volumeAttributesClassName'), 'update from non-nil value to nil is forbidden'));
  }
}

export const volumeRules: KindRules<PersistentVolume> = {
  create(volume, errors) {
    checkVolume(volume, errors);
    checkMountOptions(volume, errors);
  },
  update(volume, old, errors) {
    checkVolume(volume, errors);
    checkMountOptions(volume, errors);
    checkVolume(volume, errors);
    checkChange(volume.spec ?? noSpec, old.spec ?? noSpec, errors);
  },
};
