// A claim may grow once it is bound, if its class allows it (plugin/pkg/admission/storage/persistentvolume/resize, Kubernetes 1.36).
import type { PersistentVolumeClaim, StorageClass } from '../../../api/object.ts';
import { claimClass, requestedStorage } from '../../../api/persistent-volume.ts';
import { compareQuantities } from '../../../api/quantity.ts';
import type { ClusterReader } from '../registry/reader.ts';
import { refuse, type AdmissionPlugin } from './plugin.ts';

const unbound = 'Only bound persistent volume claims can be expanded';
const unsupported =
  'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize';

function allowsExpansion(claim: PersistentVolumeClaim, old: PersistentVolumeClaim, reader: ClusterReader): boolean {
  const name = claimClass(claim);
  if (!name || name !== claimClass(old)) return false;
  return reader.get<StorageClass>('storageclasses.storage.k8s.io', undefined, name)?.allowVolumeExpansion ?? false;
}

export const persistentVolumeClaimResize: AdmissionPlugin = {
  name: 'PersistentVolumeClaimResize',
  resources: ['persistentvolumeclaims'],
  validate(request, { reader }) {
    const { operation, subresource, object, old } = request;
    if (operation !== 'UPDATE' || subresource || !old) return undefined;
    const [claim, before] = [object as PersistentVolumeClaim, old as PersistentVolumeClaim];
    if (compareQuantities(requestedStorage(claim), requestedStorage(before)) <= 0) return undefined;
    if (before.status?.phase !== 'Bound') return refuse(request, unbound);
    return allowsExpansion(claim, before, reader) ? undefined : refuse(request, unsupported);
  },
};
