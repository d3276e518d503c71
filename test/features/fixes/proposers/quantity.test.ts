import assert from 'node:assert/strict';
import { offered } from '../../../support/fixes.ts';

const pod = (memory: string) => `apiVersion: v1
kind: Pod
metadata: {name: myapp}
spec:
  containers:
  - name: app
    image: nginx
    resources: {requests: {memory: ${memory}}}
`;

describe('the fix of a quantity that cannot be read', () => {
  const rows: [given: string, meant: string, isSafe: boolean][] = [
    ['1GB', '1G', true],
    ['1GiB', '1Gi', true],
    ['512 mb', '512M', false],
    ['64KiB', '64Ki', true],
    ['1,5Gi', '1.5Gi', false],
  ];
  for (const [given, meant, isSafe] of rows) {
    it(`${given} is ${meant}`, () => {
      const [fix] = offered(pod(given.includes(',') ? `"${given}"` : given), 'mistyped-field');
      assert.deepEqual(fix?.slice(0, 2), [`Write memory as ${meant}`, isSafe]);
    });
  }

  it('is not known for a word', () => assert.deepEqual(offered(pod('lots'), 'mistyped-field'), []));
});
