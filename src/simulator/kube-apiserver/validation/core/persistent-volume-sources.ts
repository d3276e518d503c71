// Where a PersistentVolume comes from: mostly as in Pods, but Secrets are named with their namespace
// (pkg/apis/core/validation, ValidatePersistentVolumeSpec, Kubernetes 1.36).
import { forbidden, invalid, required } from '../../../../api/field-error.ts';
import type { FieldPath } from '../../../../api/field-path.ts';
import type { ISCSIPersistentVolumeSource, PersistentVolumeSpec, SecretReference } from '../../../../api/object.ts';
import { checkGiven, checkNoBacksteps, type Errors } from '../checks.ts';
import { checkLabel, checkSubdomain } from '../labels.ts';
import { configurationSources } from '../pod/configuration-volumes.ts';
import { checkDriverName, checkLun, initiatorProblem, networkSources } from '../pod/network-volumes.ts';

export const sourceNames = [
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'hostPath',
  'glusterfs',
  'nfs',
  'rbd',
  'quobyte',
  'iscsi',
  'flexVolume',
  'cinder',
  'cephfs',
  'fc',
  'flocker',
  'azureFile',
  'vsphereVolume',
  'azureDisk',
  'photonPersistentDisk',
  'portworxVolume',
  'scaleIO',
  'local',
  'storageos',
  'csi',
] as const;

export type VolumeSourceName = (typeof sourceNames)[number];

/** In the server's order; with the name in the path, and that of a second source, where these are others. */
const order: readonly (readonly [name: VolumeSourceName, path?: string, pathOfSecond?: string])[] = [
  ['hostPath'],
  ['gcePersistentDisk', 'persistentDisk', 'gcePersistentDisk'],
  ['awsElasticBlockStore'],
  ['glusterfs'],
  ['flocker'],
  ['nfs'],
  ['rbd'],
  ['quobyte'],
  ['cephfs', 'cephfs', 'cephFS'],
  ['iscsi'],
  ['cinder'],
  ['fc'],
  ['flexVolume'],
  ['azureFile'],
  ['vsphereVolume'],
  ['photonPersistentDisk'],
  ['portworxVolume'],
  ['azureDisk'],
  ['scaleIO'],
  ['local'],
  ['storageos'],
  ['csi'],
];

const longestTarget = 64;

function checkIscsi(source: ISCSIPersistentVolumeSource, volume: string, path: FieldPath, errors: Errors): void {
  const { targetPortal, iqn, lun, secretRef, initiatorName: initiator } = source;
  checkGiven(targetPortal, path.child('targetPortal'), errors);
  if (initiator !== undefined && `${volume}:${targetPortal}`.length > longestTarget) {
    const limit = `must be under ${longestTarget} characters if iscsi.initiatorName is specified.`;
    const detail = `Total length of <volume name>:<iscsi.targetPortal> ${limit}`;
    errors.push(invalid(path.child('targetportal'), targetPortal, detail));
  }
  if (!iqn) errors.push(required(path.child('iqn')));
  else if (initiatorProblem(iqn)) errors.push(invalid(path.child('iqn'), iqn, 'must be valid format'));
  checkLun(lun, path, errors);
  if ((source.chapAuthDiscovery || source.chapAuthSession) && !secretRef) {
    errors.push(required(path.child('secretRef')));
  }
  if (secretRef) checkGiven(secretRef.name, path.child('secretRef', 'name'), errors);
  if (initiator !== undefined && initiatorProblem(initiator)) {
    errors.push(invalid(path.child('initiatorname'), initiator, 'must be valid format'));
  }
}

/** validatePVSecretReference. */
function checkSecret(secret: SecretReference | undefined, path: FieldPath, errors: Errors): void {
  if (!secret) return;
  const { name, namespace } = secret;
  if (!name) errors.push(required(path.child('name')));
  else checkSubdomain(name, path.child('name'), errors);
  if (!namespace) errors.push(required(path.child('namespace')));
  else checkLabel(namespace, path.child('namespace'), errors);
}

function checkGivenSecret(secret: SecretReference | undefined, path: FieldPath, errors: Errors): void {
  if (!secret) return;
  checkGiven(secret.name, path.child('name'), errors);
  checkGiven(secret.namespace, path.child('namespace'), errors);
}

type Check<N extends VolumeSourceName> = (
  source: NonNullable<PersistentVolumeSpec[N]>,
  path: FieldPath,
  errors: Errors,
) => void;

const own: { readonly [N in VolumeSourceName]?: Check<N> } = {
  glusterfs({ endpoints, path: folder, endpointsNamespace: namespace }, path, errors) {
    checkGiven(endpoints, path.child('endpoints'), errors);
    checkGiven(folder, path.child('path'), errors);
    const at = path.child('endpointsNamespace');
    if (namespace === '') {
      errors.push(invalid(at, '', 'if the endpointnamespace is set, it must be a valid namespace name'));
    } else if (namespace !== undefined) checkLabel(namespace, at, errors);
  },
  cinder({ volumeID, secretRef }, path, errors) {
    checkGiven(volumeID, path.child('volumeID'), errors);
    checkGivenSecret(secretRef, path.child('secretRef'), errors);
  },
  azureFile({ secretName, shareName, secretNamespace }, path, errors) {
    checkGiven(secretName, path.child('secretName'), errors);
    checkGiven(shareName, path.child('shareName'), errors);
    if (secretNamespace === '') errors.push(required(path.child('secretNamespace')));
  },
  local({ path: folder }, path, errors) {
    if (!folder) errors.push(required(path.child('path')));
    else checkNoBacksteps(folder, path.child('path'), errors);
  },
  storageos({ volumeName, volumeNamespace, secretRef }, path, errors) {
    if (!volumeName) errors.push(required(path.child('volumeName')));
    else checkLabel(volumeName, path.child('volumeName'), errors);
    if (volumeNamespace) checkLabel(volumeNamespace, path.child('volumeNamespace'), errors);
    checkGivenSecret(secretRef, path.child('secretRef'), errors);
  },
  csi(source, path, errors) {
    checkDriverName(source.driver, path.child('driver'), errors);
    checkGiven(source.volumeHandle, path.child('volumeHandle'), errors);
    const secrets = [
      'controllerPublishSecretRef',
      'controllerExpandSecretRef',
      'nodePublishSecretRef',
      'nodeExpandSecretRef',
    ] as const;
    for (const name of secrets) checkSecret(source[name], path.child(name), errors);
  },
};

type AnyCheck = (source: unknown, path: FieldPath, errors: Errors, context: { readonly ofPod: boolean }) => void;

const checks = { ...networkSources, ...configurationSources, ...own } as Readonly<Record<string, AnyCheck>>;

/** `name` is that of the volume. */
export function checkVolumeSources(spec: PersistentVolumeSpec, name: string, path: FieldPath, errors: Errors): void {
  let found = false;
  for (const [source, shown = source, second = shown] of order) {
    const value = spec[source];
    if (value === undefined) continue;
    // flexVolume may come second without anybody minding
    if (found && source !== 'flexVolume') {
      errors.push(forbidden(path.child(second), 'may not specify more than 1 volume type'));
      continue;
    }
    found = true;
    if (source === 'iscsi') checkIscsi(value as ISCSIPersistentVolumeSource, name, path.child(shown), errors);
    else checks[source]?.(value, path.child(shown), errors, { ofPod: false });
    if (source === 'local' && !spec.nodeAffinity) {
      errors.push(required(path.child('nodeAffinity'), 'Local volume requires node affinity'));
    }
  }
  if (!found) errors.push(required(path, 'must specify a volume type'));
}
