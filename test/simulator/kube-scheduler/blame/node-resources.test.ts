import assert from 'node:assert/strict';
import { makeNode, makePod } from '../cluster.ts';
import { blamed } from '../blame.ts';

import { amountText } from '../../../../src/simulator/kube-scheduler/index.ts';

const container = (name: string, requests: Readonly<Record<string, string>>) => ({ name, resources: { requests } });

describe('blame for resources', () => {
  it('falls on the largest request, with what is free', () => {
    const containers = [container('x', { cpu: '500m' }), container('y', { cpu: '3' })];
    const cluster = [makeNode('a'), makePod('other', { on: 'a', requests: { cpu: '1500m' } })];
    assert.deepEqual(blamed(cluster, makePod('p', { containers }), 'NodeResourcesFit'), [
      'a lacks 1 of cpu: 3500m asked, 2500m of 4 free | spec.containers[1].resources.requests[cpu] | Node a status.allocatable[cpu]',
    ]);
  });

  it('falls on each resource, and says what the node never had', () => {
    const requests = { cpu: '1', memory: '12Gi', 'example.com/gpu': '1' };
    assert.deepEqual(blamed([makeNode('a')], makePod('p', { requests }), 'NodeResourcesFit'), [
      'a lacks 4Gi of memory: 12Gi asked, 8Gi in all | spec.containers[0].resources.requests[memory] | Node a status.allocatable[memory]',
      'a has no example.com/gpu | spec.containers[0].resources.requests[example.com/gpu] | Node a status.allocatable[example.com/gpu]',
    ]);
  });

  it('falls on an init container that makes the peak, and on the Pod where that asks as a whole', () => {
    const initContainers = [container('init', { cpu: '5' })];
    assert.match(
      blamed([makeNode('a')], makePod('p', { initContainers }), 'NodeResourcesFit')[0] ?? '',
      /spec\.initContainers\[0\]/,
    );
    const resources = { requests: { cpu: '5' } };
    assert.match(
      blamed([makeNode('a')], makePod('p', { resources }), 'NodeResourcesFit')[0] ?? '',
      / spec\.resources\.requests\[cpu\]/,
    );
  });

  it('says that there is no place left', () => {
    const node = makeNode('a', { allocatable: { cpu: '4', memory: '8Gi', pods: '1' } });
    assert.deepEqual(blamed([node, makePod('x', { on: 'a' })], makePod('p'), 'NodeResourcesFit'), [
      'a has its 1 Pod already | spec | Node a status.allocatable[pods]',
    ]);
  });

  it('writes amounts as people do', () => {
    assert.deepEqual(
      [amountText('cpu', 1500), amountText('cpu', 2000), amountText('memory', 1.5 * 2 ** 30), amountText('pods', 110)],
      ['1500m', '2', '1536Mi', '110'],
    );
  });
});
