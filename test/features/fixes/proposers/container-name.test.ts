import assert from 'node:assert/strict';
import { offered } from '../../../support/fixes.ts';

const pod = (image: string) => `apiVersion: v1
kind: Pod
metadata: {name: myapp}
spec:
  containers:
  - image: ${image}
`;

describe('the fix of a container without a name', () => {
  it('calls it as its image', () => {
    for (const image of ['nginx', 'registry:5000/team/nginx:1.29', 'nginx@sha256:' + 'a'.repeat(64)]) {
      assert.deepEqual(offered(pod(image), 'invalid-field'), [
        ['Call the container nginx', false, '+     name: nginx'],
      ]);
    }
  });

  it('is none where the image has no name that a container may have', () => {
    assert.deepEqual(offered(pod('team/my_app'), 'invalid-field'), []);
  });
});
