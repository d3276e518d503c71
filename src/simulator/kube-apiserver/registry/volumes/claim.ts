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

function withSources(object: AnyObject): AnyObject {
  const { spec } = object as PersistentVolumeClaim;
  const given = spec as { dataSource?: Source; dataSourceRef?: Source } | undefined;
  if (!given?.dataSource && !given?.dataSourceRef) return object;
  const { dataSource: source, dataSourceRef: reference, ...rest } = given;
  // The older field takes claims and snapshots alone; the newer one no other namespace while that feature is off.
  const dataSource = source && isClaimOrSnapshot(source) ? source : undefined;
  const dataSourceRef = reference?.namespace ? undefined : reference;
  const older = dataSource ?? (dataSourceRef && isClaimOrSnapshot(dataSourceRef) ? dataSourceRef : undefined);
  const newer = dataSourceRef ?? dataSource;
  return { ...object, spec: { ...rest, ...(older && { dataSource: older }), ...(newer && { dataSourceRef: newer }) } };
}

export const claimStrategy: Strategy = {
  prepareForCreate: (object) => withSources(withStatus(object, { phase: 'Pending' })),
  prepareForUpdate: (object, old) => withSources(withStatus(object, old.status)),
  prepareForStatusUpdate: keepSpec,
};
