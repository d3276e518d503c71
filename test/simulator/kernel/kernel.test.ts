import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Kernel } from '../../../src/simulator/kernel/kernel.ts';

const limits = { horizon: 1_000_000, maxSteps: 10_000 };
const note = (text: string) => ({ type: 'output', stream: 'stdout', text }) as const;
const newKernel = () => new Kernel({ seed: 1 });

describe('Kernel', () => {
  it('works in the order of time, then of asking', () => {
    const kernel = newKernel();
    const done: string[] = [];
    kernel.after(5, 'a', () => done.push('late'));
    kernel.after(1, 'a', () => done.push('first'));
    kernel.after(1, 'a', () => kernel.after(0, 'a', () => done.push('asked for by the second')));
    kernel.after(1, 'a', () => done.push('third'));
    assert.equal(kernel.run(limits), 'quiet');
    assert.deepEqual(done, ['first', 'third', 'asked for by the second', 'late']);
    assert.equal(kernel.now, 5);
  });

  it('keeps any set of steps sorted', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50)), (delays) => {
        const kernel = newKernel();
        const seen: number[] = [];
        for (const delay of delays) kernel.after(delay, 'a', () => seen.push(kernel.now));
        kernel.run(limits);
        assert.deepEqual(
          seen,
          [...delays].sort((a, b) => a - b),
        );
      }),
    );
  });

  it('records the cause of what a step brings about', () => {
    const kernel = newKernel();
    kernel.after(1, 'a', () => {
      const first = kernel.record('a', 'b', note('first'));
      kernel.causedBy(first, () => kernel.after(2, 'b', () => kernel.record('b', 'c', note('second'))));
      kernel.record('a', 'b', note('third'));
    });
    kernel.run(limits);
    assert.deepEqual(
      kernel.trace.map(({ seq, time, cause }) => [seq, time, cause]),
      [
        [0, 1, undefined],
        [1, 1, undefined],
        [2, 3, 0],
      ],
    );
  });

  it('runs a process through its waits', () => {
    const kernel = newKernel();
    const times: number[] = [];
    kernel.start(
      'a',
      (function* () {
        times.push(kernel.now);
        yield 10;
        times.push(kernel.now);
        yield 5;
        times.push(kernel.now);
      })(),
    );
    kernel.run(limits);
    assert.deepEqual(times, [0, 10, 15]);
  });

  it('does not do what was cancelled, and is quiet without it', () => {
    const kernel = newKernel();
    let done = 0;
    const timer = kernel.after(10, 'a', () => done++);
    kernel.after(1, 'a', () => timer.cancel());
    assert.equal(kernel.run(limits), 'quiet');
    assert.deepEqual([done, kernel.now], [0, 1]);
  });

  it('is quiet when only background steps are left', () => {
    const kernel = newKernel();
    kernel.after(100, 'a', () => assert.fail('nobody waits for this'), { background: true });
    kernel.after(3, 'a', () => undefined);
    assert.equal(kernel.run(limits), 'quiet');
    assert.equal(kernel.now, 3);
  });

  it('ends at the horizon and at the cap instead of hanging', () => {
    const forever = (kernel: Kernel) => {
      const again = () => void kernel.after(1, 'a', again);
      again();
      return kernel;
    };
    const kernel = forever(newKernel());
    assert.equal(kernel.run({ horizon: 50, maxSteps: 10_000 }), 'horizon');
    assert.equal(kernel.now, 50);
    assert.equal(forever(newKernel()).run({ horizon: 1e9, maxSteps: 100 }), 'step-cap');
  });

  it('stops when what was awaited holds', () => {
    const kernel = newKernel();
    kernel.after(5, 'a', () => undefined);
    kernel.after(9, 'a', () => undefined);
    assert.equal(
      kernel.run(limits, () => kernel.now >= 5),
      'reached',
    );
    assert.equal(kernel.now, 5);
    kernel.runTo(7, 100);
    assert.equal(kernel.now, 7);
  });

  it('leaves no trace of a look from outside', () => {
    const kernel = newKernel();
    assert.equal(
      kernel.untraced(() => kernel.record('a', 'b', note('unseen'))),
      -1,
    );
    assert.equal(kernel.record('a', 'b', note('seen')), 0);
    assert.equal(kernel.trace.length, 1);
  });

  it('refuses a step in the past', () => {
    assert.throws(() => newKernel().after(-1, 'a', () => undefined), /past/);
  });
});
