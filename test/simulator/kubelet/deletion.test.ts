import assert from 'node:assert/strict';
import type { Pod } from '../../../src/api/object.ts';
import { OneNode, settled, target, userPod } from './one-node.ts';

describe('deleting a Pod', () => {
  it('ends it with SIGTERM, tells how, and completes the deletion', () => {
    const node = settled({ images: { nginx: { stop: { delay: '1s' } } } }, {});
    node.admin.delete(target);
    node.run(500);
    assert.equal(node.summary(), 'Running ready; app: running');
    node.settle();
    assert.equal(node.summary(), 'gone');
    assert.ok(node.events().includes('Killing app: Stopping container app'));
    const phases = node.kernel.trace.flatMap((entry) =>
      entry.type === 'store' && entry.resource === 'pods' ? [(entry.object as Pod).status?.phase] : [],
    );
    assert.equal(phases.at(-1), 'Succeeded');
  });

  it('kills what does not listen when the grace period is over', () => {
    const node = settled(
      { images: { nginx: { stop: { ignoreTerm: true } } } },
      {},
      { terminationGracePeriodSeconds: 8 },
    );
    const began = node.kernel.now;
    node.admin.delete(target);
    node.run(8000);
    assert.notEqual(node.summary(), 'gone');
    node.settle();
    assert.equal(node.summary(), 'gone');
    assert.ok(node.kernel.now - began < 12_000);
  });

  it('breaks off a pull', () => {
    const node = new OneNode({ images: { nginx: { pull: { delay: '1h' } } } });
    node.createPod(userPod());
    node.run(2000);
    node.admin.delete(target);
    node.run(5000);
    assert.equal(node.summary(), 'gone');
  });

  it('runs the preStop hook first', () => {
    const lifecycle = { preStop: { exec: { command: ['bye'] } } };
    const node = settled({ containers: { app: { exec: { bye: [{ exit: 1, sleep: '2s' }] } } } }, { lifecycle });
    node.admin.delete(target);
    node.run(1500);
    assert.notEqual(node.summary(), 'gone');
    node.settle();
    assert.ok(node.events().includes('FailedPreStopHook app: PreStopHook failed'));
  });
});
