import assert from 'node:assert/strict';
import { blamed } from '../blame.ts';
import { makeNode, makePod } from '../cluster.ts';
import {
  ask,
  isModel,
  makeAllocatedClaim,
  makeClaim,
  makeDevice,
  makeDeviceClass,
  makeSlice,
  using,
} from '../devices.ts';

const pod = makePod('x', using('train'));
const path = 'spec.resourceClaims[0].resourceClaimName';

describe('blame for devices', () => {
  it('falls on the selector that takes none of them, with their attributes', () => {
    const cluster = [
      ...[makeNode('a'), makeDeviceClass(), makeSlice('a', [makeDevice('gpu-0'), makeDevice('gpu-1', 'l4')])],
      makeClaim('train', [ask('small'), ask('big', { selectors: isModel('h100') })]),
    ];
    assert.deepEqual(blamed(cluster, pod, 'DynamicResources'), [
      `a has no device for the request big of the claim train: gpu-0 is not selected (model=a100), gpu-1 is not selected (model=l4) | ${path} | ResourceClaim train spec.devices.requests[1].exactly.selectors[0].cel.expression`,
    ]);
  });

  it('falls on the request, where devices are in use, tainted or not there at all', () => {
    const tainted = makeDevice('gpu-1', 'a100', { taints: [{ key: 'broken', effect: 'NoSchedule' }] });
    const cluster = [
      ...[makeNode('a'), makeNode('b'), makeDeviceClass(), makeAllocatedClaim('other', 'a')],
      makeSlice('a', [makeDevice('gpu-0'), tainted, makeDevice('gpu-2')]),
      makeClaim('train', [ask('gpu', { count: 2 })]),
    ];
    assert.deepEqual(blamed(cluster, pod, 'DynamicResources'), [
      `a has 1 of 2 devices for the request gpu of the claim train: gpu-0 is in use, gpu-1 has a taint | ${path} | ResourceClaim train spec.devices.requests[0].exactly`,
      `b has no device of the class gpu for the request gpu of the claim train | ${path} | ResourceClaim train spec.devices.requests[0].exactly`,
    ]);
  });

  it('falls on the devices that the claim has elsewhere', () => {
    const cluster = [makeNode('b'), makeDeviceClass(), makeAllocatedClaim('train', 'a')];
    assert.deepEqual(blamed(cluster, pod, 'DynamicResources'), [
      `b does not reach the devices that the claim train has | ${path} | ResourceClaim train status.allocation.nodeSelector`,
    ]);
  });

  it('falls on what all devices must have in common', () => {
    const cluster = [
      ...[makeNode('a'), makeDeviceClass(), makeSlice('a', [makeDevice('gpu-0'), makeDevice('gpu-1', 'l4')])],
      makeClaim('train', [ask('gpu', { count: 2 })], { constraints: [{ matchAttribute: 'gpu.example.com/model' }] }),
    ];
    assert.deepEqual(blamed(cluster, pod, 'DynamicResources'), [
      `a has devices for each request of the claim train, but not for all of them together | ${path} | ResourceClaim train spec.devices.constraints`,
    ]);
  });
});
