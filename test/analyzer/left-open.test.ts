import assert from 'node:assert/strict';
import { applyText } from '../support/apply.ts';

const printed = (more = '') =>
  `kind: List\napiVersion: v1\nitems:\n- {apiVersion: v1, kind: Node, metadata: {name: a}, status: {allocatable: {cpu: 2, pods: 9}}}\n${more}`;
const pod = (spec: string, metadata = 'name: app') =>
  `apiVersion: v1\nkind: Pod\nmetadata: {${metadata}}\nspec:\n  ${spec}\n  containers: [{name: c, image: nginx}]\n`;

describe('what a cluster was given without', () => {
  const rows: [what: string, text: string, item: string][] = [
    [
      'PersistentVolumeClaim data',
      pod('volumes: [{name: v, persistentVolumeClaim: {claimName: data}}]'),
      '{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: other, namespace: default}}',
    ],
    [
      'ServiceAccount robot',
      pod('serviceAccountName: robot'),
      '{apiVersion: v1, kind: ServiceAccount, metadata: {name: other, namespace: default}}',
    ],
    [
      'PriorityClass high',
      pod('priorityClassName: high'),
      '{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: other}, value: 1}',
    ],
    [
      'RuntimeClass fast',
      pod('runtimeClassName: fast'),
      '{apiVersion: node.k8s.io/v1, kind: RuntimeClass, metadata: {name: other}, handler: a}',
    ],
    [
      'Namespace shop',
      pod('restartPolicy: Always', 'name: app, namespace: shop'),
      '{apiVersion: v1, kind: Namespace, metadata: {name: other}}',
    ],
  ];
  for (const [what, text, item] of rows) {
    it(`may be there all the same: ${what}`, () => {
      const [open] = applyText(text, { cluster: printed() }).findings;
      assert.deepEqual([open?.id, open?.severity], ['unknown', 'info']);
      assert.ok(open?.message.endsWith(`whether the ${what} is there is open`), open?.message);
      const [told] = applyText(text, { cluster: printed(`- ${item}\n`) }).findings;
      assert.equal(told?.severity, 'error');
    });
  }
});
