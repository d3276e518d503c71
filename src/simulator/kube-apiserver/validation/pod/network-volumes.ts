// Volumes that come from elsewhere: disks of clouds, network file systems, drivers
// (pkg/apis/core/validation, Kubernetes 1.36).
import { invalid, notSupported, required, tooLong } from '../../../../api/field-error.ts';
import type { FieldPath } from '../../../../api/field-path.ts';
import { byteLength } from '../../../../api/go-text.ts';
import { dns1123SubdomainProblems } from '../../../../api/names.ts';
import type { ISCSIVolumeSource } from '../../../../api/object.ts';
import { addInvalid, checkDescendingPath, checkGiven, checkSupported, type Errors } from '../checks.ts';
import { checkLabel, checkSubdomain } from '../labels.ts';
import type { SourceChecks } from './volume-sources.ts';

/** Adds "Required value" for each of the fields that is not given. */
function checkAllGiven<T extends object>(
  source: T,
  names: readonly (keyof T & string)[],
  path: FieldPath,
  errors: Errors,
) {
  for (const name of names) {
    const value: unknown = source[name];
    if (!value || (Array.isArray(value) && !value.length)) errors.push(required(path.child(name)));
  }
}

function checkPartition(partition: number | undefined, path: FieldPath, errors: Errors): void {
  if (partition === undefined || (partition >= 0 && partition <= 255)) return;
  errors.push(invalid(path, partition, 'must be between 1 and 255, inclusive'));
}

const initiatorShapes: readonly (readonly [prefix: string, shape: RegExp])[] = [
  ['iqn', /iqn\.\d{4}-\d{2}\.([A-Za-z0-9-.]+)(:[^,;*&$|\s]+)$/],
  ['eui', /^eui.[A-Za-z0-9]{16}$/],
  ['naa', /^naa.[A-Za-z0-9]{32}$/],
];

/** What is wrong with the name of an iSCSI target or initiator. */
export function initiatorProblem(name: string): string | undefined {
  const known = initiatorShapes.find(([prefix]) => name.startsWith(prefix));
  if (!known) return 'must be valid format starting with iqn, eui, or naa';
  return known[1].test(name) ? undefined : 'must be valid format';
}

function checkIscsiName(name: string, path: FieldPath, errors: Errors): void {
  const problem = initiatorProblem(name);
  if (problem) errors.push(invalid(path, name, problem));
}

function checkIscsi(source: ISCSIVolumeSource, path: FieldPath, errors: Errors): void {
  const { targetPortal, iqn, lun, secretRef, initiatorName } = source;
  checkGiven(targetPortal, path.child('targetPortal'), errors);
  if (!iqn) errors.push(required(path.child('iqn')));
  else checkIscsiName(iqn, path.child('iqn'), errors);
  checkLun(lun, path, errors);
  if ((source.chapAuthDiscovery || source.chapAuthSession) && !secretRef)
    errors.push(required(path.child('secretRef')));
  if (initiatorName !== undefined) checkIscsiName(initiatorName, path.child('initiatorname'), errors);
}

export function checkLun(lun: number, path: FieldPath, errors: Errors): void {
  if (lun < 0 || lun > 255) errors.push(invalid(path.child('lun'), lun, 'must be between 0 and 255, inclusive'));
}

/** net.SplitHostPort: one colon outside brackets, or brackets before the colon. */
const hostAndPort = /^(?:\[[^[\]]*\]|[^:[\]]*):[^:[\]]*$/;
const hostPortDetail = 'must be a host:port pair or multiple pairs separated by commas';

const driverNameLimit = 63;

/** ValidateCSIDriverName. */
export function checkDriverName(name: string, path: FieldPath, errors: Errors): void {
  if (!name) return void errors.push(required(path));
  if (byteLength(name) > driverNameLimit) errors.push(tooLong(path, driverNameLimit));
  addInvalid(errors, path, name, dns1123SubdomainProblems(name.toLowerCase()));
}

const managedDisk = '/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}';
const blobDisk = 'https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd';

