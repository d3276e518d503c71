// A claim that names no StorageClass gets the default one (plugin/pkg/admission/storage/storageclass/setdefault, Kubernetes 1.36).
import type { PersistentVolumeClaim, StorageClass } from '../../../api/object.ts';
import { defaultClass } from './default-class.ts';
import type { AdmissionPlugin } from './plugin.ts';

const marks = ['storageclass.kubernetes.io/is-default-class', 'storageclass.beta.kubernetes.io/is-default-class'];
const classAnnotation = 'volume.beta.kubernetes.io/storage-class';

export const defaultStorageClass: AdmissionPlugin = {
  name: 'DefaultStorageClass',
  admit({ operation, resourceName, subresource, object }, { reader }) {
    if (operation !== 'CREATE' || resourceName !== 'persistentvolumeclaims' || subresource) return undefined;
    const claim = object as PersistentVolumeClaim;
    if (claim.spec?.storageClassName !== undefined) return undefined;
    if (claim.metadata.annotations?.[classAnnotation] !== undefined) return undefined;
    const storageClassName = defaultClass(reader.list<StorageClass>('storageclasses.storage.k8s.io'), marks);
    if (storageClassName === undefined) return undefined;
    return {
      object: { ...claim, spec: { ...claim.spec, storageClassName } } as PersistentVolumeClaim,
      changed: ['spec.storageClassName'],
    };
  },
};
