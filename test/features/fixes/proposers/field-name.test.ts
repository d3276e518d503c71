import assert from 'node:assert/strict';
import { nodeText } from '../../../support/apply.ts';
import { fixesOf, offered } from '../../../support/fixes.ts';

const pod = `apiVersion: v1
kind: Pod
metadata: {name: myapp}
spec:
  containers:
  - name: app
    imagee: nginx # the web server
`;

describe('the fix of a field that is misspelt', () => {
  it('is the name of the one that was meant', () => {
    assert.deepEqual(offered(pod, 'unknown-field'), [
      ['Rename imagee to image', true, '-     imagee: nginx # the web server', '+     image: nginx # the web server'],
    ]);
    assert.match(fixesOf(pod, 'unknown-field')[0]?.outcome ?? '', /^runs on worker-1 after/);
  });

  it('is right even if the scheduler has the next word, and says so', () => {
    const cluster = nodeText('db-1', { taint: 'dedicated=db:NoSchedule' });
    const [fix] = fixesOf(pod, 'unknown-field', { cluster });
    assert.match(fix?.outcome ?? '', /^then: 0\/1 nodes are available/);
  });

  it('is none where the other one is there already', () => {
    assert.deepEqual(offered(`${pod}    image: redis\n`, 'unknown-field'), []);
  });
});