export const networkSources: SourceChecks = {
  gitRepo({ repository, directory = '' }, path, errors) {
    checkGiven(repository, path.child('repository'), errors);
    checkDescendingPath(directory, path.child('directory'), errors);
  },
  gcePersistentDisk(source, path, errors) {
    checkAllGiven(source, ['pdName'], path, errors);
    checkPartition(source.partition, path.child('partition'), errors);
  },
  awsElasticBlockStore(source, path, errors) {
    checkAllGiven(source, ['volumeID'], path, errors);
    checkPartition(source.partition, path.child('partition'), errors);
  },
  nfs(source, path, errors) {
    checkAllGiven(source, ['server', 'path'], path, errors);
    if (!source.path.startsWith('/')) errors.push(invalid(path.child('path'), source.path, 'must be an absolute path'));
  },
  iscsi: checkIscsi,
  glusterfs: (source, path, errors) => checkAllGiven(source, ['endpoints', 'path'], path, errors),
  flocker({ datasetName = '', datasetUUID }, path, errors) {
    if (!datasetName && !datasetUUID) errors.push(required(path, 'one of datasetName and datasetUUID is required'));
    if (datasetName && datasetUUID) {
      errors.push(invalid(path, 'resource', 'datasetName and datasetUUID can not be specified simultaneously'));
    }
    if (datasetName.includes('/')) errors.push(invalid(path.child('datasetName'), datasetName, "must not contain '/'"));
  },
  rbd: (source, path, errors) => checkAllGiven(source, ['monitors', 'image'], path, errors),
  cinder({ volumeID, secretRef }, path, errors) {
    checkGiven(volumeID, path.child('volumeID'), errors);
    if (secretRef) checkGiven(secretRef.name, path.child('secretRef', 'name'), errors);
  },
  cephfs: (source, path, errors) => checkAllGiven(source, ['monitors'], path, errors),
  quobyte({ registry, tenant = '', volume }, path, errors) {
    if (!registry) errors.push(required(path.child('registry'), hostPortDetail));
    else if (tenant.length >= 65) {
      errors.push(required(path.child('tenant'), 'must be a UUID and may not exceed a length of 64 characters'));
    } else {
      for (const pair of registry.split(',')) {
        if (!hostAndPort.test(pair)) errors.push(invalid(path.child('registry'), registry, hostPortDetail));
      }
    }
    checkGiven(volume, path.child('volume'), errors);
  },
  fc({ targetWWNs = [], wwids = [], lun }, path, errors) {
    const at = path.child('targetWWNs');
    if (!targetWWNs.length && !wwids.length) {
      errors.push(required(at, 'must specify either targetWWNs or wwids, but not both'));
    }
    if (!targetWWNs.length) return;
    if (wwids.length) errors.push(invalid(at, targetWWNs, 'targetWWNs and wwids can not be specified simultaneously'));
    if (lun === undefined) errors.push(required(path.child('lun'), 'lun is required if targetWWNs is specified'));
    else checkLun(lun, path, errors);
  },
  flexVolume({ driver, options }, path, errors) {
    checkGiven(driver, path.child('driver'), errors);
    for (const key in options) {
      const domain = `.${(key.includes('/') ? key.slice(0, key.indexOf('/')) : key).toLowerCase()}`;
      if (!domain.endsWith('.kubernetes.io') && !domain.endsWith('.k8s.io')) continue;
      errors.push(invalid(path.child('options').key(key), key, 'kubernetes.io and k8s.io namespaces are reserved'));
    }
  },
  azureFile: (source, path, errors) => checkAllGiven(source, ['secretName', 'shareName'], path, errors),
  vsphereVolume: (source, path, errors) => checkAllGiven(source, ['volumePath'], path, errors),
  photonPersistentDisk: (source, path, errors) => checkAllGiven(source, ['pdID'], path, errors),
  portworxVolume: (source, path, errors) => checkAllGiven(source, ['volumeID'], path, errors),
  azureDisk(source, path, errors) {
    const { diskURI, cachingMode, kind } = source;
    checkAllGiven(source, ['diskName', 'diskURI'], path, errors);
    checkSupported(cachingMode, ['None', 'ReadOnly', 'ReadWrite'], path.child('cachingMode'), errors);
    checkSupported(kind, ['Dedicated', 'Managed', 'Shared'], path.child('kind'), errors);
    const [prefix, shape] = kind === 'Managed' ? ['/subscriptions/', managedDisk] : ['https://', blobDisk];
    if (kind !== undefined && !diskURI.startsWith(prefix)) {
      errors.push(notSupported(path.child('diskURI'), diskURI, [shape]));
    }
  },
  storageos({ volumeName, volumeNamespace, secretRef }, path, errors) {
    if (!volumeName) errors.push(required(path.child('volumeName')));
    else checkLabel(volumeName, path.child('volumeName'), errors);
    if (volumeNamespace) checkLabel(volumeNamespace, path.child('volumeNamespace'), errors);
    if (secretRef) checkGiven(secretRef.name, path.child('secretRef', 'name'), errors);
  },
  scaleIO(source, path, errors) {
    checkAllGiven(source, ['gateway', 'system', 'volumeName'], path, errors);
  },
  csi({ driver, nodePublishSecretRef }, path, errors) {
    checkDriverName(driver, path.child('driver'), errors);
    if (!nodePublishSecretRef) return;
    const { name } = nodePublishSecretRef;
    if (!name) errors.push(required(path.child('nodePublishSecretRef', 'name')));
    else checkSubdomain(name, path.child('name'), errors);
  },
};
