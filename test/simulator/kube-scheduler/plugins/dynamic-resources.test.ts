import { equal } from 'node:assert/strict';
import type { KubeObject } from '../../../../src/api/object.ts';
import { snapshotOf } from '../../../../src/simulator/kube-scheduler/index.ts';
import { dynamicResources } from '../../../../src/simulator/kube-scheduler/plugins/dynamic-resources.ts';
import { isWokenBy, judge, makeNode, makePod } from '../cluster.ts';

describe('DynamicResources', () => {
  const claim = (name: string, metadata: object = {}): KubeObject => ({
    apiVersion: 'resource.k8s.io/v1',
    kind: 'ResourceClaim',
    metadata: { name, namespace: 'default', ...metadata },
  });
  const wanting = (resourceClaims: NonNullable<ReturnType<typeof makePod>['spec']>['resourceClaims']) =>
    makePod('x', { resourceClaims: resourceClaims ?? [] });
  const reason = (cluster: KubeObject[], pod: ReturnType<typeof makePod>) =>
    dynamicResources.preEnqueue?.(pod, snapshotOf(cluster).listers)?.reasons.join() ?? 'enters';

  it('waits for claims to exist', () => {
    const pod = wanting([{ name: 'gpu', resourceClaimName: 'gpu' }]);
    equal(reason([], pod), 'could not find ResourceClaim "default/gpu"');
    equal(
      reason([claim('gpu', { deletionTimestamp: '2026-01-01T00:00:00Z' })], pod),
      'resourceclaim "gpu" is being deleted',
    );
    equal(reason([claim('gpu')], pod), 'enters');
  });

  it('waits for claims that are made from a template', () => {
    const template = { name: 'gpu', resourceClaimTemplateName: 'gpu' };
    equal(reason([], wanting([template])), 'pod "default/x": ResourceClaim not created yet');
    const noted = {
      ...wanting([template]),
      status: { resourceClaimStatuses: [{ name: 'gpu', resourceClaimName: 'x-gpu' }] },
    };
    equal(
      reason([claim('x-gpu')], noted),
      'ResourceClaim default/x-gpu was not created for Pod default/x (Pod is not owner)',
    );
    const ownerReferences = [{ apiVersion: 'v1', kind: 'Pod', name: 'x', uid: 'x', controller: true }];
    equal(reason([claim('x-gpu', { ownerReferences })], noted), 'enters');
    equal(reason([], { ...noted, status: { resourceClaimStatuses: [{ name: 'gpu' }] } }), 'enters');
  });

  it('leaves the allocation of devices open', () => {
    const pod = wanting([{ name: 'gpu', resourceClaimName: 'gpu' }]);
    equal(judge([makeNode('a'), claim('gpu')], pod), 'unknown: allocating devices for ResourceClaims is not modelled');
    const deviceClass = {
      apiVersion: 'resource.k8s.io/v1',
      kind: 'DeviceClass',
      metadata: { name: 'gpu' },
      spec: { extendedResourceName: 'example.com/gpu' },
    };
    equal(
      judge([makeNode('a'), deviceClass], makePod('x', { requests: { 'example.com/gpu': '1' } })),
      'unknown: allocating example.com/gpu from the devices of DeviceClass gpu is not modelled',
    );
    equal(judge([makeNode('a'), deviceClass], makePod('x', { requests: { cpu: '1' } })), '→ a');
  });

  it('wakes a Pod when its claim comes', () => {
    const pod = wanting([{ name: 'gpu', resourceClaimName: 'gpu' }]);
    equal(isWokenBy(dynamicResources, pod, { resource: 'ResourceClaim', action: 'Add', after: claim('gpu') }), true);
    equal(isWokenBy(dynamicResources, pod, { resource: 'ResourceClaim', action: 'Add', after: claim('other') }), false);
  });
});
