import assert from 'node:assert/strict';
import { Cluster, pod, type Manifest } from '../server-fixture.ts';

const pods = { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] };
const claim = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'c' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
};
const webhooks = (kind: string, webhook: Manifest = {}) => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind,
  metadata: { name: 'hooks' },
  webhooks: [
    {
      name: 'a.example.com',
      clientConfig: { url: 'https://example.com' },
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
      rules: [pods],
      ...webhook,
    },
  ],
});
const condition = (expression: string) => ({ matchConditions: [{ name: 'c', expression }] });

/** What is unknown about creating the object because of webhooks. */
function unknown(object: Manifest, ...cluster: Manifest[]): string[] {
  const there = new Cluster(...cluster);
  there.create(object);
  return there.unknown().filter((reason) => reason.includes('Webhook'));
}

const validating = 'ValidatingWebhookConfiguration';

describe('a webhook', () => {
  const asked = [
    'ValidatingAdmissionWebhook: ValidatingWebhookConfiguration hooks asks a.example.com, whose answer is not known ' +
      '(failurePolicy Fail: where it does not answer, the request is refused)',
  ];
  const ignored = [
    'MutatingAdmissionWebhook: MutatingWebhookConfiguration hooks asks a.example.com, whose answer is not known ' +
      '(failurePolicy Ignore: where it does not answer, the request goes on)',
  ];
  const rows: [what: string, object: Manifest, cluster: Manifest[], expected: string[]][] = [
    ['for Pods', pod('a'), [webhooks(validating)], asked],
    ['that may fail', pod('a'), [webhooks('MutatingWebhookConfiguration', { failurePolicy: 'Ignore' })], ignored],
    [
      'for everything',
      pod('a'),
      [webhooks(validating, { rules: [{ ...pods, apiGroups: ['*'], resources: ['*/*'] }] })],
      asked,
    ],
    [
      'for what is in a namespace',
      pod('a'),
      [webhooks(validating, { rules: [{ ...pods, scope: 'Namespaced' }] })],
      asked,
    ],
    ['for what is in no namespace', pod('a'), [webhooks(validating, { rules: [{ ...pods, scope: 'Cluster' }] })], []],
    ['for something else', claim, [webhooks(validating)], []],
    ['for other labels', pod('a'), [webhooks(validating, { objectSelector: { matchLabels: { a: 'b' } } })], []],
    ['for other namespaces', pod('a'), [webhooks(validating, { namespaceSelector: { matchLabels: { a: 'b' } } })], []],
    ['with a condition that holds', pod('a'), [webhooks(validating, condition('object.metadata.name == "a"'))], asked],
    ['with a condition that does not', pod('a'), [webhooks(validating, condition('object.metadata.name == "b"'))], []],
  ];
  for (const [what, object, cluster, expected] of rows) {
    it(`${what}: ${expected.join() || 'is not asked'}`, () => assert.deepEqual(unknown(object, ...cluster), expected));
  }
});
