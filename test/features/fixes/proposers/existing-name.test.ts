import assert from 'node:assert/strict';
import { offered } from '../../../support/fixes.ts';
import { podText } from '../../../support/pending.ts';

const others = `apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: default}
---
apiVersion: v1
kind: Node
metadata: {name: node-a}
status: {capacity: {cpu: "2", memory: 4Gi, pods: "110"}}
`;
describe('the fix of a name that nothing has', () => {
  const rows: [what: string, id: string, text: string, title: string][] = [
    ['a namespace', 'namespace-missing', podText('', 'name: a, namespace: defalt'), 'Correct namespace to default'],
    [
      'a ServiceAccount',
      'reference-missing',
      podText('  serviceAccountName: defualt\n'),
      'Correct serviceAccountName to default',
    ],
    [
      'a ConfigMap',
      'container-create',
      podText('    envFrom: [{configMapRef: {name: setings}}]\n'),
      'Correct name to settings',
    ],
    ['a node', 'node-missing', podText('  nodeName: nodea\n'), 'Correct nodeName to node-a'],
    [
      'a volume',
      'invalid-field',
      podText('    volumeMounts: [{name: dta, mountPath: /d}]\n  volumes: [{name: data, emptyDir: {}}]\n'),
      'Correct name to data',
    ],
  ];
  for (const [what, id, text, title] of rows) {
    it(`is the nearest one of ${what}`, () => {
      assert.deepEqual(offered(text, id, { cluster: others })[0]?.[0], title);
    });
  }

  it('is none where nothing is like it', () => {
    const titles = offered(podText('  nodeName: elsewhere\n'), 'node-missing', { cluster: others }).map(
      ([title]) => title,
    );
    assert.ok(!titles.some((title) => title.startsWith('Correct')), titles.join());
  });
});
