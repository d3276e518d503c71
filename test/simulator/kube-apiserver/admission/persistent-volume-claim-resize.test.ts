import assert from 'node:assert/strict';
import { persistentVolumeClaimResize } from '../../../../src/simulator/kube-apiserver/admission/persistent-volume-claim-resize.ts';
import { ask, outcome } from '../admission-fixture.ts';

const storageClass = (name: string, allowVolumeExpansion?: boolean) => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name },
  provisioner: 'csi.example.com',
  ...(allowVolumeExpansion !== undefined && { allowVolumeExpansion }),
});
const claim = (storage: string, storageClassName = 'growing', phase = 'Bound') => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data' },
  spec: { accessModes: ['ReadWriteOnce'], storageClassName, resources: { requests: { storage } } },
  status: { phase },
});

const unsupported =
  'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize';

describe('PersistentVolumeClaimResize', () => {
  const rows: [what: string, to: string, className: string, phase: string, expected: string | undefined][] = [
    ['lets a claim of a class that allows it grow', '2Gi', 'growing', 'Bound', undefined],
    ['has nothing against a claim of the same size', '1024Mi', 'fixed', 'Pending', undefined],
    ['leaves a smaller claim to validation', '1Mi', 'fixed', 'Bound', undefined],
    ['asks for a bound claim', '2Gi', 'growing', 'Pending', 'Only bound persistent volume claims can be expanded'],
    ['asks for a class that allows it', '2Gi', 'fixed', 'Bound', unsupported],
    ['asks for a class that says so', '2Gi', 'silent', 'Bound', unsupported],
    ['asks for a class that exists', '2Gi', 'gone', 'Bound', unsupported],
    ['asks for a class', '2Gi', '', 'Bound', unsupported],
  ];
  for (const [what, to, className, phase, expected] of rows) {
    it(what, () => {
      const verdict = ask(persistentVolumeClaimResize, claim(to, className), {
        operation: 'UPDATE',
        old: claim('1Gi', className, phase),
        phase: 'validate',
        cluster: [storageClass('growing', true), storageClass('fixed', false), storageClass('silent')],
      });
      assert.equal(outcome(verdict), expected && `persistentvolumeclaims "data" is forbidden: ${expected}`);
    });
  }
});
