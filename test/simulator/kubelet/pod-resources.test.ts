import assert from 'node:assert/strict';
import type { Container } from '../../../src/api/object.ts';
import { podResources, podResourceStatus } from '../../../src/simulator/kubelet/pod-resources.ts';
import { makeContainer, makePod } from './pod-fixture.ts';

const cpu = (amount: string, fields: Partial<Container> = {}) =>
  makeContainer({ resources: { requests: { cpu: amount } }, ...fields });

describe('resources of a Pod', () => {
  it('containers add up', () => {
    assert.deepEqual(podResources(makePod({ containers: [cpu('100m'), cpu('1')] })).requests, { cpu: '1100m' });
  });

  it('an init container counts as far as it needs more', () => {
    const pod = (init: string) => makePod({ containers: [cpu('500m')], initContainers: [cpu(init)] });
    assert.deepEqual(podResources(pod('2')).requests, { cpu: '2' });
    assert.deepEqual(podResources(pod('100m')).requests, { cpu: '500m' });
  });

  it('sidecars count beside what runs after them', () => {
    const sidecar = cpu('200m', { restartPolicy: 'Always' });
    const pod = makePod({ containers: [cpu('500m')], initContainers: [sidecar, cpu('600m')] });
    assert.deepEqual(podResources(pod).requests, { cpu: '800m' });
  });

  it('overhead is added, and what the Pod says itself goes before', () => {
    const pod = makePod({ containers: [cpu('1')], overhead: { cpu: '250m' } });
    assert.deepEqual(podResources(pod).requests, { cpu: '1250m' });
    const own = makePod({ containers: [cpu('1')], resources: { requests: { cpu: '3' } } });
    assert.deepEqual(podResources(own).requests, { cpu: '3' });
  });

  it('the status tells requests as allocated', () => {
    assert.deepEqual(podResourceStatus(makePod()), { resources: {} });
    assert.deepEqual(podResourceStatus(makePod({ containers: [cpu('1')] })), {
      resources: { requests: { cpu: '1' } },
      allocatedResources: { cpu: '1' },
    });
  });

  it('of a Pod that has just ended, only the memory requests are left', () => {
    const resources = { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '1' } };
    const pod = makePod({ containers: [{ name: 'app', image: 'nginx', resources }] });
    assert.deepEqual(podResourceStatus(pod, true).resources, { requests: { memory: '1Gi' } });
    assert.deepEqual(podResourceStatus(makePod({ resources }), true).resources, {
      requests: { cpu: '1', memory: '1Gi' },
      limits: { cpu: '1' },
    });
  });
});
