import assert from 'node:assert/strict';
import { nodeText, podText, whyPending } from '../../support/pending.ts';

describe('the culprit behind DynamicResources', () => {
  const text = (deviceClass: string) =>
    `${podText('  resourceClaims: [{name: gpu, resourceClaimName: gpu}]\n')}---
apiVersion: resource.k8s.io/v1
kind: ResourceClaim
metadata: {name: gpu}
spec: {devices: {requests: [{name: one, exactly: {deviceClassName: ${deviceClass}}}]}}
---
apiVersion: resource.k8s.io/v1
kind: DeviceClass
metadata: {name: gpu.example.com}
`;
  const rows: [what: string, deviceClass: string, says: string][] = [
    [
      'a class that is not there',
      'tpu',
      'Node a: request one: device class tpu does not exist. Create the DeviceClass tpu (a driver’s installation brings it along), or correct its name.',
    ],
    [
      'a class that is called a little differently',
      'gpu.exampel.com',
      'Node a: request one: device class gpu.exampel.com does not exist. There is a DeviceClass gpu.example.com: did you mean that?',
    ],
    [
      'devices that no node has',
      'gpu.example.com',
      'a has no device of the class gpu.example.com for the request one of the claim gpu. Ask for devices that a node offers.',
    ],
  ];
  for (const [what, deviceClass, says] of rows) {
    it(`is the claim on ${what}`, () => {
      assert.deepEqual(whyPending(text(deviceClass), nodeText('a')), ['gpu', says]);
    });
  }
});
