import assert from 'node:assert/strict';
import type { Pod } from '../../../../src/api/object.ts';
import { podTopologyLabels } from '../../../../src/simulator/kube-apiserver/admission/pod-topology-labels.ts';
import { storageObjectInUseProtection } from '../../../../src/simulator/kube-apiserver/admission/storage-object-in-use-protection.ts';
import { taintNodesByCondition } from '../../../../src/simulator/kube-apiserver/admission/taint-nodes-by-condition.ts';
import { ask, outcome } from '../admission-fixture.ts';
import { Cluster, pod, type Manifest } from '../server-fixture.ts';

const node = (spec: Manifest = {}, labels = {}) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'node1', labels },
  spec,
});

describe('TaintNodesByCondition', () => {
  const notReady = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' };

  it('keeps Pods from a new Node, once', () => {
    const gpu = { key: 'dedicated', effect: 'NoSchedule' };
    assert.deepEqual(outcome(ask(taintNodesByCondition, node({ taints: [gpu] }))), { taints: [gpu, notReady] });
    assert.equal(ask(taintNodesByCondition, node({ taints: [notReady] })), undefined);
    assert.equal(ask(taintNodesByCondition, node(), { operation: 'UPDATE', old: node() }), undefined);
  });
});

describe('StorageObjectInUseProtection', () => {
  it('holds volumes and claims by a finalizer', () => {
    const volume = { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'v', finalizers: ['a'] } };
    const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'c' } };
    const finalizers = (manifest: Manifest) => {
      const verdict = ask(storageObjectInUseProtection, manifest);
      return verdict && 'object' in verdict && verdict.object.metadata.finalizers;
    };
    assert.deepEqual(finalizers(volume), ['a', 'kubernetes.io/pv-protection']);
    assert.deepEqual(finalizers(claim), ['kubernetes.io/pvc-protection']);
    assert.equal(
      finalizers({ ...claim, metadata: { name: 'c', finalizers: ['kubernetes.io/pvc-protection'] } }),
      undefined,
    );
    assert.equal(finalizers(pod('a')), undefined);
  });
});

describe('PodTopologyLabels', () => {
  const labels = { 'topology.kubernetes.io/zone': 'a', 'kubernetes.io/hostname': 'node1' };
  const zone = { 'topology.kubernetes.io/zone': 'a' };

  it('labels a Pod that comes with a node', () => {
    const verdict = ask(podTopologyLabels, pod('a', { nodeName: 'node1' }), { cluster: [node({}, labels)] });
    assert.deepEqual(verdict && 'object' in verdict && verdict.object.metadata.labels, zone);
    assert.equal(ask(podTopologyLabels, pod('a', { nodeName: 'node1' })), undefined);
    assert.equal(ask(podTopologyLabels, pod('a')), undefined);
  });

  it('labels a Pod when it is bound', () => {
    const cluster = new Cluster(node({}, labels), pod('a', {}, { labels: { app: 'web' } }));
    const target = { resource: 'pods', namespace: 'default', name: 'a' };
    const binding = {
      apiVersion: 'v1',
      kind: 'Binding',
      metadata: { name: 'a' },
      target: { kind: 'Node', name: 'node1' },
    };
    cluster.server.connect('kube-scheduler').create({ ...target, subresource: 'binding' }, binding);
    const response = cluster.kubectl.get<Pod>(target);
    assert.deepEqual(response.ok && response.object.metadata.labels, { app: 'web', ...zone });
  });
});
