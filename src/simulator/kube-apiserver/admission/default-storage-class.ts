// A claim that names no StorageClass gets the default one (plugin/pkg/admission/storage/storageclass/setdefault, Kubernetes 1.36).
import type { PersistentVolumeClaim, StorageClass } from '../../../api/object.ts';
import { hasClass } from '../../../api/persistent-volume.ts';
import { defaultClass, defaultStorageClassMarks } from '../../../api/default-class.ts';
import type { AdmissionPlugin } from './plugin.ts';

export const defaultStorageClass: AdmissionPlugin = {
  name: 'DefaultStorageClass',
  resources: ['persistentvolumeclaims'],
  admit({ operation, subresource, object }, { reader }) {
    if (operation !== 'CREATE' || subresource) return undefined;
    const claim = object as PersistentVolumeClaim;
    if (hasClass(claim)) return undefined;
    const storageClassName = defaultClass(
      reader.list<StorageClass>('storageclasses.storage.k8s.io'),
      defaultStorageClassMarks,
    );
    if (storageClassName === undefined) return undefined;
    return {
      object: { ...claim, spec: { ...claim.spec, storageClassName } } as PersistentVolumeClaim,
      changed: ['spec.storageClassName'],
    };
  },
};
