// What is too large, with the words of kube-apiserver 1.36.3 and its etcd.
import { equal } from 'node:assert/strict';
import type { Role } from '../../../../src/api/object.ts';
import { Growth, isLarge } from '../../../../src/simulator/kube-apiserver/limits/large.ts';
import { bodyRefusal, storeRefusal } from '../../../../src/simulator/kube-apiserver/limits/sizes.ts';

/** A Role with so many names of 205 bytes. */
const role = (names: number): Role => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'Role',
  metadata: { name: 'large', namespace: 'default' },
  rules: [
    {
      apiGroups: [''],
      resources: ['pods'],
      resourceNames: Array.from({ length: names }, (_, i) => 'n'.repeat(200) + String(i).padStart(5, '0')),
      verbs: ['get'],
    },
  ],
});

const stored = (names: number, isCustom = false) => {
  const refusal = storeRefusal(role(names), isCustom);
  return typeof refusal === 'object' ? `${refusal.code} ${refusal.message}` : refusal;
};

describe('sizes', () => {
  it('looks at nothing that is small', () => {
    equal(isLarge(role(3000)), false);
    equal(isLarge(role(4000)), true);
  });

  it('counts what is new in an object that is written again, and all of it once that is too much', () => {
    const growth = new Growth();
    const half = role(2000);
    const annotated = (text: string): Role => ({ ...half, metadata: { ...half.metadata, annotations: { text } } });
    equal(growth.isLarge('a', half, undefined, false), false);
    let before = half;
    for (let i = 0; i < 10; i++) {
      const next = annotated(String(i).repeat(100_000));
      equal(growth.isLarge('a', next, before, false), false, `after ${i} changes`);
      before = next;
    }
    equal(growth.isLarge('a', annotated('x'.repeat(400_000)), before, false), true);
    equal(growth.isLarge('b', role(4000), undefined, false), true);
    equal(growth.isLarge('b', { ...role(4000) }, role(4000), false), true, 'what was too large is so still');
  });

  it('looks at what is made from other objects once one of those is not tiny', () => {
    const growth = new Growth();
    equal(growth.isLarge('a', role(10), undefined, false), false);
    equal(growth.isLarge('b', role(4000), undefined, true), false);
    equal(growth.isLarge('c', role(1000), undefined, false), false);
    equal(growth.isLarge('d', role(4000), undefined, true), true);
  });

  it('refuses bodies of more than 3 MiB', () => {
    equal(bodyRefusal(role(15000)), undefined);
    equal(bodyRefusal(role(16000))?.message, 'Request entity too large: limit is 3145728');
    equal(bodyRefusal(role(16000))?.code, 413);
  });

  it('counts built-in kinds as Protobuf, of which only the least is known', () => {
    equal(stored(7400), undefined);
    equal(stored(7560), 'open');
    equal(stored(7650), '500 etcdserver: request is too large');
  });

  it('counts custom objects as JSON', () => {
    equal(stored(7560, true), 'open');
    equal(stored(7600, true), '500 etcdserver: request is too large');
  });

  it('leaves what is larger than a message to the client of etcd', () => {
    equal(stored(10_200)?.startsWith('500 rpc error: code = ResourceExhausted'), true);
  });
});
