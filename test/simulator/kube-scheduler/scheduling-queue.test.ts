import { deepEqual, equal } from 'node:assert/strict';
import { defaultFramework, snapshotOf } from '../../../src/simulator/kube-scheduler/index.ts';
import { SchedulingQueue } from '../../../src/simulator/kube-scheduler/scheduling-queue.ts';
import { makeNode, makePod } from './cluster.ts';

function queueAt(clock: { now: number }) {
  return new SchedulingQueue({
    frameworks: [defaultFramework],
    frameworkOf: () => defaultFramework,
    listers: snapshotOf([]).listers,
    ongoing: { isPreempting: () => false },
    backoff: { initial: 1000, max: 10_000 },
    now: () => clock.now,
    cause: () => undefined,
    onReady: () => undefined,
    onGated: () => undefined,
  });
}

const names = (queue: SchedulingQueue) => {
  const order: string[] = [];
  for (let entry = queue.pop(); entry; entry = queue.pop()) order.push(entry.pod.metadata.name ?? '');
  return order;
};

const nodeCame = { resource: 'Node', action: 'Add', after: makeNode('a') } as const;

describe('SchedulingQueue', () => {
  it('hands out Pods by priority, then in the order of coming', () => {
    const queue = queueAt({ now: 0 });
    for (const [name, priority] of [
      ['a', 0],
      ['b', 5],
      ['c', 0],
      ['d', 5],
    ] as const)
      queue.add(makePod(name, { priority }));
    deepEqual(names(queue), ['b', 'd', 'a', 'c']);
    equal(queue.hasReady, false);
  });

  it('doubles the back-off with each failure, from 1 s to 10 s', () => {
    const clock = { now: 0 };
    const queue = queueAt(clock);
    queue.add(makePod('x'));
    const entry = queue.pop();
    if (!entry) throw new Error('nothing to try');
    const waits = Array.from({ length: 6 }, () => {
      queue.returnFailed(entry, ['TaintToleration']);
      return queue.backoffEnd(entry) - clock.now;
    });
    deepEqual(waits, [1000, 2000, 4000, 8000, 10_000, 10_000]);
    queue.returnFailed(entry, []);
    equal(queue.backoffEnd(entry), 1000);
  });

  it('wakes only Pods whose refusal the change can lift', () => {
    const queue = queueAt({ now: 0 });
    for (const [name, plugin] of [
      ['x', 'NodeName'],
      ['y', 'DefaultPreemption'],
    ] as const) {
      queue.add(makePod(name));
      const entry = queue.pop();
      if (entry) queue.returnFailed(entry, [plugin]);
    }
    equal(queue.isAnyUnschedulable, true);
    queue.onEvent(nodeCame);
    deepEqual(names(queue), ['x']);
  });

  it('tries Pods that back off when there is nothing else to do, and after those that do not', () => {
    const clock = { now: 0 };
    const queue = queueAt(clock);
    queue.add(makePod('slow', { priority: 9 }));
    const slow = queue.pop();
    if (slow) queue.returnFailed(slow, ['NodeName']);
    clock.now = 10;
    queue.onEvent(nodeCame);
    equal(slow?.place, 'backoff');
    queue.add(makePod('new'));
    deepEqual(names(queue), ['new', 'slow']);
  });

  it('takes the latest version of a Pod, and none that is gone', () => {
    const queue = queueAt({ now: 0 });
    const [before, after] = [makePod('x'), makePod('x', { labels: { v: '2' } })];
    queue.add(before);
    queue.add(makePod('gone'));
    queue.update(before, after);
    queue.delete(makePod('gone'));
    queue.delete(makePod('never'));
    equal(queue.pop()?.pod, after);
    equal(queue.pop(), undefined);
    queue.update(makePod('late'), makePod('late'));
    deepEqual(names(queue), ['late']);
  });

  it('does not take back a Pod that was deleted while it was tried', () => {
    const queue = queueAt({ now: 0 });
    queue.add(makePod('x'));
    const entry = queue.pop();
    queue.delete(makePod('x'));
    if (entry) queue.returnFailed(entry, ['NodeName']);
    equal(entry?.place, 'none');
    equal(queue.isAnyUnschedulable, false);
  });
});
