import assert from 'node:assert/strict';
import { defaultIngressClass } from '../../../../src/simulator/kube-apiserver/admission/default-ingress-class.ts';
import { defaultStorageClass } from '../../../../src/simulator/kube-apiserver/admission/default-storage-class.ts';
import { defaultClass } from '../../../../src/api/default-class.ts';
import { ask, outcome } from '../admission-fixture.ts';
import type { Manifest } from '../server-fixture.ts';

const storage = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
  provisioner: 'example.com/p',
};
const ingress = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'IngressClass',
  metadata: { name: 'main', annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' } },
  spec: { controller: 'example.com/c' },
};
const cluster = [storage, ingress];
const requests = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
const claim = (spec: Manifest = {}, annotations = {}) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data', annotations },
  spec: { ...requests, ...spec },
});
const rule = (spec: Manifest = {}, annotations = {}) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'i', annotations },
  spec,
});

describe('DefaultStorageClass', () => {
  it('names the default class where the claim names none', () => {
    const spec = outcome(ask(defaultStorageClass, claim(), { cluster }));
    assert.deepEqual(spec, { ...requests, storageClassName: 'standard' });
    assert.equal(ask(defaultStorageClass, claim()), undefined);
  });

  it('leaves a class that is named, even as the empty text or in the old annotation', () => {
    const annotated = claim({}, { 'volume.beta.kubernetes.io/storage-class': 'x' });
    for (const given of [claim({ storageClassName: '' }), claim({ storageClassName: 'x' }), annotated]) {
      assert.equal(ask(defaultStorageClass, given, { cluster }), undefined);
    }
  });
});

describe('DefaultIngressClass', () => {
  it('names the default class where the Ingress names none', () => {
    assert.deepEqual(outcome(ask(defaultIngressClass, rule(), { cluster })), { ingressClassName: 'main' });
    assert.equal(ask(defaultIngressClass, rule()), undefined);
  });

  it('leaves a class that is named, in the old annotation as well', () => {
    for (const given of [rule({ ingressClassName: 'x' }), rule({}, { 'kubernetes.io/ingress.class': 'x' })]) {
      assert.equal(ask(defaultIngressClass, given, { cluster }), undefined);
    }
  });
});

describe('defaultClass', () => {
  it('is the newest of several, of equally new ones the first by name', () => {
    const made = (name: string, day: number) => ({
      apiVersion: 'v1',
      kind: 'C',
      metadata: { name, creationTimestamp: `2026-01-0${day}T00:00:00Z`, annotations: { mark: 'true' } },
    });
    assert.equal(defaultClass([made('a', 1), made('c', 2), made('b', 2)], ['mark']), 'b');
    assert.equal(defaultClass([made('a', 1)], ['other']), undefined);
  });
});
