// How what a controller makes points back to what it was made for (metav1.NewControllerRef).
import type { KubeObject, OwnerReference } from '../../api/object.ts';

export function controllerReference({ apiVersion, kind, metadata }: KubeObject): OwnerReference {
  const { name = '', uid = '' } = metadata;
  return { apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true };
}
