import assert from 'node:assert/strict';
import { offered } from '../../../support/fixes.ts';

const pod = (policy: string) => `apiVersion: v1
kind: Pod
metadata: {name: myapp}
spec:
  restartPolicy: ${policy} # or not
  containers: [{name: app, image: nginx}]
`;

describe('the fix of a value that is not supported', () => {
  for (const [given, meant] of [
    ['always', 'Always'],
    ['onfailure', 'OnFailure'],
    ['Nevr', 'Never'],
  ] as const) {
    it(`${given} is ${meant}`, () => {
      assert.deepEqual(offered(pod(given), 'invalid-field'), [
        [
          `Correct restartPolicy to ${meant}`,
          true,
          `-   restartPolicy: ${given} # or not`,
          `+   restartPolicy: ${meant} # or not`,
        ],
      ]);
    });
  }

  it('is not known where nothing is like it', () => {
    assert.deepEqual(offered(pod('UnlessStopped'), 'invalid-field'), []);
  });
});
