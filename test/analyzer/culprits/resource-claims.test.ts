import assert from 'node:assert/strict';
import { applyText } from '../../support/apply.ts';
import { nodeText, podText, whyPending } from '../../support/pending.ts';

describe('the culprit behind DynamicResources', () => {
  it('is the expression that fails, and where the claim has it', () => {
    const devices = `---
apiVersion: resource.k8s.io/v1
kind: ResourceSlice
metadata: {name: s}
spec: {driver: gpu.example.com, nodeName: a, pool: {name: a, generation: 1, resourceSliceCount: 1}, devices: [{name: gpu-0}]}
`;
    const expression = `"device.attributes['gpu.example.com'].vendor == 'x'"`;
    const broken = text('gpu.example.com').replace(
      'gpu.example.com}}',
      `gpu.example.com, selectors: [{cel: {expression: ${expression}}}]}}`,
    );
    const [finding] = applyText(broken, { cluster: nodeText('a') + devices }).findings;
    assert.match(
      finding?.explanation ?? '',
      /^The expression of selector 0 of the claim gpu cannot be evaluated for a device that there is \(CEL runtime error: no such key: \S+\): correct it/,
    );
    assert.equal(finding?.field.path, 'spec.resourceClaims[0].resourceClaimName');
    assert.equal(finding?.related[0]?.path, 'spec.devices.requests[0].exactly.selectors[0].cel.expression');
  });

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
      'request one: device class tpu does not exist. Create the DeviceClass tpu (a driver’s installation brings it along), or correct its name.',
    ],
    [
      'a class that is called a little differently',
      'gpu.exampel.com',
      'request one: device class gpu.exampel.com does not exist. There is a DeviceClass gpu.example.com: did you mean that?',
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
