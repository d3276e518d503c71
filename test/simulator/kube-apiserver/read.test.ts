import assert from 'node:assert/strict';
import type { KubeObject, Pod } from '../../../src/api/object.ts';
import type { WatchEvent } from '../../../src/simulator/client/client.ts';
import { Cluster, pod } from './server-fixture.ts';

const names = ({ items }: { items: readonly KubeObject[] }) => items.map(({ metadata }) => metadata.name);

function threePods(): Cluster {
  return new Cluster(
    pod('b', { nodeName: 'node1' }, { labels: { app: 'web' } }),
    pod('a', {}, { labels: { app: 'web', tier: 'front' } }),
    pod('c', { nodeName: 'node2' }),
  );
}

describe('list', () => {
  it('gives the objects of a namespace by name, or of all', () => {
    const cluster = threePods();
    cluster.add({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'other' } });
    cluster.add({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: 'other' } });
    cluster.add(pod('d', {}, { namespace: 'other' }));
    assert.deepEqual(names(cluster.kubectl.list('pods', { namespace: 'default' })), ['a', 'b', 'c']);
    assert.deepEqual(names(cluster.kubectl.list('pods')), ['a', 'b', 'c', 'd']);
    assert.equal(cluster.kubectl.list('pods').resourceVersion, String(cluster.etcd.revision));
  });

  const selections: [options: Parameters<Cluster['kubectl']['list']>[1], expected: string[]][] = [
    [{ labelSelector: 'app=web' }, ['a', 'b']],
    [{ labelSelector: 'app=web,tier notin (front)' }, ['b']],
    [{ fieldSelector: 'spec.nodeName=node1' }, ['b']],
    [{ fieldSelector: 'spec.nodeName=' }, ['a']],
    [{ fieldSelector: 'metadata.name!=b,status.phase=Pending' }, ['a', 'c']],
    [{ fieldSelector: 'spec.hostNetwork=false', labelSelector: '!app' }, ['c']],
  ];
  for (const [options, expected] of selections) {
    it(`selects ${JSON.stringify(options)}`, () =>
      assert.deepEqual(names(threePods().kubectl.list('pods', options)), expected));
  }

  it('answers 400 to selectors that cannot be understood or that the resource does not have', () => {
    const cluster = threePods();
    const refused = ['spec.containers=x', 'spec'].map((fieldSelector) => {
      cluster.kubectl.list('pods', { fieldSelector });
      const { code, body } = cluster.trace('response').at(-1) ?? {};
      return [code, (body as { message?: string }).message];
    });
    assert.deepEqual(refused, [
      [400, 'field label not supported: spec.containers'],
      [400, "invalid selector: 'spec'; can't understand 'spec'"],
    ]);
  });

  it('shows Events of both API groups as each of them writes them', () => {
    const cluster = new Cluster();
    const regarding = { kind: 'Pod', name: 'myapp', namespace: 'default' };
    const event = { apiVersion: 'events.k8s.io/v1', kind: 'Event', metadata: { name: 'e', namespace: 'default' } };
    const client = cluster.server.connect('kube-scheduler');
    const details = {
      regarding,
      reason: 'Scheduled',
      note: 'Successfully assigned',
      eventTime: '2026-01-01T00:00:00.000000Z',
    };
    const reporting = { reportingController: 'default-scheduler', reportingInstance: 'default-scheduler-a' };
    const body = { ...event, ...details, ...reporting, type: 'Normal', action: 'Binding' };
    client.create({ resource: 'events.events.k8s.io', namespace: 'default' }, body);
    const [core] = cluster.kubectl.list('events').items as unknown as Record<string, unknown>[];
    assert.deepEqual(
      [
        core?.['apiVersion'],
        core?.['involvedObject'],
        core?.['message'],
        core?.['reportingComponent'],
        core?.['source'],
      ],
      ['v1', regarding, 'Successfully assigned', 'default-scheduler', {}],
    );
    const [modern] = cluster.kubectl.list('events.events.k8s.io').items as unknown as Record<string, unknown>[];
    assert.deepEqual(
      [modern?.['apiVersion'], modern?.['regarding'], modern?.['note']],
      ['events.k8s.io/v1', regarding, 'Successfully assigned'],
    );
    assert.deepEqual(cluster.trace('request').at(-3)?.event, { reason: 'Scheduled', about: 'Pod/myapp' });
    client.patch({ resource: 'events.events.k8s.io', namespace: 'default', name: 'e' }, 'strategic', {
      series: { count: 2, lastObservedTime: '2026-01-01T00:01:00.000000Z' },
    });
    assert.deepEqual(cluster.trace('request').at(-1)?.event, { reason: 'Scheduled', about: 'Pod/myapp' });
    const [counted] = cluster.kubectl.list('events').items as unknown as Record<string, unknown>[];
    assert.deepEqual(counted?.['series'], { count: 2, lastObservedTime: '2026-01-01T00:01:00.000000Z' });
  });
});

