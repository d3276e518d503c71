import assert from 'node:assert/strict';
import { admissionOrder } from '../../../../src/simulator/kube-apiserver/admission/order.ts';
import { admissionPlugins } from '../../../../src/simulator/kube-apiserver/admission/registry.ts';
import { ask, outcome } from '../admission-fixture.ts';
import { Cluster, pod, type Manifest } from '../server-fixture.ts';

const registration = 'admissionregistration.k8s.io/v1';
const pods = { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] };
const clientConfig = { url: 'https://example.com' };
const webhook = { name: 'a.example.com', clientConfig, sideEffects: 'None', admissionReviewVersions: ['v1'] };
const webhooks = (kind: string, rule: Manifest) => ({
  apiVersion: registration,
  kind,
  metadata: { name: 'hooks' },
  webhooks: [{ ...webhook, rules: [rule] }],
});
const claim = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'c' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
};

/** What admission does not know about creating the object, as the plugins' names. */
function unknown(object: Manifest, ...cluster: Manifest[]): string[] {
  const there = new Cluster(...cluster);
  const before = there.unknown().length;
  there.create(object);
  const names = there
    .unknown()
    .slice(before)
    .map((reason) => reason.split(':')[0] ?? '');
  return names.filter((name) => admissionPlugins.has(name));
}

describe('admission plugins that are not modelled', () => {
  const policy = (kind: string) => ({
    apiVersion: registration,
    kind,
    metadata: { name: 'p' },
    spec: {
      matchConstraints: { resourceRules: [pods] },
      validations: [{ expression: 'true' }],
      ...(kind.startsWith('Mutating') && { reinvocationPolicy: 'Never' }),
    },
  });
  const bound = (kind: string) => ({
    apiVersion: registration,
    kind: `${kind}Binding`,
    metadata: { name: 'b' },
    spec: { policyName: 'p', ...(kind.startsWith('Validating') && { validationActions: ['Deny'] }) },
  });

  const rows: [what: string, object: Manifest, cluster: Manifest[], expected: string[]][] = [
    ['an empty cluster', pod('a'), [], []],
    ['a webhook for Pods', pod('a'), [webhooks('MutatingWebhookConfiguration', pods)], ['MutatingAdmissionWebhook']],
    [
      'a webhook for everything',
      pod('a'),
      [webhooks('ValidatingWebhookConfiguration', { ...pods, apiGroups: ['*'], resources: ['*/*'] })],
      ['ValidatingAdmissionWebhook'],
    ],
    ['a webhook for claims', claim, [webhooks('ValidatingWebhookConfiguration', pods)], []],
    ['a policy without a binding', pod('a'), [policy('ValidatingAdmissionPolicy')], []],
    [
      'a policy',
      pod('a'),
      [policy('ValidatingAdmissionPolicy'), bound('ValidatingAdmissionPolicy')],
      ['ValidatingAdmissionPolicy'],
    ],
  ];
  for (const [what, object, cluster, expected] of rows) {
    it(`with ${what}: ${expected.join() || 'nothing is unknown'}`, () =>
      assert.deepEqual(unknown(object, ...cluster), expected));
  }
});

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
