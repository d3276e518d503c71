import assert from 'node:assert/strict';
import { offered } from '../../../support/fixes.ts';

const pod = (rest: string) => `apiVersion: v1
kind: Pod
metadata: {name: myapp}
spec:
  containers:
  - name: app
${rest}`;

describe('the fix of a field at the wrong place', () => {
  it('moves it into the item that it was meant for', () => {
    assert.deepEqual(offered(pod('  image: nginx # web\n'), 'unknown-field'), [
      ['Move image to spec.containers[0]', true, '-   image: nginx # web', '+     image: nginx # web'],
    ]);
  });

  it('moves it out of the item', () => {
    assert.deepEqual(offered(pod('    image: nginx\n    nodeName: worker-1\n'), 'unknown-field'), [
      ['Move nodeName to spec', true, '-     nodeName: worker-1', '+   nodeName: worker-1'],
    ]);
  });

  it('offers each item that lacks it, the nearest first, and chooses none by itself', () => {
    const both = pod('    image: nginx\n  - name: other\n    image: redis\n  tty: true\n');
    assert.deepEqual(
      offered(both, 'unknown-field').map(([title, isSafe]) => [title, isSafe]),
      [
        ['Move tty to spec.containers[1]', false],
        ['Move tty to spec.containers[0]', false],
      ],
    );
  });

  it('makes the object that it belongs to', () => {
    const text = `apiVersion: v1
kind: Pod
metadata: {name: myapp}
containers: # of the Pod
- name: app
  image: nginx
`;
    assert.deepEqual(offered(text, 'unknown-field'), [
      [
        'Move containers to spec',
        true,
        '- containers: # of the Pod',
        '- - name: app',
        '-   image: nginx',
        '+ spec:',
        '+   containers: # of the Pod',
        '+   - name: app',
        '+     image: nginx',
      ],
    ]);
  });
});
