import assert from 'node:assert/strict';
import { found } from '../../support/apply.ts';

const ids = ['claim-unbound'];
const spec = (more: string) => `{accessModes: [ReadWriteOnce], ${more}resources: {requests: {storage: 1Gi}}}`;
const claim = (more: string) =>
  `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data}\nspec: ${spec(more)}\n`;

describe('a claim', () => {
  it('whose class is not there is told of at the class', () => {
    assert.deepEqual(found(claim('storageClassName: fast, '), ids), [
      [
        ...['warning', 'claim-unbound', 'fast'],
        'The claim data asks for the StorageClass fast, which is not there: create it, or correct the name.',
      ],
    ]);
  });

  it('without a class is told of where nothing fits it', () => {
    const [row] = found(claim(''), ids);
    assert.match(row?.[3] ?? '', /has no class and the cluster has no default StorageClass/);
  });

  it('that waits for its first Pod is fine', () => {
    assert.deepEqual(found(claim(''), ids, { cluster: 'kind' }), []);
  });

  it('of a StatefulSet is told of in its template', () => {
    const set = `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: a, image: a}]}
  volumeClaimTemplates: [{metadata: {name: data}, spec: ${spec('storageClassName: fast, ')}}]
`;
    assert.deepEqual(
      found(set, ids).map((row) => row.slice(1, 3)),
      [['claim-unbound', 'fast']],
    );
  });

  it('is left alone where kubectl printed no classes', () => {
    const cluster = 'kind: List\napiVersion: v1\nitems:\n- {apiVersion: v1, kind: Node, metadata: {name: a}}\n';
    assert.deepEqual(found(claim('storageClassName: fast, '), ids, { cluster }), []);
  });
});
