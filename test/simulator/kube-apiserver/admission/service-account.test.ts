import assert from 'node:assert/strict';
import type { PodSpec } from '../../../../src/api/object.ts';
import { serviceAccount } from '../../../../src/simulator/kube-apiserver/admission/service-account.ts';
import { ask, outcome, type Asked } from '../admission-fixture.ts';
import { pod, type Manifest } from '../server-fixture.ts';

const mountPath = '/var/run/secrets/kubernetes.io/serviceaccount';
const mount = { name: 'kube-api-access-xxxxx', readOnly: true, mountPath };
const account = (name: string, more: Manifest, annotations = {}) => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name, annotations },
  ...more,
});

const specOf = (spec: Manifest, asked?: Asked) => outcome(ask(serviceAccount, pod('a', spec), asked)) as PodSpec;

describe('ServiceAccount', () => {
  it('runs a Pod as default, with a token in every container', () => {
    const initContainers = [{ name: 'init', image: 'busybox' }];
    const spec = specOf({ initContainers });
    assert.deepEqual([spec.serviceAccountName, spec.serviceAccount], ['default', 'default']);
    assert.deepEqual(spec.containers[0]?.volumeMounts, [mount]);
    assert.deepEqual(spec.initContainers?.[0]?.volumeMounts, [mount]);
    assert.deepEqual(
      spec.volumes?.map(({ name }) => name),
      ['kube-api-access-xxxxx'],
    );
  });

  it('tells what it set', () => {
    const verdict = ask(serviceAccount, pod('a'));
    assert.deepEqual(verdict && 'changed' in verdict && verdict.changed, [
      'spec.serviceAccountName',
      'spec.containers[0].volumeMounts',
      'spec.volumes',
    ]);
  });

  it('gives no token to a container that has something at its place, nor a volume if nobody needs it', () => {
    const own = { name: 't', mountPath };
    const containers = [{ name: 'app', image: 'nginx', volumeMounts: [own] }];
    const spec = specOf({ containers });
    assert.deepEqual(spec.containers[0]?.volumeMounts, [own]);
    assert.equal(spec.volumes, undefined);
  });

  it('gives no token where the Pod or the account declines; the Pod has the last word', () => {
    const cluster = [account('robot', { automountServiceAccountToken: false })];
    assert.equal(specOf({ automountServiceAccountToken: false }).volumes, undefined);
    assert.equal(specOf({ serviceAccountName: 'robot' }, { cluster }).volumes, undefined);
    const asked = { serviceAccountName: 'robot', automountServiceAccountToken: true };
    assert.equal(specOf(asked, { cluster }).volumes?.length, 1);
  });

  it('brings the pull secrets of the account to a Pod that has none', () => {
    const cluster = [account('robot', { imagePullSecrets: [{ name: 'pull' }] })];
    const robot = { serviceAccountName: 'robot' };
    assert.deepEqual(specOf(robot, { cluster }).imagePullSecrets, [{ name: 'pull' }]);
    const own = { ...robot, imagePullSecrets: [{ name: 'own' }] };
    assert.deepEqual(specOf(own, { cluster }).imagePullSecrets, [{ name: 'own' }]);
  });

  it('refuses an account that is not there', () => {
    const refusal = (serviceAccountName: string) => outcome(ask(serviceAccount, pod('a', { serviceAccountName })));
    const text = (why: string) => `pods "a" is forbidden: error looking up service account default/${why}`;
    assert.equal(refusal('robot'), text('robot: serviceaccount "robot" not found'));
    assert.equal(refusal('a/b'), text(`a/b: invalid resource name "a/b": [may not contain '/']`));
  });

  it('leaves the mirror of a static Pod, and updates, alone', () => {
    assert.equal(ask(serviceAccount, pod('a', {}, { annotations: { 'kubernetes.io/config.mirror': 'x' } })), undefined);
    assert.equal(ask(serviceAccount, pod('a'), { operation: 'UPDATE', old: pod('a') }), undefined);
  });

  const strict = account(
    'strict',
    { secrets: [{ name: 'allowed' }] },
    { 'kubernetes.io/enforce-mountable-secrets': 'true' },
  );
  const container = (more: Manifest) => ({ containers: [{ name: 'app', image: 'nginx', ...more }] });
  const secretKeyRef = { name: 'other', key: 'k' };
  const rows: [spec: Manifest, refusal: string | undefined][] = [
    [{ volumes: [{ name: 's', secret: { secretName: 'allowed' } }] }, undefined],
    [{ volumes: [{ name: 's', secret: { secretName: 'other' } }] }, 'volume with secret.secretName="other"'],
    [
      container({ env: [{ name: 'A', valueFrom: { secretKeyRef } }] }),
      'container app with envVar A referencing secret.secretName="other"',
    ],
    [
      container({ envFrom: [{ secretRef: { name: 'other' } }] }),
      'container app with envFrom referencing secret.secretName="other"',
    ],
  ];
  for (const [spec, refusal] of rows) {
    it(`${refusal ? 'refuses' : 'takes'} ${JSON.stringify(spec)} where the account lists its Secrets`, () => {
      const found = outcome(
        ask(serviceAccount, pod('a', { ...spec, serviceAccountName: 'strict' }), { cluster: [strict] }),
      );
      const text = `pods "a" is forbidden: ${refusal} is not allowed because service account strict does not reference that secret`;
      if (refusal) assert.equal(found, text);
      else assert.equal((found as PodSpec).serviceAccountName, 'strict');
    });
  }

  it('refuses pull secrets that such an account does not list', () => {
    const spec = { serviceAccountName: 'strict', imagePullSecrets: [{ name: 'no' }] };
    assert.equal(
      specOf(spec, { cluster: [strict] }),
      'pods "a" is forbidden: imagePullSecrets[0].name="no" is not allowed because ' +
        'service account strict does not reference that imagePullSecret',
    );
  });
});
