import assert from 'node:assert/strict';
import { offered } from '../../../support/fixes.ts';

const pod = (first: string, second: string) => `apiVersion: v1
kind: Pod
metadata: {name: myapp}
spec:
  containers:
  - ${first}
  - ${second} # again
`;

describe('the fix of a name that is there twice', () => {
  it('is another name, or to do without', () => {
    assert.deepEqual(offered(pod('{name: a, image: b}', '{name: a, image: c}'), 'invalid-field'), [
      ['Call the second one a-2', false, '-   - {name: a, image: c} # again', '+   - {name: a-2, image: c} # again'],
      ['Remove the second one', false, '-   - {name: a, image: c} # again'],
    ]);
  });

  it('is to do without where both say the same', () => {
    assert.deepEqual(offered(pod('{name: a, image: b}', '{name: a, image: b}'), 'invalid-field'), [
      ['Remove the second one', true, '-   - {name: a, image: b} # again'],
    ]);
  });
});
