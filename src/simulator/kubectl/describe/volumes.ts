// Volumes in a description. What a source is, and which of its fields are shown, is a table; a few sources need words of their own.
import type { Volume, VolumeProjection } from '../../../api/object.ts';
import { goJson, isObject } from '../../../base/json.ts';
import { quantityText } from '../printing/tables/cells.ts';
import type { Description } from './description.ts';
import { describeClaim } from './persistent-volume-claim.ts';

type Source = Readonly<Record<string, unknown>>;

/** How a source is introduced, and its fields: `Title=field`, or `Title=field=default`. */
type SourceText = readonly [type: string, ...fields: readonly string[]];

const sources: Readonly<Record<string, SourceText>> = {
  hostPath: ['HostPath (bare host directory volume)', 'Path=path', 'HostPathType=type=<none>'],
  gcePersistentDisk: [
    'GCEPersistentDisk (a Persistent Disk resource in Google Compute Engine)',
    'PDName=pdName',
    'FSType=fsType',
    'Partition=partition=0',
    'ReadOnly=readOnly=false',
  ],
  awsElasticBlockStore: [
    'AWSElasticBlockStore (a Persistent Disk resource in AWS)',
    'VolumeID=volumeID',
    'FSType=fsType',
    'Partition=partition=0',
    'ReadOnly=readOnly=false',
  ],
  gitRepo: [
    'GitRepo (a volume that is pulled from git when the pod is created)',
    'Repository=repository',
    'Revision=revision',
  ],
  secret: ['Secret (a volume populated by a Secret)', 'SecretName=secretName', 'Optional=optional=false'],
  configMap: ['ConfigMap (a volume populated by a ConfigMap)', 'Name=name', 'Optional=optional=false'],
  nfs: ['NFS (an NFS mount that lasts the lifetime of a pod)', 'Server=server', 'Path=path', 'ReadOnly=readOnly=false'],
  persistentVolumeClaim: [
    'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)',
    'ClaimName=claimName',
    'ReadOnly=readOnly=false',
  ],
  azureFile: [
    'AzureFile (an Azure File Service mount on the host and bind mount to the pod)',
    'SecretName=secretName',
    'ShareName=shareName',
    'ReadOnly=readOnly=false',
  ],
  csi: [
    'CSI (a Container Storage Interface (CSI) volume source)',
    'Driver=driver',
    'FSType=fsType',
    'ReadOnly=readOnly=false',
  ],
  image: ['Image (a container image or OCI artifact)', 'Reference=reference', 'PullPolicy=pullPolicy'],
  local: ['LocalVolume (a persistent volume backed by local storage on a node)', 'Path=path'],
};

export function describeVolumes(description: Description, volumes: readonly Volume[] = [], inTemplate = false): void {
  const level = inTemplate ? 1 : 0;
  if (volumes.length === 0) {
    description.field('Volumes', '<none>', level);
    return;
  }
  description.line('Volumes:', level);
  for (const volume of volumes) {
    description.line(`${inTemplate ? ' ' : ''}${volume.name}:`, 1);
    describeSource(description, volume);
  }
}

/** The source of a volume, or of a persistent volume: the one field that is set. */
export function describeSource(description: Description, volume: object): void {
  const { emptyDir, projected, downwardAPI, ephemeral, ...others } = volume as Volume;
  if (emptyDir) {
    const limit = emptyDir.sizeLimit === undefined ? '0' : quantityText(emptyDir.sizeLimit);
    describeType(description, "EmptyDir (a temporary directory that shares a pod's lifetime)");
    description.field('Medium', emptyDir.medium ?? '', 2);
    description.field('SizeLimit', limit === '0' ? '<unset>' : limit, 2);
  } else if (projected) {
    describeType(description, 'Projected (a volume that contains injected data from multiple sources)');
    for (const source of projected.sources ?? []) describeProjection(description, source);
  } else if (downwardAPI) {
    describeType(description, 'DownwardAPI (a volume populated by information about the pod)');
    description.line('Items:', 2);
    for (const { fieldRef, resourceFieldRef, path } of downwardAPI.items ?? []) {
      description.line(`${fieldRef?.fieldPath ?? resourceFieldRef?.resource} -> ${path}`, 3);
    }
  } else if (ephemeral) {
    describeType(
      description,
      'EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)',
    );
    if (ephemeral.volumeClaimTemplate) describeClaim(description, ephemeral.volumeClaimTemplate, 2);
  } else {
    describeByTable(description, others);
  }
}

const describeType = (description: Description, type: string) => description.field('Type', type, 2);

function describeByTable(description: Description, volume: Source): void {
  const name = Object.keys(sources).find((key) => isObject(volume[key]));
  if (name === undefined) {
    description.line('<unknown>', 1);
    return;
  }
  const source = volume[name] as Source;
  const [type, ...fields] = sources[name] ?? [''];
  describeType(description, type);
  for (const field of fields) {
    const [title = '', key = '', otherwise = ''] = field.split('=');
    description.field(title, shownValue(source[key], otherwise), 2);
  }
  if (name === 'csi') description.labels('VolumeAttributes', source.volumeAttributes as Record<string, string>, 2);
}

function shownValue(value: unknown, otherwise: string): string {
  if (value === undefined || value === null) return otherwise;
  return typeof value === 'string' ? value : goJson(value);
}

function describeProjection(description: Description, projection: VolumeProjection): void {
  const { secret, downwardAPI, configMap, serviceAccountToken } = projection;
  if (secret) {
    description.field('SecretName', secret.name ?? '', 2);
    description.field('Optional', secret.optional ?? false, 2);
  } else if (downwardAPI) {
    description.field('DownwardAPI', true, 2);
  } else if (configMap) {
    description.field('ConfigMapName', configMap.name ?? '', 2);
    description.field('Optional', configMap.optional ?? false, 2);
  } else if (serviceAccountToken) {
    description.field('TokenExpirationSeconds', serviceAccountToken.expirationSeconds ?? 0, 2);
  }
}
