import assert from 'node:assert/strict';
import { nodeText } from '../../../support/apply.ts';
import { fixesOf } from '../../../support/fixes.ts';

const pod = (rest: string, metadata = 'name: a') => `apiVersion: v1
kind: Pod
metadata: {${metadata}}
spec:
  containers:
  - name: app
    image: nginx
${rest}`;

describe('advice where something is not there', () => {
  const rows: [id: string, text: string, command: string][] = [
    ['namespace-missing', pod('', 'name: a, namespace: shop'), 'kubectl create namespace shop'],
    ['reference-missing', pod('  serviceAccountName: robot\n'), 'kubectl create serviceaccount robot'],
    ['container-create', pod('    envFrom: [{configMapRef: {name: settings}}]\n'), 'kubectl create configmap settings'],
    [
      'container-create',
      pod('    env: [{name: P, valueFrom: {secretKeyRef: {name: login, key: password}}}]\n'),
      'kubectl create secret generic login --from-literal=password=VALUE',
    ],
    [
      'volume-mount',
      pod('    volumeMounts: [{name: v, mountPath: /v}]\n  volumes: [{name: v, configMap: {name: files}}]\n'),
      'kubectl create configmap files',
    ],
  ];
  for (const [id, text, command] of rows) {
    it(`is ${command}`, () => {
      const fix = fixesOf(text, id, { cluster: nodeText('a') }).find(({ target }) => target === 'cluster');
      assert.equal(fix?.command, command);
      assert.match(fix?.outcome ?? '', /^runs on a after/);
    });
  }

  it('stays in the namespace of the object', () => {
    const cluster = `${nodeText('a')}---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n`;
    const text = pod('    envFrom: [{configMapRef: {name: settings}}]\n', 'name: a, namespace: shop');
    const fix = fixesOf(text, 'container-create', { cluster }).find(({ target }) => target === 'cluster');
    assert.equal(fix?.command, 'kubectl create configmap settings -n shop');
  });
});
