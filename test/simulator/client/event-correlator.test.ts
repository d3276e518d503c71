// How much a component may say about one object.
import assert from 'node:assert/strict';
import { EventCorrelator } from '../../../src/simulator/client/event-correlator.ts';

const web = { apiVersion: 'apps/v1', kind: 'ReplicaSet', namespace: 'default', name: 'web', uid: '1' };

describe('EventCorrelator', () => {
  it('combines from the tenth different message on', () => {
    const correlator = new EventCorrelator();
    const texts = Array.from({ length: 12 }, (_, i) =>
      correlator.aggregate(web, 'Normal', 'SuccessfulCreate', `Created pod: ${i}`, 0),
    );
    assert.deepEqual([texts[8]?.message, texts[8]?.combined], ['Created pod: 8', false]);
    assert.equal(texts[9]?.message, '(combined from similar events): Created pod: 9');
    assert.equal(texts[9]?.key, texts[11]?.key);
  });

  it('does not combine what is said again, about another object, or much later', () => {
    const correlator = new EventCorrelator();
    const combined = (object: typeof web, message: string, now: number) =>
      correlator.aggregate(object, 'Warning', 'BackOff', message, now).combined;
    for (let i = 0; i < 20; i++) assert.equal(combined(web, 'again', 0), false);
    for (let i = 0; i < 20; i++) assert.equal(combined({ ...web, uid: String(i) }, `text ${i}`, 0), false);
    for (let i = 0; i < 20; i++) assert.equal(combined(web, `late ${i}`, i * 700_000 + 700_000), false);
  });

  it('lets 25 writes about an object through, then one every five minutes', () => {
    const correlator = new EventCorrelator();
    const admitted = Array.from({ length: 30 }, () => correlator.admits(web, 1000)).filter(Boolean).length;
    assert.equal(admitted, 25);
    assert.equal(correlator.admits({ ...web, uid: '2' }, 1000), true);
    assert.deepEqual([correlator.admits(web, 200_000), correlator.admits(web, 302_000)], [false, true]);
  });
});
