import { deepEqual, equal } from 'node:assert/strict';
import { Kernel } from '../../../src/simulator/kernel/kernel.ts';
import { Waits } from '../../../src/simulator/kube-scheduler/waits.ts';

describe('Waits', () => {
  const limits = { horizon: 10_000, maxSteps: 100 };

  it('does not keep a run going, until something happens that may be waited for', () => {
    const kernel = new Kernel({ seed: 1 });
    const waits = new Waits(kernel, 'kube-scheduler');
    const looks: number[] = [];
    waits.add(1000, () => looks.push(kernel.now));
    equal(kernel.run(limits), 'quiet');
    deepEqual(looks, []);
    waits.expect();
    waits.expect();
    kernel.run(limits);
    deepEqual(looks, [1000]);
    waits.expect();
    equal(kernel.run(limits), 'quiet');
    deepEqual(looks, [1000]);
  });
});
