import assert from 'node:assert/strict';
import { offered } from '../../../support/fixes.ts';

const pod = (first: string, second: string) => `apiVersion: v1
kind: Pod
metadata: {name: myapp}
spec:
  containers:
  - name: app
    image: ${first}
    tty: true
    image: ${second} # this one
`;

describe('the fix of a key that is given twice', () => {
  it('removes the one that does not count', () => {
    assert.deepEqual(offered(pod('a', 'b'), 'duplicate-key'), [
      ['Remove the first image, which does not count', false, '-     image: a'],
    ]);
    assert.equal(offered(pod('a', 'a'), 'duplicate-key')[0]?.[1], true);
  });
});
