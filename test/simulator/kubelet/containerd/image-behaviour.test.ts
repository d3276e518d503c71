import assert from 'node:assert/strict';
import { parseDuration } from '../../../../src/base/duration.ts';
import { durationOr } from '../../../../src/simulator/kubelet/containerd/image-behaviour.ts';

describe('durations of behaviours', () => {
  const rows: [string, number | undefined][] = [
    ['4s', 4000],
    ['800ms', 800],
    ['1m30s', 90_000],
    ['1.5s', 1500],
    ['.5s', 500],
    ['2h', 7_200_000],
    ['250us', 0.25],
    ['0', 0],
    ['4', undefined],
    ['never', undefined],
    ['', undefined],
  ];
  for (const [text, milliseconds] of rows) {
    it(`${text || '(nothing)'} is ${milliseconds} ms`, () => assert.equal(parseDuration(text), milliseconds));
  }

  it('has a default for what is not given', () => {
    assert.equal(durationOr(undefined, 300), 300);
    assert.equal(durationOr('1s', 300), 1000);
  });
});
