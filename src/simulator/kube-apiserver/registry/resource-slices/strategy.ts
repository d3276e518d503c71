// What the server does of its own with ResourceSlices (pkg/registry/resource/resourceslice/strategy.go and
// pkg/apis/resource/v1/defaults.go, with the feature gates of Kubernetes 1.36).
import type { Device, ResourceSlice } from '../../../../api/object.ts';
import { specChanged } from '../generic.ts';
import type { AnyObject, Strategy } from '../strategy.ts';

const lists = ['bools', 'ints', 'strings', 'versions'] as const;

/** DRAListTypeAttributes and DRANodeAllocatableResources are off: such fields are dropped. A taint is as old as its slice says, or new. */
function prepared(device: Device, now: string): Device {
  const { nodeAllocatableResourceMappings: _, attributes, taints, ...rest } = device;
  const kept = Object.entries(attributes ?? {}).map(([name, attribute]) => {
    const values = Object.entries(attribute).filter(([field]) => !lists.some((list) => list === field));
    return [name, Object.fromEntries(values)] as const;
  });
  return {
    ...rest,
    ...(attributes && { attributes: Object.fromEntries(kept) }),
    ...(taints && { taints: taints.map((taint) => ({ ...taint, timeAdded: taint.timeAdded ?? now })) }),
  };
}

function prepare(object: AnyObject, now: string): AnyObject {
  const { spec, ...rest } = object as ResourceSlice;
  if (!spec.devices) return object;
  return { ...rest, spec: { ...spec, devices: spec.devices.map((device) => prepared(device, now)) } };
}

export const resourceSliceStrategy: Strategy = {
  prepareForCreate: (object, { timestamp }) => prepare(object, timestamp()),
  prepareForUpdate: (object, _, { timestamp }) => prepare(object, timestamp()),
  changesGeneration: specChanged,
};
