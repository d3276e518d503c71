// The volumes of a Pod: one source each (pkg/apis/core/validation, ValidateVolumes and validateVolumeSource, Kubernetes 1.36).
import { duplicate, forbidden, invalid, required } from '../../../../api/field-error.ts';
import type { FieldPath } from '../../../../api/field-path.ts';
import { quote } from '../../../../api/go-text.ts';
import { dns1123SubdomainProblems } from '../../../../api/names.ts';
import type { ObjectMeta, Volume } from '../../../../api/object.ts';
import { parseQuantity } from '../../../../api/quantity.ts';
import type { Errors } from '../checks.ts';
import { checkLabel } from '../labels.ts';
import { checkClaimTemplate } from '../volume-claim.ts';
import { configurationSources } from './configuration-volumes.ts';
import type { Volumes } from './mounts.ts';
import { networkSources } from './network-volumes.ts';
import type { SourceChecks, SourceContext, SourceName } from './volume-sources.ts';

const checks: SourceChecks = {
  ...networkSources,
  ...configurationSources,
  ephemeral({ volumeClaimTemplate }, path, errors) {
    const at = path.child('volumeClaimTemplate');
    if (volumeClaimTemplate) checkClaimTemplate(volumeClaimTemplate, at, errors);
    else errors.push(required(at));
  },
};

/** The sources in the order in which the server looks for them; where a path is named otherwise, that name. */
const order: readonly (readonly [name: SourceName, path?: string, pathOfSecond?: string])[] = [
  ['hostPath'],
  ['gitRepo'],
  ['gcePersistentDisk', 'persistentDisk', 'gcePersistentDisk'],
  ['awsElasticBlockStore'],
  ['secret'],
  ['nfs'],
  ['iscsi'],
  ['glusterfs'],
  ['flocker'],
  ['persistentVolumeClaim'],
  ['rbd'],
  ['cinder'],
  ['cephfs', 'cephfs', 'cephFS'],
  ['quobyte'],
  ['downwardAPI', 'downwardAPI', 'downwarAPI'],
  ['fc'],
  ['flexVolume'],
  ['configMap'],
  ['azureFile'],
  ['vsphereVolume'],
  ['photonPersistentDisk'],
  ['portworxVolume'],
  ['azureDisk'],
  ['storageos'],
  ['projected'],
  ['scaleIO'],
  ['csi'],
  ['ephemeral'],
  ['image'],
];

/** An iSCSI session of its own makes a device path of both. */
const longestTarget = 64;

function checkSource(
  volume: Volume,
  podName: string | undefined,
  path: FieldPath,
  errors: Errors,
  context: SourceContext,
) {
  let found = false;
  if (volume.emptyDir) {
    found = true;
    const size = volume.emptyDir.sizeLimit === undefined ? undefined : parseQuantity(volume.emptyDir.sizeLimit);
    if (size && size.mantissa < 0n) {
      const detail = 'SizeLimit field must be a valid resource quantity';
      errors.push(forbidden(path.child('emptyDir', 'sizeLimit'), detail));
    }
  }
  for (const [name, own = name, second = own] of order) {
    const source = volume[name];
    if (source === undefined) continue;
    if (found) errors.push(forbidden(path.child(second), 'may not specify more than 1 volume type'));
    else {
      const check = checks[name] as
        ((source: unknown, path: FieldPath, errors: Errors, context: SourceContext) => void) | undefined;
      check?.(source, path.child(own), errors, context);
      if (name === 'ephemeral') checkClaimName(volume.name, podName, path, errors);
    }
    if (name === 'iscsi') checkTargetLength(volume, path, errors);
    found = true;
  }
  if (!found) errors.push(required(path, 'must specify a volume type'));
}

function checkTargetLength({ name, iscsi }: Volume, path: FieldPath, errors: Errors): void {
  if (iscsi?.initiatorName === undefined || `${name}:${iscsi.targetPortal}`.length <= longestTarget) return;
  const limit = `must be under ${longestTarget} characters if iscsi.initiatorName is specified.`;
  errors.push(invalid(path.child('name'), name, `Total length of <volume name>:<iscsi.targetPortal> ${limit}`));
}

/** The claim of an ephemeral volume is named after Pod and volume. */
function checkClaimName(name: string, podName: string | undefined, path: FieldPath, errors: Errors): void {
  if (!podName || !name) return;
  const claim = `${podName}-${name}`;
  for (const problem of dns1123SubdomainProblems(claim)) {
    errors.push(invalid(path.child('name'), name, `PVC name ${quote(claim)}: ${problem}`));
  }
}

/**
 * Gives the volumes that are valid, by name. `metadata` is that of the Pod, or undefined in a template, whose Pods have no names yet.
 */
export function checkVolumes(
  volumes: readonly Volume[] | undefined,
  metadata: ObjectMeta | undefined,
  path: FieldPath,
  errors: Errors,
  context: SourceContext,
): Volumes {
  const valid = new Map<string, Volume>();
  const created = new Set<string>();
  for (const { name, ephemeral } of volumes ?? [])
    if (ephemeral && metadata?.name) created.add(`${metadata.name}-${name}`);
  volumes?.forEach((volume, i) => {
    const at = path.index(i);
    const before = errors.length;
    checkSource(volume, metadata?.name, at, errors, context);
    if (!volume.name) errors.push(required(at.child('name')));
    else checkLabel(volume.name, at.child('name'), errors);
    if (valid.has(volume.name)) errors.push(duplicate(at.child('name'), volume.name));
    if (errors.length === before) valid.set(volume.name, volume);
    const claim = volume.persistentVolumeClaim?.claimName;
    if (claim !== undefined && created.has(claim)) {
      const detail = 'must not reference a PVC that gets created for an ephemeral volume';
      errors.push(invalid(at.child('persistentVolumeClaim', 'claimName'), claim, detail));
    }
  });
  return valid;
}
