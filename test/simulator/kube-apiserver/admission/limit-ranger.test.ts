import assert from 'node:assert/strict';
import type { Pod } from '../../../../src/api/object.ts';
import { limitRanger } from '../../../../src/simulator/kube-apiserver/admission/limit-ranger.ts';
import { ask, outcome } from '../admission-fixture.ts';
import { pod, type Manifest } from '../server-fixture.ts';

const limitRange = (name: string, ...limits: Manifest[]) => ({
  apiVersion: 'v1',
  kind: 'LimitRange',
  metadata: { name },
  spec: { limits },
});
const container = {
  type: 'Container',
  default: { cpu: '500m', memory: '256Mi' },
  defaultRequest: { cpu: '250m', memory: '128Mi' },
  max: { cpu: '2', memory: '1Gi' },
  min: { cpu: '50m', memory: '16Mi' },
  maxLimitRequestRatio: { cpu: '4' },
};
const whole = { type: 'Pod', max: { cpu: '3', memory: '2Gi' }, min: { cpu: '100m' } };
const claims = { type: 'PersistentVolumeClaim', min: { storage: '1Gi' }, max: { storage: '10Gi' } };
const claim = (storage: string) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } },
});
const of = (...resources: Manifest[]) => ({
  containers: resources.map((named, i) => ({ name: `c${i}`, image: 'nginx', resources: named })),
});
const sized = (cpu: string, memory = '64Mi') => ({ requests: { cpu, memory }, limits: { cpu, memory } });

describe('LimitRanger', () => {
  it('gives containers what they do not name, and says so', () => {
    const spec = { ...of({ limits: { cpu: '1' } }, {}), initContainers: [{ name: 'i', image: 'nginx' }] };
    const verdict = ask(limitRanger, pod('a', spec), { cluster: [limitRange('l', container)] });
    assert.ok(verdict && 'object' in verdict);
    const made = verdict.object as Pod;
    assert.deepEqual(made.spec?.containers[0]?.resources, {
      requests: { cpu: '250m', memory: '128Mi' },
      limits: { cpu: '1', memory: '256Mi' },
    });
    assert.equal(
      made.metadata.annotations?.['kubernetes.io/limit-ranger'],
      'LimitRanger plugin set: cpu, memory request for container c0; memory limit for container c0; ' +
        'cpu, memory request for container c1; cpu, memory limit for container c1; ' +
        'cpu, memory request for init container i; cpu, memory limit for init container i',
    );
    assert.deepEqual(verdict.changed, [
      'spec.containers[0].resources',
      'spec.containers[1].resources',
      'spec.initContainers[0].resources',
      'metadata.annotations',
    ]);
  });

  it('leaves a Pod alone that names everything, and one that is updated', () => {
    const cluster = [limitRange('l', container)];
    assert.equal(ask(limitRanger, pod('a', of(sized('1'))), { cluster }), undefined);
    const update = { operation: 'UPDATE', old: pod('a') } as const;
    assert.equal(ask(limitRanger, pod('a'), { cluster, ...update }), undefined);
    assert.equal(ask(limitRanger, pod('a'), { cluster, phase: 'validate', ...update }), undefined);
  });

  const ratio = 'cpu max limit to request ratio per Container is 4';
  const rows: [what: string, object: Manifest, limits: Manifest, text: string | undefined][] = [
    ['what is within bounds', pod('a', of(sized('1'))), container, undefined],
    [
      'a request below the minimum',
      pod('a', of(sized('10m'))),
      container,
      'minimum cpu usage per Container is 50m, but request is 10m',
    ],
    [
      'a limit above the maximum, in canonical form',
      pod('a', of(sized('1', '1.5Gi'))),
      container,
      'maximum memory usage per Container is 1Gi, but limit is 1536Mi',
    ],
    [
      'a ratio',
      pod('a', of({ requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '2', memory: '64Mi' } })),
      container,
      `${ratio}, but provided ratio is 20.000000`,
    ],
    [
      'several errors, each once',
      pod('a', of({}, {})),
      { type: 'Container', min: { cpu: '1' }, max: { cpu: '2' }, maxLimitRequestRatio: { cpu: '2' } },
      '[minimum cpu usage per Container is 1.  No request is specified, ' +
        'maximum cpu usage per Container is 2.  No limit is specified, ' +
        'cpu max limit to request ratio per Container is 2, but no request is specified or request is 0]',
    ],
    ['the sum of a Pod', pod('a', of(sized('2'), sized('2'))), whole, 'maximum cpu usage per Pod is 3, but limit is 4'],
    [
      'what a Pod names as a whole',
      pod('a', { ...of({}), resources: { requests: { cpu: '50m' }, limits: { cpu: '1', memory: '1Gi' } } }),
      whole,
      'minimum cpu usage per Pod is 100m, but request is 50m',
    ],
    [
      'a small claim',
      claim('100Mi'),
      claims,
      'minimum storage usage per PersistentVolumeClaim is 1Gi, but request is 100Mi',
    ],
    [
      'a large claim',
      claim('20Gi'),
      claims,
      'maximum storage usage per PersistentVolumeClaim is 10Gi, but request is 20Gi',
    ],
    ['a fitting claim', claim('5Gi'), claims, undefined],
  ];
  for (const [what, object, limits, text] of rows) {
    it(`judges ${what}`, () => {
      const told = outcome(ask(limitRanger, object, { phase: 'validate', cluster: [limitRange('l', limits)] }));
      const subject = object['kind'] === 'Pod' ? 'pods "a"' : 'persistentvolumeclaims "data"';
      assert.equal(told, text && `${subject} is forbidden: ${text}`);
    });
  }
});
