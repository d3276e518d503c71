// Volumes of Pods: a volume without a source is an emptyDir, and each source has its own defaults
// (pkg/apis/core/v1/defaults.go and zz_generated.defaults.go, Kubernetes 1.36).
import type {
  DownwardAPIVolumeFile,
  ObjectFieldSelector,
  PersistentVolumeClaimSpec,
  Volume,
  VolumeProjection,
} from '../../../api/object.ts';
import { defaultPullPolicy } from './image-tag.ts';
import { defaultResources } from './resources.ts';
import { withDefaults, withField, withItems } from './with-defaults.ts';

type SourceDefaults = { readonly [K in keyof Volume]?: (source: NonNullable<Volume[K]>) => NonNullable<Volume[K]> };

/** Octal 0644. */
const fileMode = { defaultMode: 0o644 };

export const defaultIscsi = <T extends { iscsiInterface?: string }>(source: T): T =>
  withDefaults<{ iscsiInterface?: string }>(source, { iscsiInterface: 'default' }) as T;

interface RbdSource {
  readonly pool?: string;
  readonly user?: string;
  readonly keyring?: string;
}

export const defaultRbd = <T extends RbdSource>(source: T): T =>
  withDefaults<RbdSource>(source, { pool: 'rbd', user: 'admin', keyring: '/etc/ceph/keyring' }) as T;

interface ScaleIoSource {
  readonly storageMode?: string;
  readonly fsType?: string;
}

export const defaultScaleIo = <T extends ScaleIoSource>(source: T): T =>
  withDefaults<ScaleIoSource>(source, { storageMode: 'ThinProvisioned', fsType: 'xfs' }) as T;

export const defaultAzureDisk = (source: NonNullable<Volume['azureDisk']>) =>
  withDefaults(source, { cachingMode: 'ReadWrite', kind: 'Shared', fsType: 'ext4', readOnly: false });

export const defaultHostPath = (source: NonNullable<Volume['hostPath']>) => withDefaults(source, { type: '' });

export const defaultFieldRef = (selector: ObjectFieldSelector) => withDefaults(selector, { apiVersion: 'v1' });

const defaultFile = (file: DownwardAPIVolumeFile) => withField(file, 'fieldRef', defaultFieldRef);
const defaultFiles = (files: readonly DownwardAPIVolumeFile[]) => withItems(files, defaultFile);

function defaultProjection(projection: VolumeProjection): VolumeProjection {
  const downward = withField(projection, 'downwardAPI', (source) => withField(source, 'items', defaultFiles));
  return withField(downward, 'serviceAccountToken', (token) => withDefaults(token, { expirationSeconds: 3600 }));
}

/** The spec of a PersistentVolumeClaim, stored or embedded. */
export function defaultClaimSpec(spec: PersistentVolumeClaimSpec): PersistentVolumeClaimSpec {
  return withDefaults(withField(spec, 'resources', defaultResources), { volumeMode: 'Filesystem' });
}

const sources: SourceDefaults = {
  hostPath: defaultHostPath,
  secret: (source) => withDefaults(source, fileMode),
  configMap: (source) => withDefaults(source, fileMode),
  downwardAPI: (source) => withDefaults(withField(source, 'items', defaultFiles), fileMode),
  projected: (source) =>
    withDefaults(
      withField(source, 'sources', (list) => withItems(list, defaultProjection)),
      fileMode,
    ),
  iscsi: defaultIscsi,
  rbd: defaultRbd,
  scaleIO: defaultScaleIo,
  azureDisk: defaultAzureDisk,
  ephemeral: (source) =>
    withField(source, 'volumeClaimTemplate', (template) => withField(template, 'spec', defaultClaimSpec)),
  image: (source) => withDefaults(source, { pullPolicy: defaultPullPolicy(source.reference) }),
};

const emptyDir = {};

export function defaultVolume(volume: Volume): Volume {
  let result = volume;
  let sourced = false;
  for (const name in volume) {
    if (name === 'name' || volume[name as keyof Volume] === undefined) continue;
    sourced = true;
    const change = sources[name as keyof Volume] as ((source: unknown) => never) | undefined;
    if (change) result = withField(result, name as keyof Volume, change);
  }
  return sourced ? result : { ...volume, emptyDir };
}
