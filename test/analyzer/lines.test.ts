import assert from 'node:assert/strict';
import { linesOf } from '../../src/analyzer/lines.ts';
import type { TraceEntry } from '../../src/simulator/trace.ts';

const line = (seq: number, type: 'output' | 'command'): TraceEntry =>
  ({ seq, time: 0, from: 'kubectl', to: 'user', type }) as unknown as TraceEntry;

describe('the lines of a trace by their type', () => {
  it('come in their order, and none of a type that is not there', () => {
    const trace = [line(0, 'command'), line(1, 'output'), line(2, 'output')];
    assert.deepEqual(
      linesOf(trace, 'output').map(({ seq }) => seq),
      [1, 2],
    );
    assert.deepEqual(linesOf(trace, 'decision'), []);
  });

  it('are sorted out anew when the trace has grown', () => {
    const trace = [line(0, 'output')];
    assert.equal(linesOf(trace, 'output').length, 1);
    trace.push(line(1, 'output'));
    assert.equal(linesOf(trace, 'output').length, 2);
  });
});
