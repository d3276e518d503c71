// When a controller gets to work on a key.
import assert from 'node:assert/strict';
import { WorkQueue } from '../../../src/simulator/client/work-queue.ts';
import { Kernel } from '../../../src/simulator/kernel/kernel.ts';

const limits = { horizon: 10_000, maxSteps: 1000 };

function worked(use: (queue: WorkQueue, kernel: Kernel) => void, onWork: (queue: WorkQueue) => void = () => undefined) {
  const kernel = new Kernel({ seed: 1 });
  const times: string[] = [];
  const queue: WorkQueue = new WorkQueue(kernel, 'worker', (key) => {
    times.push(`${key}@${kernel.now}`);
    onWork(queue);
  });
  use(queue, kernel);
  kernel.run(limits, () => false);
  return times;
}

describe('WorkQueue', () => {
  it('works once on a key that was added twice', () => {
    assert.deepEqual(
      worked((queue) => [queue.add('a', 3), queue.add('a'), queue.add('b')]),
      ['b@0', 'a@3'],
    );
  });

  it('takes the earliest of several later times', () => {
    const times = worked((queue) => {
      queue.addAfter('a', 50);
      queue.addAfter('a', 20);
      queue.addAfter('a', 70);
    });
    assert.deepEqual(times, ['a@20']);
  });

  it('is not held back by a later time', () => {
    assert.deepEqual(
      worked((queue) => [queue.addAfter('a', 50), queue.add('a')]),
      ['a@0', 'a@50'],
    );
  });

  it('tries again each time twice as late, and from the beginning after a success', () => {
    let tries = 0;
    const times = worked(
      (queue) => queue.add('a'),
      (queue) => {
        if (++tries === 4) queue.forget('a');
        if (tries < 6) queue.retry('a');
      },
    );
    assert.deepEqual(times, ['a@0', 'a@5', 'a@15', 'a@35', 'a@40', 'a@50']);
  });

  it('keeps a run going for what is due soon, not for what is due late', () => {
    const end = (delay: number, background: boolean) => {
      const kernel = new Kernel({ seed: 1 });
      new WorkQueue(kernel, 'worker', () => undefined).addAfter('a', delay, { background });
      kernel.run(limits);
      return kernel.now;
    };
    assert.deepEqual([end(500, false), end(500, true)], [500, 0]);
  });
});
