import assert from 'node:assert/strict';
import { fixesOf, linesChanged } from '../../../support/fixes.ts';

const pod = `apiVersion: v1
kind: Pod
metadata: {name: myapp}
spec:
  containers:
  - name: app
    imagee: nginx # the web server
`;

describe('the fix of a field that does not exist', () => {
  it('is the name of the one that was meant', () => {
    const [fix, ...others] = fixesOf(pod, 'unknown-field');
    assert.deepEqual([fix?.title, fix?.isSafe, others], ['Rename imagee to image', true, []]);
    assert.match(fix?.outcome ?? '', /^runs on worker-1 after/);
    assert.deepEqual(linesChanged(pod, fix?.text ?? ''), [
      '-     imagee: nginx # the web server',
      '+     image: nginx # the web server',
    ]);
  });

  it('is none where the other one is there already', () => {
    assert.deepEqual(fixesOf(`${pod}    image: redis\n`, 'unknown-field'), []);
  });
});
