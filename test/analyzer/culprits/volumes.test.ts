import assert from 'node:assert/strict';
import { nodeText, podText, whyPending } from '../../support/pending.ts';

describe('the culprit behind the plugins for volumes', () => {
  it('is the claim that is not there', () => {
    const text = podText(
      '  volumes: [{name: tmp, emptyDir: {}}, {name: data, persistentVolumeClaim: {claimName: data}}]\n',
    );
    assert.deepEqual(whyPending(text, nodeText('a')), [
      'data',
      'The claim data is not there: create it first, or correct its name.',
    ]);
  });

  it('is the claim that is called a little differently', () => {
    const text = podText('  volumes: [{name: data, persistentVolumeClaim: {claimName: dta}}]\n') + claim('');
    assert.deepEqual(whyPending(text, nodeText('a', { taint: 'k=v:NoSchedule' })), [
      'dta',
      'The claim dta is not there. There is a claim data: did you mean that? a also has the taint k=v:NoSchedule.',
    ]);
  });

  it('is the claim whose volume is on another node, and the volume', () => {
    const cluster = `${nodeText('a')}---
apiVersion: v1
kind: PersistentVolume
metadata: {name: pv}
spec:
  accessModes: [ReadWriteOnce]
  capacity: {storage: 1Gi}
  storageClassName: ""
  hostPath: {path: /data}
  claimRef: {namespace: default, name: data}
  nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: disk, operator: In, values: [b]}]}]}}
`;
    const text =
      podText('  volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]\n') +
      claim(', storageClassName: "", volumeName: pv');
    assert.deepEqual(whyPending(text, cluster), [
      'data',
      'a is not where the claim data has its volume pv: disk In b. The volume is elsewhere: let the Pod go to where it is, or use another claim.',
    ]);
  });

  const free = (storage: string) => `---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast}
provisioner: kubernetes.io/no-provisioner
volumeBindingMode: WaitForFirstConsumer
---
apiVersion: v1
kind: PersistentVolume
metadata: {name: pv}
spec:
  accessModes: [ReadWriteOnce]
  capacity: {storage: ${storage}}
  storageClassName: fast
  hostPath: {path: /data}
  nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: disk, operator: In, values: [b]}]}]}}
`;
  for (const [storage, says] of [
    ['1Mi', 'pv has only 1Mi of 1Gi'],
    ['1Gi', 'pv is elsewhere: disk In b'],
  ] as const) {
    it(`says of the volume that would nearly do: ${says}`, () => {
      const text =
        podText('  volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]\n') +
        claim(', storageClassName: fast');
      const [, why] = whyPending(text, nodeText('a') + nodeText('b') + free(storage));
      assert.ok(why.startsWith('a and b have no free volume of the class fast that would do for the claim data'), why);
      assert.ok(why.includes(`(${says})`), why);
    });
  }

  const claim = (spec: string) =>
    `---\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data}\nspec: {accessModes: [ReadWriteOnce]${spec}, resources: {requests: {storage: 1Gi}}}\n`;
  const rows: [what: string, spec: string, says: string][] = [
    [
      'has no class',
      '',
      'The claim data has no class and the cluster has no default StorageClass: set storageClassName, or create a PersistentVolume that fits.',
    ],
    [
      'wants none',
      ', storageClassName: ""',
      'The claim data wants no StorageClass, and no volume fits: create a PersistentVolume that fits, or set storageClassName.',
    ],
    [
      'asks for one that is not there',
      ', storageClassName: fastt',
      'The claim data asks for the StorageClass fastt, which is not there: create it, or correct the name.',
    ],
  ];
  for (const [what, spec, says] of rows) {
    it(`is the unbound claim that ${what}`, () => {
      const text = podText('  volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]\n') + claim(spec);
      assert.deepEqual(whyPending(text, nodeText('a')), ['data', says]);
    });
  }
});
