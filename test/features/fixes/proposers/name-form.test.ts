import assert from 'node:assert/strict';
import { offered } from '../../../support/fixes.ts';

const configMap = (name: string) => `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
`;

describe('the fix of a name that is not taken', () => {
  for (const [given, meant] of [
    ['MyApp_1', 'my-app-1'],
    ['-web.Prod-', 'web.prod'],
  ] as const) {
    it(`${given} is ${meant}`, () => {
      assert.deepEqual(offered(configMap(given), 'invalid-field'), [
        [`Write name as ${meant}`, false, `-   name: ${given}`, `+   name: ${meant}`],
      ]);
    });
  }

  it('is none where nothing is left', () => {
    assert.deepEqual(offered(configMap('"___"'), 'invalid-field'), []);
  });
});
