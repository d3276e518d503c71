import assert from 'node:assert/strict';
import { admissionOrder } from '../../../../src/simulator/kube-apiserver/admission/order.ts';
import { admissionPlugins } from '../../../../src/simulator/kube-apiserver/admission/registry.ts';
import { ask, outcome } from '../admission-fixture.ts';

describe('requests for certificates', () => {
  const plugin = admissionPlugins.get('CertificateSubjectRestriction');
  const request = (signerName: string) => ({
    apiVersion: 'certificates.k8s.io/v1',
    kind: 'CertificateSigningRequest',
    metadata: { name: 'c' },
    spec: { signerName },
  });
  const rows: [signerName: string, expected: string | undefined][] = [
    ['kubernetes.io/kube-apiserver-client', 'the groups that a certificate is asked for are not modelled'],
    ['example.com/own', undefined],
  ];
  for (const [signerName, expected] of rows) {
    it(`of ${signerName}: ${expected ?? 'nothing is unknown'}`, () => {
      assert.ok(plugin);
      assert.equal(outcome(ask(plugin, request(signerName), { phase: 'validate' })), expected);
    });
  }
});

describe('the order of admission', () => {
  it('names plugins that exist, each once, and leaves none out', () => {
    assert.deepEqual([...admissionOrder].sort(), [...admissionPlugins.keys()].sort());
  });
});
