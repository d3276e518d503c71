// Volumes and claims stay while they are in use: a finalizer keeps them (plugin/pkg/admission/storage/storageobjectinuseprotection,
// Kubernetes 1.36).
import { withMetadata } from '../registry/object-meta.ts';
import type { AdmissionPlugin } from './plugin.ts';

const finalizers: Readonly<Record<string, string>> = {
  persistentvolumes: 'kubernetes.io/pv-protection',
  persistentvolumeclaims: 'kubernetes.io/pvc-protection',
  'volumeattributesclasses.storage.k8s.io': 'kubernetes.io/vac-protection',
};

export const storageObjectInUseProtection: AdmissionPlugin = {
  name: 'StorageObjectInUseProtection',
  resources: Object.keys(finalizers),
  admit({ operation, resourceName, subresource, object }) {
    const finalizer = finalizers[resourceName];
    if (operation !== 'CREATE' || subresource || !finalizer) return undefined;
    const given = object.metadata.finalizers ?? [];
    if (given.includes(finalizer)) return undefined;
    return { object: withMetadata(object, { finalizers: [...given, finalizer] }), changed: ['metadata.finalizers'] };
  },
};
