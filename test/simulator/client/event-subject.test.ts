// How much a component may say about one object.
import assert from 'node:assert/strict';
import { EventSubject, subjectKey } from '../../../src/simulator/client/event-subject.ts';

const saying = (reason: string, message: string, fieldPath?: string) => ({
  type: 'Normal',
  reason,
  message,
  fieldPath,
  combined: false,
});

describe('EventSubject', () => {
  it('combines from the tenth different message on', () => {
    const subject = new EventSubject();
    const said = Array.from({ length: 12 }, (_, i) =>
      subject.aggregate(saying('SuccessfulCreate', `Created pod: ${i}`), 0),
    );
    assert.deepEqual([said[8]?.message, said[8]?.combined], ['Created pod: 8', false]);
    assert.equal(said[9]?.message, '(combined from similar events): Created pod: 9');
    const counts = said.slice(9).map((one) => subject.count(one, () => 'web.1').count);
    assert.deepEqual(counts, [1, 2, 3]);
  });

  it('does not combine what is said again, or much later', () => {
    const subject = new EventSubject();
    const combined = (message: string, now: number) => subject.aggregate(saying('BackOff', message), now).combined;
    for (let i = 0; i < 20; i++) assert.equal(combined('again', 0), false);
    for (let i = 0; i < 20; i++) assert.equal(combined(`late ${i}`, i * 700_000 + 700_000), false);
  });

  it('counts up what is the same in all but time, under its first name', () => {
    const subject = new EventSubject();
    let names = 0;
    const count = (message: string, fieldPath?: string) => {
      const { name, count } = subject.count(saying('Pulled', message, fieldPath), () => `web.${++names}`);
      return `${name} ${count}`;
    };
    assert.deepEqual(
      [count('a'), count('a'), count('b'), count('a', 'spec.containers{app}'), count('a')],
      ['web.1 1', 'web.1 2', 'web.2 1', 'web.3 1', 'web.1 3'],
    );
  });

  it('lets 25 writes about an object through, then one every five minutes', () => {
    const subject = new EventSubject();
    const admitted = Array.from({ length: 30 }, () => subject.admits(1000)).filter(Boolean).length;
    assert.equal(admitted, 25);
    assert.deepEqual([subject.admits(200_000), subject.admits(302_000)], [false, true]);
  });

  it('is told from others by the uid, where the object has one', () => {
    const web = { apiVersion: 'v1', kind: 'Pod', namespace: 'default', name: 'web' };
    assert.equal(subjectKey({ ...web, uid: '1' }), subjectKey({ ...web, uid: '1', resourceVersion: '7' }));
    assert.notEqual(subjectKey({ ...web, uid: '1' }), subjectKey({ ...web, uid: '2' }));
    assert.notEqual(subjectKey(web), subjectKey({ ...web, name: 'db' }));
  });
});
