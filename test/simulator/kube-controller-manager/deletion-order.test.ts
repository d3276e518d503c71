// Which Pods go first.
import assert from 'node:assert/strict';
import type { Pod } from '../../../src/api/object.ts';
import { formatTime } from '../../../src/simulator/kernel/time.ts';
import { deletionOrder } from '../../../src/simulator/kube-controller-manager/deletion-order.ts';

interface Traits {
  readonly node?: string;
  readonly phase?: string;
  /** Seconds ago. */
  readonly ready?: number;
  readonly created?: number;
  readonly restarts?: number;
  readonly cost?: string;
}

const now = 1_000_000;
const ago = (seconds: number) => formatTime(now - seconds * 1000);

function pod(name: string, { node = 'a', phase = 'Running', ready, created = 600, restarts, cost }: Traits = {}): Pod {
  const annotations: Record<string, string> =
    cost === undefined ? {} : { 'controller.kubernetes.io/pod-deletion-cost': cost };
  const condition = ready === undefined ? [] : [{ type: 'Ready', status: 'True', lastTransitionTime: ago(ready) }];
  const container = { name: 'c', image: 'i', imageID: '', ready: true, restartCount: restarts ?? 0 };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, uid: name, annotations, creationTimestamp: ago(created) },
    spec: { containers: [], ...(node && { nodeName: node }) },
    status: { phase, conditions: condition, containerStatuses: [container] },
  };
}

const rows: readonly (readonly [string, Pod, Pod])[] = [
  ['one without a node', pod('x', { node: '' }), pod('y')],
  ['a pending one', pod('x', { phase: 'Pending' }), pod('y')],
  ['one that is not ready', pod('x'), pod('y', { ready: 10 })],
  ['one that costs less', pod('x', { ready: 9, cost: '-1' }), pod('y', { ready: 9 })],
  ['one that has been ready for a shorter time', pod('x', { ready: 5 }), pod('y', { ready: 500 })],
  ['one with more restarts', pod('x', { restarts: 2 }), pod('y', { restarts: 1 })],
  ['a younger one', pod('x', { created: 5 }), pod('y', { created: 500 })],
  ['of about the same age the lower uid', pod('x', { ready: 500 }), pod('y', { ready: 400 })],
];

describe('deletionOrder', () => {
  for (const [title, first, second] of rows) {
    it(`gives up ${title} first`, () => {
      for (const pods of [
        [first, second],
        [second, first],
      ]) {
        assert.deepEqual(
          deletionOrder(pods, pods, now).map(({ metadata }) => metadata.name),
          ['x', 'y'],
        );
      }
    });
  }

  it('gives up one on a node with more Pods of the same owner first', () => {
    const [x, y, z] = [pod('x', { node: 'b' }), pod('y', { node: 'a' }), pod('z', { node: 'b' })];
    assert.equal(deletionOrder([y, x], [x, y, z], now)[0]?.metadata.name, 'x');
  });
});
