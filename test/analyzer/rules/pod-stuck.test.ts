import assert from 'node:assert/strict';
import { found } from '../../support/apply.ts';

const ids = ['volume-mount', 'pod-sandbox', 'probe'];
const pod = (container: string, spec = '') => `apiVersion: v1
kind: Pod
metadata: {name: myapp}
spec:
  containers:
  - name: app
    image: web
    ${container}
${spec}`;

describe('a Pod that does not get ready', () => {
  it('because a volume is made of what is missing', () => {
    const text = pod(
      'volumeMounts: [{name: c, mountPath: /c}]',
      '  volumes: [{name: c, configMap: {name: settings}}]\n',
    );
    const [row, ...others] = found(text, ids);
    assert.deepEqual(row?.slice(0, 3), ['error', 'volume-mount', 'settings']);
    assert.match(row?.[3] ?? '', /waits for ConfigMap settings/);
    assert.deepEqual(others, []);
  });

  it('because its sandbox cannot be made', () => {
    const [row] = found(pod(''), ids, { images: { sandbox: { error: 'no network' } } });
    assert.deepEqual(row?.slice(0, 3), ['error', 'pod-sandbox', 'spec']);
  });

  it('because its readiness probe fails', () => {
    const probe = 'readinessProbe: {tcpSocket: {port: 80}}';
    const [row] = found(pod(probe), ids, { images: { images: { web: { listen: [{ port: 8080 }] } } } });
    assert.deepEqual(row?.slice(0, 3), ['error', 'probe', 'readinessProbe']);
    assert.match(row?.[3] ?? '', /Container app does not answer its readinessProbe/);
  });

  it('is nothing to tell once it is ready', () => {
    assert.deepEqual(found(pod('readinessProbe: {tcpSocket: {port: 80}}'), ids), []);
  });
});
