// Who hears of which objects, and how often.
import assert from 'node:assert/strict';
import type { KubeObject } from '../../../src/api/object.ts';
import type { Client, WatchEvent } from '../../../src/simulator/client/client.ts';
import { Informer } from '../../../src/simulator/client/informer.ts';

const pod = (name: string): KubeObject => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'default' } });

/** An informer over a list, and the watch it asks for. */
function started(...listed: string[]) {
  let tell: (event: WatchEvent<KubeObject>) => void = () => assert.fail('nobody watches');
  const client = {
    list: () => ({ items: listed.map(pod), resourceVersion: '1', warnings: [] }),
    watch: (_: string, __: unknown, onEvent: typeof tell) => {
      tell = onEvent;
      return { stop: () => undefined };
    },
  } as unknown as Client;
  const informer = new Informer<KubeObject>(client, 'pods');
  return { informer, tell: (event: WatchEvent<KubeObject>) => tell(event) };
}

/** Handlers that note what they hear. */
function listener(heard: string[], who: string) {
  const note = (what: string) => (object: KubeObject) => void heard.push(`${who} ${what} ${object.metadata.name}`);
  return { onAdd: note('added'), onUpdate: note('updated'), onDelete: note('deleted') };
}

describe('an informer', () => {
  it('tells who comes late of what is there', () => {
    const heard: string[] = [];
    const { informer, tell } = started('a', 'b');
    informer.handle(listener(heard, 'first')).start();
    informer.handle(listener(heard, 'late'));
    tell({ change: 'MODIFIED', object: pod('a') });
    tell({ change: 'DELETED', object: pod('b') });
    assert.deepEqual(heard, [
      ...['first added a', 'first added b', 'late added a', 'late added b'],
      ...['first updated a', 'late updated a', 'first deleted b', 'late deleted b'],
    ]);
  });

  it('tells who comes because of an object of that object once', () => {
    for (const listed of [['a'], []]) {
      const heard: string[] = [];
      const { informer, tell } = started(...listed);
      informer.handle({ onAdd: () => void informer.handle(listener(heard, 'called')) }).start();
      if (listed.length === 0) tell({ change: 'ADDED', object: pod('a') });
      assert.deepEqual(heard, ['called added a']);
    }
  });
});
