// Builders of storage objects for the volume plugins' tests.
import type {
  CSINode,
  KubeObject,
  PersistentVolume,
  PersistentVolumeClaim,
  PersistentVolumeSpec,
  Pod,
  StorageClass,
  Volume,
} from '../../../src/api/object.ts';
import { makePod } from './cluster.ts';

export interface ClaimOptions {
  readonly className?: string;
  readonly storage?: string;
  readonly mode?: string;
  /** The volume that it is bound to. */
  readonly volume?: string;
  readonly phase?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly metadata?: Partial<PersistentVolumeClaim['metadata']>;
}

/** A claim in the namespace default; bound if it has a volume. */
export function makeClaim(name: string, options: ClaimOptions = {}): PersistentVolumeClaim {
  const { className, storage = '1Gi', mode = 'ReadWriteOnce', volume, phase, annotations, metadata } = options;
  const bound = volume !== undefined && { 'pv.kubernetes.io/bind-completed': 'yes' };
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace: 'default', uid: name, annotations: { ...bound, ...annotations }, ...metadata },
    spec: {
      accessModes: [mode],
      resources: { requests: { storage } },
      ...(className !== undefined && { storageClassName: className }),
      ...(volume !== undefined && { volumeName: volume }),
    },
    status: { phase: phase ?? (volume === undefined ? 'Pending' : 'Bound') },
  };
}

export interface VolumeOptions extends PersistentVolumeSpec {
  readonly labels?: Readonly<Record<string, string>>;
  /** The host names that it can be used on. */
  readonly hosts?: readonly string[];
  readonly phase?: string;
  readonly deleted?: boolean;
}

/** An available volume of 1Gi. */
export function makeVolume(name: string, options: VolumeOptions = {}): PersistentVolume {
  const { labels, hosts, phase = 'Available', deleted, ...spec } = options;
  const host = { key: 'kubernetes.io/hostname', operator: 'In', values: hosts ?? [] };
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name, ...(labels && { labels }), ...(deleted && { deletionTimestamp: '2026-01-01T00:00:00Z' }) },
    spec: {
      capacity: { storage: '1Gi' },
      accessModes: ['ReadWriteOnce'],
      ...(hosts && { nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [host] }] } } }),
      ...spec,
    },
    status: { phase },
  };
}

export function makeClass(name: string, options: Partial<StorageClass> = {}): StorageClass {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name },
    provisioner: 'csi.example.com',
    volumeBindingMode: 'WaitForFirstConsumer',
    ...options,
  };
}

/** A CSINode with a limit for each driver. */
export function makeCsiNode(name: string, limits: Readonly<Record<string, number>>, migrated = ''): CSINode {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'CSINode',
    metadata: { name, annotations: { 'storage.alpha.kubernetes.io/migrated-plugins': migrated } },
    spec: {
      drivers: Object.entries(limits).map(([driver, count]) => ({
        name: driver,
        nodeID: name,
        topologyKeys: [],
        allocatable: { count },
      })),
    },
  };
}

export function ofStorage(kind: string, name: string, rest: object): KubeObject {
  return { apiVersion: 'storage.k8s.io/v1', kind, metadata: { name }, ...rest };
}

/** A Pod that uses the claims. */
export function claiming(name: string, claims: readonly string[], on?: string): Pod {
  const volumes = claims.map((claimName, i): Volume => ({ name: `v${i}`, persistentVolumeClaim: { claimName } }));
  return makePod(name, { volumes, ...(on && { on }) });
}
