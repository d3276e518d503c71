import assert from 'node:assert/strict';
import { offered } from '../../../support/fixes.ts';

const pod = `apiVersion: v1
kind: Pod
metadata: {name: myapp}
spec:
  containers:
  - name: app
    image: nginx
    resources:
      requests:
        cpu: 1500m # much
      limits:
        cpu: 1
`;

describe('the fix of a request above its limit', () => {
  it('raises the limit, or lowers the request', () => {
    assert.deepEqual(offered(pod, 'invalid-field'), [
      ['Raise the cpu limit to 1500m', false, '-         cpu: 1', '+         cpu: 1500m'],
      ['Lower the cpu request to 1', false, '-         cpu: 1500m # much', '+         cpu: 1 # much'],
    ]);
  });
});
