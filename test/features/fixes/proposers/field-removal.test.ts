import assert from 'node:assert/strict';
import { offered } from '../../../support/fixes.ts';

const configMap = `apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data: {a: b}
# whatever this is
zzzzzzzzzz: 1
`;

describe('the fix of a field that is like no other', () => {
  it('is to do without', () => {
    assert.deepEqual(offered(configMap, 'unknown-field'), [['Remove zzzzzzzzzz', false, '- zzzzzzzzzz: 1']]);
  });

  it('is not offered where a field was meant', () => {
    const titles = offered(configMap.replace('zzzzzzzzzz', 'imutable'), 'unknown-field').map(([title]) => title);
    assert.ok(!titles.some((title) => title.startsWith('Remove')), titles.join());
  });
});
