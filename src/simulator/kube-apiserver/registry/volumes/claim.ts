// A claim names what it is filled from in two fields that say the same where both can
// (pkg/registry/core/persistentvolumeclaim/strategy.go and pkg/api/persistentvolumeclaim/util.go, Kubernetes 1.36).
import type { PersistentVolumeClaim } from '../../../../api/object.ts';
import { keepSpec, withStatus } from '../generic.ts';
import type { AnyObject, Strategy } from '../strategy.ts';

interface Source {
  readonly apiGroup?: string | null;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

const isClaimOrSnapshot = ({ apiGroup, kind }: Source) =>
  (!apiGroup && kind === 'PersistentVolumeClaim') ||
  (apiGroup === 'snapshot.storage.k8s.io' && kind === 'VolumeSnapshot');

interface Sources {
  readonly dataSource?: Source;
  readonly dataSourceRef?: Source;
}

const sourcesOf = (object: AnyObject): Sources => (object as PersistentVolumeClaim).spec ?? {};

function withSources(object: AnyObject, old?: AnyObject): AnyObject {
  const given = sourcesOf(object);
  if (!given.dataSource && !given.dataSourceRef) return object;
  const { dataSource: source, dataSourceRef: reference, ...rest } = given;
  const before = old ? sourcesOf(old) : {};
  // The newer field takes no other namespace while that feature is off, unless it was there; the older one, alone, claims and snapshots.
  const newer = reference?.namespace && !before.dataSourceRef ? undefined : reference;
  const isKept = newer ?? before.dataSource ?? before.dataSourceRef ?? (source && isClaimOrSnapshot(source));
  const older = isKept ? source : undefined;
  const dataSource = older ?? (newer?.namespace ? undefined : newer);
  const dataSourceRef = newer ?? older;
  return { ...object, spec: { ...rest, ...(dataSource && { dataSource }), ...(dataSourceRef && { dataSourceRef }) } };
}

export const claimStrategy: Strategy = {
  prepareForCreate: (object) => withSources(withStatus(object, { phase: 'Pending' })),
  prepareForUpdate: (object, old) => withSources(withStatus(object, old.status), old),
  prepareForStatusUpdate: keepSpec,
};
