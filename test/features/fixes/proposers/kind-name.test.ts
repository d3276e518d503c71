import assert from 'node:assert/strict';
import { offered } from '../../../support/fixes.ts';

const object = (apiVersion: string, kind: string) => `apiVersion: ${apiVersion}
kind: ${kind}
metadata: {name: a}
data: {a: b}
`;

describe('the fix of a kind that does not exist', () => {
  for (const kind of ['Configmap', 'ConfigMapp']) {
    it(`${kind} is ConfigMap`, () => {
      assert.deepEqual(offered(object('v1', kind), 'unknown-kind'), [
        ['Correct the kind to ConfigMap', true, `- kind: ${kind}`, '+ kind: ConfigMap'],
      ]);
    });
  }

  it('corrects the version with it', () => {
    assert.deepEqual(offered(object('apps/v1', 'Configmapp'), 'unknown-kind').slice(0, 1), [
      [
        'Correct the kind to ConfigMap of v1',
        false,
        '- apiVersion: apps/v1',
        '- kind: Configmapp',
        '+ apiVersion: v1',
        '+ kind: ConfigMap',
      ],
    ]);
  });

  it('corrects the case, which only the server minds', () => {
    assert.deepEqual(offered(object('v1', 'configmap'), 'refused'), [
      ['Correct the kind to ConfigMap', true, '- kind: configmap', '+ kind: ConfigMap'],
    ]);
  });

  it('is none where nothing is like it', () => {
    assert.deepEqual(offered(object('v1', 'Elephant'), 'unknown-kind'), []);
  });
});
