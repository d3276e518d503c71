// The recorded sentences of admission plugins, and the fields that they mean.
import assert from 'node:assert/strict';
import { placeOfForbidden } from '../../src/analyzer/forbidden.ts';

const pod = {
  spec: {
    containers: [
      { name: 'app', resources: { requests: { cpu: '100m', memory: '32Mi' }, limits: { cpu: '1' } } },
      { name: 'side', resources: { requests: { cpu: '1500m' }, limits: { cpu: 4 } } },
    ],
    initContainers: [{ name: 'init' }],
  },
};
const ask = (message: string, object: unknown = pod) => {
  const place = placeOfForbidden(`pods "web" is forbidden: ${message}`, object, 'shop');
  return (
    place && [
      place.path,
      place.explanation,
      ...place.related.map(({ object: o, path }) => `${o.kind} ${o.namespace}/${o.name} ${path}`),
    ]
  );
};

describe('the place of what admission forbids', () => {
  it('is the amount that a LimitRange does not allow', () => {
    assert.deepEqual(ask('minimum memory usage per Container is 64Mi, but request is 32Mi'), [
      'spec.containers[0].resources.requests[memory]',
      'A LimitRange of the namespace wants at least 64Mi of memory for each Container: ask for more.',
    ]);
    assert.equal(
      ask('maximum cpu usage per Container is 2, but limit is 4')?.[0],
      'spec.containers[1].resources.limits[cpu]',
    );
    assert.equal(ask('maximum cpu usage per Pod is 2, but limit is 5')?.[0], 'spec.containers');
    assert.equal(
      ask('minimum storage usage per PersistentVolumeClaim is 1Gi, but request is 10Mi', {})?.[0],
      'spec.resources.requests[storage]',
    );
  });

  it('is the first of several amounts', () => {
    const both =
      '[minimum memory usage per Container is 64Mi, but request is 32M, maximum cpu usage per Pod is 2, but limit is 5]';
    assert.match(String(ask(both)?.[1]), /at least 64Mi of memory/);
  });

  it('is the largest request that a quota has no room for, and the quota', () => {
    const message =
      'exceeded quota: compute, requested: requests.cpu=1600m,requests.memory=32Mi, used: requests.cpu=1,requests.memory=0, limited: requests.cpu=2,requests.memory=1Gi';
    assert.deepEqual(ask(message), [
      'spec.containers[1].resources.requests[cpu]',
      'The quota compute of the namespace allows 2 of requests.cpu, 1 are used, and this asks for 1600m: ask for less, or raise the quota.',
      'ResourceQuota shop/compute spec.hard[requests.cpu]',
    ]);
  });

  it('is the whole object where it is the number that counts', () => {
    assert.deepEqual(ask('exceeded quota: objects, requested: pods=1, used: pods=5, limited: pods=5')?.[0], '');
  });

  it('is the container that says nothing of what a quota counts', () => {
    assert.deepEqual(
      ask('failed quota: compute: must specify limits.cpu for: init,side; limits.memory for: init')?.slice(0, 2),
      [
        'spec.containers[1].resources',
        'The quota compute of the namespace counts limits.cpu: every container has to say how much it needs.',
      ],
    );
  });

  it('is the field that a Pod Security Standard wants otherwise', () => {
    const message =
      'violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "side" must set securityContext.allowPrivilegeEscalation=false), runAsNonRoot != true (pod or container "side" must set securityContext.runAsNonRoot=true)';
    assert.deepEqual(ask(message), [
      'spec.containers[1].securityContext.allowPrivilegeEscalation',
      'The namespace enforces the Pod Security Standard restricted:latest: container "side" must set securityContext.allowPrivilegeEscalation=false, and 1 more.',
    ]);
    assert.equal(ask('violates PodSecurity "baseline:latest": host namespaces (hostNetwork=true)')?.[0], 'spec');
  });

  it('is not known of other sentences, and of objects of any shape', () => {
    assert.equal(ask('User "x" cannot create resource'), undefined);
    for (const odd of [null, 'x', { spec: 1 }, { spec: { containers: [null, 1, { resources: 1 }] } }]) {
      assert.ok(ask('maximum cpu usage per Container is 2, but limit is 4', odd));
      assert.ok(ask('exceeded quota: q, requested: cpu=1, used: cpu=1, limited: cpu=1', odd));
    }
  });
});
