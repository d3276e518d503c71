// Defaults of Pods and templates, and what they share with what was given.
import assert from 'node:assert/strict';
import type { Container, Pod } from '../../../../src/api/object.ts';
import { defaultObject, defaultPodTemplate } from '../../../../src/simulator/kube-apiserver/defaulting/index.ts';

const podWith = (container: Partial<Container>, spec: Partial<NonNullable<Pod['spec']>> = {}): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: { ...spec, containers: [{ name: 'app', image: 'nginx', ...container }] },
});

const defaulted = (container: Partial<Container>, spec?: Partial<NonNullable<Pod['spec']>>) =>
  defaultObject(podWith(container, spec)).spec;

describe('defaults of a Pod', () => {
  it('fills in what a minimal Pod leaves out', () => {
    assert.deepEqual(defaulted({}), {
      containers: [
        {
          name: 'app',
          image: 'nginx',
          terminationMessagePath: '/dev/termination-log',
          terminationMessagePolicy: 'File',
          imagePullPolicy: 'Always',
        },
      ],
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 30,
      dnsPolicy: 'ClusterFirst',
      securityContext: {},
      schedulerName: 'default-scheduler',
      enableServiceLinks: true,
    });
  });

  it('leaves what was given, and a Pod that has everything is the same object', () => {
    const once = defaultObject(podWith({ imagePullPolicy: 'Never' }, { dnsPolicy: 'Default' }));
    assert.equal(once.spec?.containers[0]?.imagePullPolicy, 'Never');
    assert.equal(once.spec?.dnsPolicy, 'Default');
    assert.equal(defaultObject(once), once);
  });

  for (const [image, policy] of [
    ['nginx', 'Always'],
    ['nginx:latest', 'Always'],
    ['nginx:1.27', 'IfNotPresent'],
    ['registry.example.com:5000/app', 'Always'],
    [`nginx@sha256:${'a'.repeat(64)}`, 'IfNotPresent'],
    ['Not/An/Image', 'IfNotPresent'],
  ] as const) {
    it(`pulls ${image.slice(0, 30)} ${policy}`, () => {
      assert.equal(defaulted({ image })?.containers[0]?.imagePullPolicy, policy);
    });
  }

  it('requests what is limited, where nothing is requested', () => {
    const resources = { limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '100m' } };
    assert.deepEqual(defaulted({ resources })?.containers[0]?.resources?.requests, { cpu: '100m', memory: '1Gi' });
  });

  it('rounds amounts up to thousandths', () => {
    const resources = { requests: { cpu: '100u', memory: '1n' } };
    assert.deepEqual(defaulted({ resources })?.containers[0]?.resources?.requests, { cpu: '1m', memory: '1m' });
  });

  it('gives host ports on the network of the node', () => {
    const ports = [{ containerPort: 80 }, { containerPort: 53, protocol: 'UDP', hostPort: 53 }];
    assert.deepEqual(defaulted({ ports }, { hostNetwork: true })?.containers[0]?.ports, [
      { containerPort: 80, protocol: 'TCP', hostPort: 80 },
      { containerPort: 53, protocol: 'UDP', hostPort: 53 },
    ]);
  });

  it('fills in probes by their handler', () => {
    const probe = { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 };
    const container = defaulted({
      livenessProbe: { httpGet: { port: 80 } },
      readinessProbe: { grpc: { port: 1 }, periodSeconds: 5 },
    })?.containers[0];
    assert.deepEqual(container?.livenessProbe, { httpGet: { port: 80, path: '/', scheme: 'HTTP' }, ...probe });
    assert.deepEqual(container?.readinessProbe, { grpc: { port: 1, service: '' }, ...probe, periodSeconds: 5 });
  });

  it('takes either name of the ServiceAccount', () => {
    const spec = defaulted({}, { serviceAccount: 'robot' });
    assert.equal(spec?.serviceAccountName, 'robot');
    assert.equal(spec?.serviceAccount, 'robot');
  });

  it('makes an emptyDir of a volume without a source', () => {
    const volumes = [{ name: 'a' }, { name: 'b', configMap: { name: 'c' } }, { name: 'd', hostPath: { path: '/' } }];
    assert.deepEqual(defaulted({}, { volumes })?.volumes, [
      { name: 'a', emptyDir: {} },
      { name: 'b', configMap: { name: 'c', defaultMode: 420 } },
      { name: 'd', hostPath: { path: '/', type: '' } },
    ]);
  });

  it('gives the Pod as a whole what its containers request together, if it has limits', () => {
    const spec = defaulted(
      { resources: { requests: { cpu: '100m', 'ephemeral-storage': '1Gi' } } },
      {
        resources: { limits: { cpu: '1', memory: '1Gi' } },
        initContainers: [{ name: 'init', image: 'i:1', resources: { requests: { cpu: '300m' } } }],
      },
    );
    assert.deepEqual(spec?.resources, {
      limits: { cpu: '1', memory: '1Gi' },
      requests: { cpu: '300m', memory: '1Gi' },
    });
  });

  it('takes empty lists for none', () => {
    const resources = { requests: {}, limits: {} };
    const spec = defaulted({ resources: { limits: { 'hugepages-2Mi': '2Mi' } } }, { resources });
    assert.deepEqual(spec?.resources, resources);
  });
});

describe('defaults of a template', () => {
  it('leaves to the Pod what is derived from it', () => {
    const { spec } = defaultPodTemplate({
      spec: {
        hostNetwork: true,
        containers: [
          { name: 'app', image: 'a:1', ports: [{ containerPort: 80 }], resources: { limits: { cpu: '1' } } },
        ],
      },
    });
    assert.equal(spec?.enableServiceLinks, undefined);
    assert.deepEqual(spec?.containers[0]?.ports, [{ containerPort: 80, protocol: 'TCP' }]);
    assert.deepEqual(spec?.containers[0]?.resources, { limits: { cpu: '1' } });
  });
});
