// Builders for the tests of claims and devices.
import type {
  Device,
  DeviceClaim,
  DeviceClass,
  DeviceRequest,
  ExactDeviceRequest,
  ResourceClaimStatus,
  ResourceResourceClaim,
  ResourceSlice,
  ResourceSliceSpec,
} from '../../../src/api/object.ts';

export const driver = 'gpu.example.com';
const apiVersion = 'resource.k8s.io/v1';

/** The class `gpu`: all devices of the driver. */
export function makeDeviceClass(name = 'gpu', spec: DeviceClass['spec'] = {}): DeviceClass {
  const selectors = [{ cel: { expression: `device.driver == "${driver}"` } }];
  return { apiVersion, kind: 'DeviceClass', metadata: { name }, spec: { selectors, ...spec } };
}

/** The devices of a node: a pool of its name with one slice. */
export function makeSlice(
  node: string,
  devices: readonly Device[],
  spec: Partial<ResourceSliceSpec> = {},
): ResourceSlice {
  const pool = { name: node, generation: 1, resourceSliceCount: 1 };
  const name = `slice-${node}`;
  return {
    apiVersion,
    kind: 'ResourceSlice',
    metadata: { name },
    spec: { driver, pool, nodeName: node, devices, ...spec },
  };
}

/** A device with an attribute `model`. */
export const makeDevice = (name: string, model = 'a100', more: Partial<Device> = {}): Device => ({
  name,
  attributes: { model: { string: model } },
  ...more,
});

/** A request for one device of the class `gpu`. */
export const ask = (name: string, exactly: Partial<ExactDeviceRequest> = {}): DeviceRequest => ({
  name,
  exactly: { deviceClassName: 'gpu', allocationMode: 'ExactCount', count: 1, ...exactly },
});

export const cel = (expression: string) => [{ cel: { expression } }];
export const isModel = (model: string) => cel(`device.attributes["${driver}"].model == "${model}"`);

export function makeClaim(
  name: string,
  requests: readonly DeviceRequest[] = [ask('gpu')],
  more: Partial<DeviceClaim> & { readonly status?: ResourceClaimStatus; readonly metadata?: object } = {},
): ResourceResourceClaim {
  const { status, metadata, ...devices } = more;
  return {
    apiVersion,
    kind: 'ResourceClaim',
    metadata: { name, namespace: 'default', uid: `claim-${name}`, ...metadata },
    spec: { devices: { requests, ...devices } },
    ...(status && { status }),
  };
}

/** A claim that has devices of a node, `gpu-0` if nothing else is said. */
export function makeAllocatedClaim(
  name: string,
  node: string,
  devices: readonly string[] = ['gpu-0'],
): ResourceResourceClaim {
  const results = devices.map((device) => ({ request: 'gpu', driver, pool: node, device }));
  const matchFields = [{ key: 'metadata.name', operator: 'In', values: [node] }];
  const allocation = { devices: { results }, nodeSelector: { nodeSelectorTerms: [{ matchFields }] } };
  return makeClaim(name, undefined, { status: { allocation } });
}

/** For `PodOptions`: the Pod uses the claims by name. */
export const using = (...names: string[]) => ({
  resourceClaims: names.map((name) => ({ name, resourceClaimName: name })),
});
