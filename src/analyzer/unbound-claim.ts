// Why a claim has no volume, in plain words.
import type { PersistentVolumeClaim } from '../api/object.ts';
import { claimClass, hasClass } from '../api/persistent-volume.ts';

/** Whether a component says that the class of a claim is not there. */
export const isClassMissing = (message: string): boolean => /^storageclass\S* ".*" not found$/.test(message);

/** What follows the claim's name. A default StorageClass would have been set: by admission, or by the controller as soon as there is one. */
export function unboundText(claim: PersistentVolumeClaim, lacksClass: boolean): string {
  const create = 'create a PersistentVolume that fits';
  if (!hasClass(claim))
    return `has no class and the cluster has no default StorageClass: set storageClassName, or ${create}.`;
  const name = claimClass(claim);
  if (name === '') return `wants no StorageClass, and no volume fits: ${create}, or set storageClassName.`;
  if (lacksClass) return `asks for the StorageClass ${name}, which is not there: create it, or correct the name.`;
  return `waits for a volume of the StorageClass ${name}: ${create}, or see to what makes volumes for it.`;
}
