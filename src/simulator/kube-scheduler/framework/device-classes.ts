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
  let all: ReadonlyMap<string, DeviceClass> | undefined;
  for (const [name, amount] of scalars) {
    if (amount <= 0 || !isDeviceResource(name)) continue;
    all ??= classesByResource(listers);
    const deviceClass = all.get(name);
    if (deviceClass) found.set(name, deviceClass);
  }
  return found;
}

/**
 * The class for each resource. Of several that give one name it is the newest, or the first by name; a class that comes when its
 * name is taken like this does not answer to its own name either.
 */
function classesByResource(listers: Listers): ReadonlyMap<string, DeviceClass> {
  const found = new Map<string, DeviceClass>();
  for (const one of listers['deviceclasses.resource.k8s.io'].values()) {
    const { extendedResourceName: name } = one.spec;
    const holder = name === undefined ? undefined : found.get(name);
    if (holder && !isPreferred(one, holder)) continue;
    if (name !== undefined) found.set(name, one);
    found.set(implicitResource(one.metadata.name ?? ''), one);
  }
  return found;
}

function isPreferred({ metadata: a }: DeviceClass, { metadata: b }: DeviceClass): boolean {
  const byAge = compareBytes(b.creationTimestamp ?? '', a.creationTimestamp ?? '');
  return (byAge || compareBytes(a.name ?? '', b.name ?? '')) < 0;
}
