import assert from 'node:assert/strict';
import { offered } from '../../../support/fixes.ts';

const cluster = `
{apiVersion: v1, kind: Node, metadata: {name: worker-1}, status: {allocatable: {cpu: 8, memory: 8Gi, pods: 20}}}
---
{apiVersion: v1, kind: ResourceQuota, metadata: {name: small, namespace: default}, spec: {hard: {requests.memory: 1Gi}}, status: {hard: {requests.memory: 1Gi}, used: {requests.memory: 0}}}
`;

const pod = (memory: string) => `apiVersion: v1
kind: Pod
metadata: {name: myapp}
spec:
  containers:
  - name: side
    image: nginx
    resources: {requests: {memory: ${memory}}}
  - name: app
    image: nginx
    resources:
      requests:
        memory: 2Gi
`;

describe('the fix of a request above a quota', () => {
  it('lowers the largest request to what is left', () => {
    assert.deepEqual(offered(pod('256Mi'), 'forbidden', { cluster }), [
      ['Lower the memory request to 768Mi', false, '-         memory: 2Gi', '+         memory: 768Mi'],
    ]);
  });

  it('is not offered where nothing is left', () => {
    assert.deepEqual(offered(pod('1Gi'), 'forbidden', { cluster }), []);
  });
});