describe('watch', () => {
  /** What a watcher sees of the work: change and name. */
  function seen(cluster: Cluster, actor: string, options: object, work: () => void): string[] {
    const events: string[] = [];
    const note = ({ change, object }: WatchEvent<Pod>) => events.push(`${change} ${object.metadata.name}`);
    const resourceVersion = String(cluster.etcd.revision);
    cluster.server.connect(actor).watch<Pod>('pods', { ...options, resourceVersion }, note);
    work();
    cluster.settle();
    return events;
  }

  it('delivers changes in order, later, and caused by the write', () => {
    const cluster = new Cluster();
    const events = seen(cluster, 'kube-scheduler', {}, () => {
      cluster.add(pod('a'));
      cluster.kubectl.delete({ resource: 'pods', namespace: 'default', name: 'a' });
    });
    assert.deepEqual(events, ['ADDED a', 'MODIFIED a', 'DELETED a']);
    const [first] = cluster.trace('watch');
    const cause = cluster.kernel.trace[first?.cause ?? -1];
    assert.deepEqual([first?.time, cause?.type, cause?.to], [2, 'store', 'etcd']);
  });

  it('tells a kubelet of the Pods of its node, from the moment they are its own', () => {
    const cluster = threePods();
    const events = seen(cluster, 'kubelet/node1', { fieldSelector: 'spec.nodeName=node1' }, () => {
      const scheduler = cluster.server.connect('kube-scheduler');
      const binding = {
        apiVersion: 'v1',
        kind: 'Binding',
        metadata: { name: 'a' },
        target: { kind: 'Node', name: 'node1' },
      };
      scheduler.create({ resource: 'pods', namespace: 'default', name: 'a', subresource: 'binding' }, binding);
      const label = { metadata: { labels: { x: 'y' } } };
      for (const name of ['a', 'c']) {
        cluster.kubectl.patch({ resource: 'pods', namespace: 'default', name }, 'merge', label);
      }
    });
    assert.deepEqual(events, ['ADDED a', 'MODIFIED a']);
  });

  it('tells that an object enters or leaves a selection', () => {
    const cluster = threePods();
    const events = seen(cluster, 'kubectl', { labelSelector: 'app=web' }, () => {
      for (const [name, app] of [
        ['a', 'db'],
        ['c', 'web'],
      ] as const) {
        const patch = { metadata: { labels: { app } } };
        cluster.kubectl.patch({ resource: 'pods', namespace: 'default', name }, 'merge', patch);
      }
    });
    assert.deepEqual(events, ['DELETED a', 'ADDED c']);
  });

  it('begins with what happened after the revision it asks for, and ends when it is stopped', () => {
    const cluster = new Cluster();
    const resourceVersion = String(cluster.etcd.revision);
    cluster.add(pod('a'));
    const events: string[] = [];
    const watch = cluster.kubectl.watch<Pod>('pods', { namespace: 'default', resourceVersion }, ({ object }) =>
      events.push(object.metadata.name ?? ''),
    );
    cluster.settle();
    cluster.add(pod('b'));
    watch.stop();
    cluster.settle();
    assert.deepEqual(events, ['a']);
  });
});
