import assert from 'node:assert/strict';
import { certificateSubjectRestriction as plugin } from '../../../../src/simulator/kube-apiserver/admission/certificate-subject-restriction.ts';
import { validateCreate } from '../../../../src/simulator/kube-apiserver/validation/index.ts';
import { ask, outcome } from '../admission-fixture.ts';

const unreadable = btoa('-----BEGIN CERTIFICATE REQUEST-----\nMAAA\n-----END CERTIFICATE REQUEST-----\n');
/** Of CN=j, signed with a key of elliptic curves. */
const elliptic =
  'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlISE1HNENBUUF3RERFS01BZ0dBMVVFQXd3QmFqQlpNQk1HQnlxR1NNNDlBZ0VHQ0NxR1NNNDlBd0VIQTBJQQpCQ1VOQkpRSTZFa1RzcDJWekxVWVpPT0dTR0h5MDVLZ3FBOGI0S3RNeXRNdFhlWTRZMUVGdy9mRjZEZC9OM1AvCnNjeHlMVThrVHFGb2hvbFh4RlU0ZUN1Z0FEQUtCZ2dxaGtqT1BRUURBZ05KQURCR0FpRUErZUNqWTJBdW00aFQKS1cxbnhVdE1LR1FIV0Q1czh3N0k5TEZkSG1ETkNqTUNJUURQeEVBTUFuUE5Tay9acE1MT2VsL0FRcFNqMzZ4dQowTS8xdDBOOVdtbGFFZz09Ci0tLS0tRU5EIENFUlRJRklDQVRFIFJFUVVFU1QtLS0tLQo=';

const signingRequest = (request: string, signerName = 'kubernetes.io/kube-apiserver-client') => ({
  apiVersion: 'certificates.k8s.io/v1',
  kind: 'CertificateSigningRequest',
  metadata: { name: 'c' },
  spec: { request, signerName, usages: ['client auth'] },
});

describe('requests for certificates', () => {
  const rows: [what: string, request: ReturnType<typeof signingRequest>, expected: string | undefined][] = [
    ['of no group', signingRequest(elliptic), undefined],
    ['that cannot be read', signingRequest(unreadable), 'the groups that a certificate is asked for'],
    ['for another signer', signingRequest(unreadable, 'example.com/own'), undefined],
  ];
  for (const [what, request, expected] of rows) {
    it(`${what}: ${expected ?? 'nothing is said'}`, () => {
      assert.equal(outcome(ask(plugin, request, { phase: 'validate' })), expected);
    });
  }

  it('are known to be signed by elliptic curves', () => {
    const { errors, unknown } = validateCreate(signingRequest(elliptic) as never);
    assert.deepEqual([errors, unknown()], [[], []]);
  });
});
