import assert from 'node:assert/strict';
import { FieldPath } from '../../src/api/field-path.ts';

describe('field path', () => {
  const path = FieldPath.of('spec', 'containers').index(0).child('resources', 'limits').key('cpu');

  it('is printed as Kubernetes prints it', () => {
    assert.equal(path.toString(), 'spec.containers[0].resources.limits[cpu]');
    assert.equal(FieldPath.of('metadata').toString(), 'metadata');
  });

  it('gives its steps from the root', () => {
    assert.deepEqual(path.segments(), [
      { field: 'spec' },
      { field: 'containers' },
      { index: 0 },
      { field: 'resources' },
      { field: 'limits' },
      { key: 'cpu' },
    ]);
  });
});
