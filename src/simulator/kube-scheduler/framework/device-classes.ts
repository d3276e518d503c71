// Extended resources that devices stand behind: a DeviceClass answers to the name it gives and to one made from its own
// (k8s.io/dynamic-resource-allocation/deviceclass/extendedresourcecache).
import type { DeviceClass } from '../../../api/object.ts';
import { compareBytes } from '../../../base/order.ts';
import { isExtendedResource, type Resource } from './resource.ts';
import type { Listers } from './snapshot.ts';

const implicitPrefix = 'deviceclass.resource.kubernetes.io/';

/** The resource that stands for a class by the class's own name. */
export const implicitResource = (deviceClass: string) => implicitPrefix + deviceClass;

/** IsDRAExtendedResourceName: whether a DeviceClass could answer to the name. */
export function isDeviceResource(name: string): boolean {
  return isExtendedResource(name) || name.startsWith(implicitPrefix);
}

/** Those of the requested resources that a DeviceClass of the cluster stands behind, with the class. */
export function deviceClassesFor({ scalars }: Resource, listers: Listers): ReadonlyMap<string, DeviceClass> {
  const found = new Map<string, DeviceClass>();
  for (const [name, amount] of scalars) {
    const deviceClass = amount > 0 && isDeviceResource(name) ? deviceClassOf(name, listers) : undefined;
    if (deviceClass) found.set(name, deviceClass);
  }
  return found;
}

/** The class for a resource; of several the newest, or the first by name. */
function deviceClassOf(resource: string, listers: Listers): DeviceClass | undefined {
  const classes = listers['deviceclasses.resource.k8s.io'];
  if (resource.startsWith(implicitPrefix)) return classes.get(resource.slice(implicitPrefix.length));
  let found: DeviceClass | undefined;
  for (const one of classes.values()) {
    if (one.spec.extendedResourceName === resource && (!found || isPreferred(one, found))) found = one;
  }
  return found;
}

function isPreferred({ metadata: a }: DeviceClass, { metadata: b }: DeviceClass): boolean {
  const byAge = compareBytes(b.creationTimestamp ?? '', a.creationTimestamp ?? '');
  return (byAge || compareBytes(a.name ?? '', b.name ?? '')) < 0;
}
