import assert from 'node:assert/strict';
import { admissionOrder } from '../../../../src/simulator/kube-apiserver/admission/order.ts';
import { admissionPlugins } from '../../../../src/simulator/kube-apiserver/admission/registry.ts';

describe('the order of admission', () => {
  it('names plugins that exist, each once, and leaves none out', () => {
    assert.deepEqual([...admissionOrder].sort(), [...admissionPlugins.keys()].sort());
  });
});
