import assert from 'node:assert/strict';
import { fixesOf } from '../../../support/fixes.ts';
import { nodeText, podText } from '../../../support/pending.ts';

describe('advice where something is not there', () => {
  const rows: [id: string, text: string, command: string][] = [
    ['namespace-missing', podText('', 'name: a, namespace: shop'), 'kubectl create namespace shop'],
    ['reference-missing', podText('  serviceAccountName: robot\n'), 'kubectl create serviceaccount robot'],
    [
      'container-create',
      podText('    envFrom: [{configMapRef: {name: settings}}]\n'),
      'kubectl create configmap settings',
    ],
    [
      'container-create',
      podText('    env: [{name: P, valueFrom: {secretKeyRef: {name: login, key: password}}}]\n'),
      'kubectl create secret generic login --from-literal=password=VALUE',
    ],
    [
      'volume-mount',
      podText('    volumeMounts: [{name: v, mountPath: /v}]\n  volumes: [{name: v, configMap: {name: files}}]\n'),
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
    const text = podText('    envFrom: [{configMapRef: {name: settings}}]\n', 'name: a, namespace: shop');
    const fix = fixesOf(text, 'container-create', { cluster }).find(({ target }) => target === 'cluster');
    assert.equal(fix?.command, 'kubectl create configmap settings -n shop');
  });
});
