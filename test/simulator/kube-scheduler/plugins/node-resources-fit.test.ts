import { deepEqual, equal } from 'node:assert/strict';
import { nodeResourcesFit } from '../../../../src/simulator/kube-scheduler/plugins/node-resources-fit.ts';
import type { KubeObject } from '../../../../src/api/object.ts';
import { askFilter, askScore, isWokenBy, makeNode, makePod } from '../cluster.ts';

describe('NodeResourcesFit', () => {
  it('names every resource that is short, and tells a full node from one that is too small', () => {
    const cluster = [
      makeNode('full', { allocatable: { cpu: '2', memory: '4Gi', pods: '10' } }),
      makePod('old', { on: 'full', requests: { cpu: '1500m', memory: '3Gi' } }),
      makeNode('small', { allocatable: { cpu: '500m', memory: '1Gi', pods: '10' } }),
      makeNode('wide', { allocatable: { cpu: '1', memory: '2Gi', pods: '10' } }),
    ];
    const pod = makePod('x', { requests: { cpu: '1', memory: '2Gi' } });
    deepEqual(askFilter(nodeResourcesFit, cluster, pod), [
      'full: U Insufficient cpu, Insufficient memory',
      'small: U&U Insufficient cpu, Insufficient memory',
      'wide: fits',
    ]);
  });

  it('counts Pods, also for a Pod that requests nothing', () => {
    const cluster = [makeNode('a', { allocatable: { pods: '1' } }), makePod('old', { on: 'a' })];
    deepEqual(askFilter(nodeResourcesFit, cluster, makePod('x')), ['a: U Too many pods']);
  });

  it('counts extended resources, huge pages and ephemeral storage', () => {
    const allocatable = { pods: '10', 'ephemeral-storage': '1Gi', 'hugepages-2Mi': '4Mi', 'example.com/gpu': '1' };
    const cluster = [makeNode('a', { allocatable }), makePod('old', { on: 'a', requests: { 'example.com/gpu': '1' } })];
    const pod = (requests: Record<string, string>) => makePod('x', { requests });
    deepEqual(askFilter(nodeResourcesFit, cluster, pod({ 'example.com/gpu': '1' })), [
      'a: U Insufficient example.com/gpu',
    ]);
    deepEqual(askFilter(nodeResourcesFit, cluster, pod({ 'example.com/fpga': '1' })), [
      'a: U&U Insufficient example.com/fpga',
    ]);
    deepEqual(askFilter(nodeResourcesFit, cluster, pod({ 'example.com/fpga': '0' })), ['a: fits']);
    deepEqual(askFilter(nodeResourcesFit, cluster, pod({ 'hugepages-2Mi': '6Mi', 'ephemeral-storage': '2Gi' })), [
      'a: U&U Insufficient ephemeral-storage, Insufficient hugepages-2Mi',
    ]);
    deepEqual(askFilter(nodeResourcesFit, cluster, pod({ storage: '1Ti' })), ['a: fits']);
  });

  it('scores by what is left of cpu and memory, assuming 100m and 200Mi of containers that say nothing', () => {
    const allocatable = { cpu: '1', memory: '1000Mi', pods: '10' };
    const cluster = [
      makeNode('a', { allocatable }),
      makeNode('b', { allocatable }),
      makePod('old', { on: 'b' }),
      makeNode('c', { allocatable: { cpu: '1', pods: '10' } }),
      makeNode('d', { allocatable: { pods: '10' } }),
    ];
    deepEqual(askScore(nodeResourcesFit, cluster, makePod('x')), ['a: 85 85', 'b: 70 70', 'c: 90 90', 'd: 0 0']);
    const large = makePod('x', { requests: { cpu: '2', memory: '500Mi' } });
    deepEqual(askScore(nodeResourcesFit, cluster, large).slice(0, 1), ['a: 25 25']);
  });

  it('wakes a Pod when room may have come', () => {
    const pod = makePod('x', { requests: { cpu: '2' } });
    const small = makeNode('a', { allocatable: { cpu: '1', pods: '10' } });
    const wide = makeNode('a', { allocatable: { cpu: '4', pods: '10' } });
    const wakes = (event: Parameters<typeof isWokenBy>[2]) => isWokenBy(nodeResourcesFit, pod, event);
    equal(wakes({ resource: 'Node', action: 'Add', after: wide }), true);
    equal(wakes({ resource: 'Node', action: 'Add', after: small }), false);
    equal(wakes({ resource: 'Node', action: 'UpdateNodeAllocatable', before: small, after: wide }), true);
    equal(wakes({ resource: 'Node', action: 'UpdateNodeAllocatable', before: wide, after: wide }), false);
    equal(wakes({ resource: 'AssignedPod', action: 'Delete', before: makePod('y', { on: 'a' }) }), true);
    equal(wakes({ resource: 'UnschedulablePod', action: 'Delete', before: makePod('y') }), false);
    const shrunk = (name: string, from: string, to: string, on?: string) =>
      wakes({
        resource: 'AssignedPod',
        action: 'UpdatePodScaleDown',
        before: makePod(name, { ...(on && { on }), requests: { cpu: from } }),
        after: makePod(name, { ...(on && { on }), requests: { cpu: to } }),
      });
    equal(shrunk('y', '2', '1', 'a'), true);
    equal(shrunk('y', '1', '1', 'a'), false);
    equal(shrunk('y', '2', '1'), false);
    equal(shrunk('x', '2', '1'), true);
  });

  it('wakes a Pod when a class of devices comes to serve what it requests', () => {
    const deviceClass = (name: string, extendedResourceName?: string) =>
      ({
        apiVersion: 'resource.k8s.io/v1',
        kind: 'DeviceClass',
        metadata: { name },
        spec: { ...(extendedResourceName && { extendedResourceName }) },
      }) as KubeObject;
    const pod = makePod('x', { requests: { 'example.com/gpu': '1', 'deviceclass.resource.kubernetes.io/fpga': '1' } });
    const wakes = (after: KubeObject, before?: KubeObject) =>
      isWokenBy(nodeResourcesFit, pod, {
        resource: 'DeviceClass',
        action: before ? 'Update' : 'Add',
        after,
        ...(before && { before }),
      });
    equal(wakes(deviceClass('a', 'example.com/gpu')), true);
    equal(wakes(deviceClass('fpga')), true);
    equal(wakes(deviceClass('a')), false);
    equal(wakes(deviceClass('a', 'example.com/gpu'), deviceClass('a')), true);
    equal(wakes(deviceClass('a', 'example.com/gpu'), deviceClass('a', 'example.com/gpu')), false);
  });
});
