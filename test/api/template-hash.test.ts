// Hashes as the real controllers made them (recorded on Kubernetes 1.36.3), and texts whose hash they are.
import assert from 'node:assert/strict';
import type { PodTemplateSpec } from '../../src/api/object.ts';
import { podTemplateHash, statefulSetRevisionHash } from '../../src/api/template-hash.ts';

const plain: PodTemplateSpec = {
  metadata: { labels: { app: 'delta', n: 'x0' } },
  spec: {
    containers: [
      {
        name: 'c0',
        image: 'nginx:latest',
        resources: {},
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
  },
};

const withContainer = (more: object): PodTemplateSpec => ({
  ...plain,
  spec: { ...plain.spec, containers: [{ ...plain.spec?.containers[0], name: 'c0', ...more }] },
});

describe('template hash', () => {
  it('of a Deployment is over the dump of the stored template', () => {
    assert.equal(podTemplateHash(plain), '564f74fcc6');
  });

  it('of a StatefulSet is over its patch', () => assert.equal(statefulSetRevisionHash(plain), '8669496889'));

  it('does not depend on the order of keys, nor on empty lists and maps', () => {
    const { spec, metadata } = plain;
    const reversed = {
      spec: { ...Object.fromEntries(Object.entries(spec ?? {}).reverse()), volumes: [], nodeSelector: {} },
      metadata: { ...metadata, labels: { n: 'x0', app: 'delta' }, annotations: {} },
    } as unknown as PodTemplateSpec;
    assert.equal(podTemplateHash(reversed), '564f74fcc6');
  });

  it('counts a collision count of zero', () => {
    const hashes = [undefined, 0, 1, 300].map((count) => podTemplateHash(plain, count));
    assert.equal(new Set(hashes).size, 4);
    assert.equal(statefulSetRevisionHash(plain, 0), statefulSetRevisionHash(plain));
    assert.notEqual(statefulSetRevisionHash(plain, 1), statefulSetRevisionHash(plain));
  });

  it('tells quantities, ports and texts apart', () => {
    const containers = [
      { resources: { requests: { memory: '64Mi' } } },
      { resources: { requests: { memory: '100Ti' } } },
      { resources: { requests: { cpu: '100m' } } },
      { resources: { requests: { cpu: '0' } } },
      { livenessProbe: { httpGet: { port: 80 } } },
      { livenessProbe: { httpGet: { port: '80' } } },
      { args: ['é', '日', '😀'] },
      { stdin: true },
    ];
    const hashes = containers.flatMap((more) => [
      podTemplateHash(withContainer(more)),
      statefulSetRevisionHash(withContainer(more)),
    ]);
    assert.equal(new Set(hashes).size, 2 * containers.length);
  });

  it('is unknown for a template with times', () => {
    const metadata = { ...plain.metadata, creationTimestamp: '2026-01-01T00:00:00Z' };
    assert.equal(podTemplateHash({ ...plain, metadata }), undefined);
  });
});
