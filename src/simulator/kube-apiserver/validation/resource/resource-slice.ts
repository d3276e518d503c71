// ResourceSlices: what a driver has to offer (pkg/apis/resource/validation, ValidateResourceSlice, Kubernetes 1.36).
import { invalid, required, tooLong } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import { byteLength } from '../../../../api/go-text.ts';
import type { ResourcePool, ResourceSlice, ResourceSliceSpec } from '../../../../api/object.ts';
import type { Errors } from '../checks.ts';
import { kindRules } from '../kind-rules.ts';
import { checkSubdomain } from '../labels.ts';
import { checkImmutable, subdomainName } from '../object-meta.ts';
import { checkDriverName } from '../pod/network-volumes.ts';
import { checkCounters, checkDevice } from './offered-device.ts';
import { checkUnique, isShort } from './devices.ts';
import { checkNodes } from './node-selection.ts';

const path = FieldPath.of('spec');
const poolNameLimit = 253;
const devicesLimit = 128;
/** Of devices with taints, or that consume counters. */
const specialDevicesLimit = 64;
const counterSetsLimit = 8;

function checkPool({ name, resourceSliceCount: count, generation }: ResourcePool, at: FieldPath, errors: Errors): void {
  const where = at.child('name');
  if (!name) errors.push(required(where));
  else {
    if (byteLength(name) > poolNameLimit) errors.push(tooLong(where, poolNameLimit));
    for (const part of name.split('/')) checkSubdomain(part, where, errors);
  }
  if (count <= 0) errors.push(invalid(at.child('resourceSliceCount'), count, 'must be greater than zero'));
  if (generation < 0) {
    errors.push(invalid(at.child('generation'), generation, 'must be greater than or equal to zero'));
  }
}

const oneWay = 'exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required';
const noName = 'must be either unset or set to a non-empty string';

function checkWays(spec: ResourceSliceSpec, errors: Errors): void {
  const ways = checkNodes(spec, { noName, oneTerm: true }, path, errors);
  if (!ways.length) errors.push(required(path, oneWay));
  else if (ways.length > 1) {
    errors.push(invalid(path, `{${ways.join(', ')}}`, `${oneWay}, but multiple fields are set`));
  }
}

function checkFrozen({ pool, driver, nodeName }: ResourceSliceSpec, old: ResourceSliceSpec, errors: Errors): void {
  checkImmutable(pool.name, old.pool.name, path.child('pool', 'name'), errors);
  checkImmutable(driver, old.driver, path.child('driver'), errors);
  checkImmutable(nodeName, old.nodeName, path.child('nodeName'), errors, nodeName ?? null);
}

function checkDevices(spec: ResourceSliceSpec, old: ResourceSliceSpec | undefined, errors: Errors): void {
  const { devices = [], perDeviceNodeSelection = false } = spec;
  const at = path.child('devices');
  const isSpecial = devices.some(({ taints, consumesCounters }) => taints?.length ?? consumesCounters?.length);
  if (!isShort(devices, isSpecial ? specialDevicesLimit : devicesLimit, at, errors)) return;
  devices.forEach((device, i) => {
    const before = old?.devices?.find(({ name }) => name === device.name);
    checkDevice(device, before, perDeviceNodeSelection, at.index(i), errors);
  });
  checkUnique(
    devices.map(({ name }) => name),
    at,
    errors,
  );
}

function checkSharedCounters({ sharedCounters: sets = [] }: ResourceSliceSpec, errors: Errors): void {
  const at = path.child('sharedCounters');
  if (!isShort(sets, counterSetsLimit, at, errors)) return;
  sets.forEach(({ name, counters }, i) => checkCounters({ name, counters }, 'name', at.index(i), errors));
  checkUnique(
    sets.map(({ name }) => name),
    at,
    errors,
  );
}

export const resourceSliceRules = kindRules<ResourceSlice>({
  meta: { namespaced: false, name: subdomainName },
  content({ spec }, errors, old) {
    checkDriverName(spec.driver, path.child('driver'), errors);
    checkPool(spec.pool, path.child('pool'), errors);
    if (old) checkFrozen(spec, old.spec, errors);
    checkWays(spec, errors);
    if (spec.sharedCounters && spec.devices) {
      errors.push(invalid(path, '', 'only one of `sharedCounters` or `devices` is allowed'));
    }
    checkDevices(spec, old?.spec, errors);
    checkSharedCounters(spec, errors);
  },
});
