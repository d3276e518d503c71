import assert from 'node:assert/strict';
import { podSecurity } from '../../../../../src/simulator/kube-apiserver/admission/pod-security/index.ts';
import { ask, outcome, type Asked } from '../../admission-fixture.ts';
import { Cluster, pod, type Manifest } from '../../server-fixture.ts';

const prefix = 'pod-security.kubernetes.io/';
const namespace = (labels: Record<string, string>) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    name: 'shop',
    labels: Object.fromEntries(Object.entries(labels).map(([key, value]) => [prefix + key, value])),
  },
});
const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: 'shop' } };
const hostly = (name: string, image = 'nginx') =>
  pod(name, { hostPID: true, containers: [{ name: 'app', image }] }, { namespace: 'shop' });
const template = {
  metadata: { labels: { a: 'b' } },
  spec: { hostPID: true, containers: [{ name: 'app', image: 'nginx' }] },
};
const workload = (apiVersion: string, kind: string, spec: Manifest) => ({
  apiVersion,
  kind,
  metadata: { name: 'web', namespace: 'shop' },
  spec,
});
const told = (object: Manifest, labels: Record<string, string>, asked: Asked = {}) =>
  outcome(ask(podSecurity, object, { phase: 'validate', cluster: [namespace(labels)], ...asked }));

const hostPid = 'host namespaces (hostPID=true)';
const refusal = (level: string) => `pods "a" is forbidden: violates PodSecurity "${level}": ${hostPid}`;
const warning = (level: string) => [`would violate PodSecurity "${level}": ${hostPid}`];

describe('PodSecurity', () => {
  const rows: [labels: Record<string, string>, expected: unknown][] = [
    [{}, undefined],
    [{ enforce: 'privileged' }, undefined],
    [{ enforce: 'baseline' }, refusal('baseline:latest')],
    [{ enforce: 'baseline', 'enforce-version': 'v1.20' }, refusal('baseline:v1.20')],
    [{ warn: 'baseline', 'warn-version': 'v1.2' }, warning('baseline:v1.2')],
    [{ enforce: 'privileged', warn: 'baseline' }, warning('baseline:latest')],
    [{ audit: 'restricted' }, undefined],
  ];
  for (const [labels, expected] of rows) {
    it(`says of a Pod in a namespace with ${JSON.stringify(labels)}: ${String(expected)}`, () =>
      assert.deepEqual(told(hostly('a'), labels), expected));
  }

  it('warns of workloads, by what is enforced too', () => {
    const job = { template };
    const workloads = [
      workload('apps/v1', 'Deployment', { selector: { matchLabels: { a: 'b' } }, template }),
      workload('batch/v1', 'Job', job),
      workload('batch/v1', 'CronJob', { schedule: '* * * * *', jobTemplate: { spec: job } }),
      { apiVersion: 'v1', kind: 'PodTemplate', metadata: { name: 't', namespace: 'shop' }, template },
    ];
    for (const object of workloads) {
      assert.deepEqual(told(object, { enforce: 'baseline', 'enforce-version': 'v1.9' }), warning('baseline:v1.9'));
      assert.equal(told(object, { enforce: 'baseline', warn: 'privileged' }), undefined);
    }
  });

  it('looks at an update of a Pod only if an image changes', () => {
    const update = (old: Manifest): Asked => ({ operation: 'UPDATE', old });
    assert.equal(told(hostly('a'), { enforce: 'baseline' }, update(hostly('a'))), undefined);
    assert.equal(told(hostly('a'), { enforce: 'baseline' }, update(hostly('a', 'old'))), refusal('baseline:latest'));
  });

  it('refuses labels it cannot read, unless they were there before', () => {
    const wrong = namespace({ enforce: 'strict', 'warn-version': '1.24' });
    const text =
      'Namespace "shop" is invalid: [metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: "strict": ' +
      'must be one of privileged, baseline, restricted, metadata.labels[pod-security.kubernetes.io/warn-version]: ' +
      'Invalid value: "1.24": must be "latest" or "v1.x"]';
    const say = (asked: Asked) => outcome(ask(podSecurity, wrong, { phase: 'validate', ...asked }));
    assert.equal(say({}), text);
    assert.equal(say({ operation: 'UPDATE', old: namespace({}) }), text);
    assert.equal(say({ operation: 'UPDATE', old: wrong }), undefined);
  });

  it('warns of the Pods that do not keep to what is newly enforced', () => {
    const cluster = [namespace({}), account, hostly('c'), hostly('b'), pod('d', {}, { namespace: 'shop' })];
    const say = (labels: Record<string, string>, before: Record<string, string>) =>
      told(namespace(labels), {}, { cluster, operation: 'UPDATE', old: namespace(before) });
    assert.deepEqual(say({ enforce: 'baseline' }, {}), [
      'existing pods in namespace "shop" violate the new PodSecurity enforce level "baseline:latest"',
      'b (and 1 other pod): host namespaces',
    ]);
    assert.equal(say({ enforce: 'baseline' }, { enforce: 'restricted' }), undefined);
    assert.equal(say({ enforce: 'baseline' }, { enforce: 'baseline' }), undefined);
  });

  it('hands the warnings to the client', () => {
    const there = new Cluster(namespace({ warn: 'baseline' }), account);
    assert.deepEqual(there.create(hostly('a')).warnings, warning('baseline:latest'));
  });
});
