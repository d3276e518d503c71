// What the panel asks of the server, over the connection: the run of what stands in the editor, and all its sides.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { runIsGone, runsChanged, type Method, type Requests } from '../../src/protocol/requests.ts';
import { Client, uriOf, type ClientSetup } from './client.ts';

const sample = (name: string) => readFileSync(`media/samples/${name}`, 'utf8');
const tainted = readFileSync('media/samples/clusters/tainted.yaml', 'utf8');
const clusterFile = { '.applyscope/cluster.yaml': tainted };

describe('the panel’s requests', () => {
  let client: Client;
  afterEach(() => client.stop());
  const start = async (setup: ClientSetup = {}) => (client = await Client.start(setup));
  const ask = <M extends Method>(method: M, params: Requests[M]['params']) =>
    client.connection.sendRequest<Requests[M]['result']>(method, params);

  it('are answered from a run of the text as it is typed, not as it is stored', async () => {
    await start({ files: { ...clusterFile, 'pod.yaml': sample('pod-tolerating.yaml') } });
    const uris = [uriOf('pod.yaml')];
    assert.equal((await ask('applyscope/simulate', { uris })).banner.verdict, 'running');
    await client.open('pod.yaml', sample('pod.yaml'));
    const view = await ask('applyscope/simulate', { uris });
    assert.equal(view.title, 'pod.yaml');
    assert.equal(view.banner.verdict, 'pending');
    assert.equal(view.banner.assumed, false);
    assert.equal(view.banner.place?.uri, uriOf('pod.yaml'));
  });

  it('show every side of a run', async () => {
    await start({ files: clusterFile });
    await client.open('pod.yaml', sample('pod.yaml'));
    const { run, story } = await ask('applyscope/simulate', { uris: [uriOf('pod.yaml')] });
    const wire = await ask('applyscope/story', { run, depth: 'wire' });
    assert.ok(wire.index.length > story.index.length);
    const nodes = await ask('applyscope/nodes', { run });
    assert.equal(nodes.rows.length, 2);
    assert.equal(nodes.rows[0]?.place?.uri, uriOf('.applyscope/cluster.yaml'));
    const seq = story.index.find((one) => one >= 0) ?? -1;
    assert.equal((await ask('applyscope/step', { run, seq })).seq, seq);
    assert.match((await ask('applyscope/kubectl', { run, time: 1e9 })).outputs[0]?.output ?? '', /Pending/);
    assert.ok((await ask('applyscope/stored', { run, object: 'Pod default/myapp' })).added > 0);
    assert.equal((await ask('applyscope/whatIf', { run })).taints.length, 2);
    assert.match((await ask('applyscope/fixes', { run }))[0]?.title ?? '', /Tolerate/);
    assert.match((await ask('applyscope/report', { run, depth: 'story' })).markdown, /```mermaid/);
    await assert.rejects(ask('applyscope/step', { run, seq: 1e6 }), /no step 1000000/);
  });

  it('try and write a what-if', async () => {
    await start({ files: clusterFile });
    await client.open('pod.yaml', sample('pod.yaml'));
    const whatIf = { untaint: [{ node: 'db-1', taint: 'dedicated=db:NoSchedule' }] };
    const request = { uris: [uriOf('pod.yaml')] };
    assert.equal((await ask('applyscope/simulate', { ...request, whatIf })).banner.verdict, 'running');
    const [edit] = await ask('applyscope/writeWhatIf', { request, whatIf });
    assert.equal(edit?.uri, uriOf('.applyscope/cluster.yaml'));
  });

  it('write a preset down where a what-if changes it', async () => {
    await start({});
    await client.open('pod.yaml', sample('pod.yaml'));
    const whatIf = { addNodes: [{ like: 'worker-1', count: 1 }] };
    const [edit] = await ask('applyscope/writeWhatIf', { request: { uris: [uriOf('pod.yaml')] }, whatIf });
    assert.deepEqual([edit?.uri, edit?.creates], [uriOf('.applyscope/cluster.yaml'), true]);
  });

  it('simulate a folder as kubectl would apply it', async () => {
    await start({
      files: {
        'app/b.yaml': sample('pod.yaml'),
        'app/a.yaml': sample('deployment-service.yaml'),
        'app/sub/c.yaml': sample('pod.yaml'),
      },
    });
    const view = await ask('applyscope/simulate', { uris: [uriOf('app')] });
    assert.equal(view.title, 'app/');
    assert.deepEqual(
      view.objects.map(({ kind }) => kind),
      ['Deployment', 'Service', 'Pod'],
    );
  });

  it('are told when a run is not kept any more, and when it is old', async () => {
    await start();
    await client.open('pod.yaml', sample('pod.yaml'));
    const request = { uris: [uriOf('pod.yaml')] };
    const { run } = await ask('applyscope/simulate', request);
    for (let i = 0; i < 8; i++) await ask('applyscope/simulate', request);
    await assert.rejects(ask('applyscope/nodes', { run }), { code: runIsGone });
    const changed = new Promise<void>((resolve) => client.connection.onNotification(runsChanged, () => resolve()));
    await client.edit('pod.yaml', sample('pod-tolerating.yaml'));
    await changed;
  });

  it('tell the cluster of a manifest', async () => {
    await start({ files: clusterFile });
    const view = await ask('applyscope/cluster', { uri: uriOf('app/pod.yaml') });
    assert.equal(view.name, '.applyscope/cluster.yaml');
    assert.deepEqual(
      view.nodes.map(({ name, taints }) => [name, ...taints]),
      [
        ['db-1', 'dedicated=db:NoSchedule'],
        ['db-2', 'dedicated=db:NoSchedule'],
      ],
    );
    assert.equal(view.nodes[1]?.place?.uri, uriOf('.applyscope/cluster.yaml'));
    assert.match(view.nodes[0]?.free[0] ?? '', /^cpu: 2 of 2 free$/);
  });

  it('survive nonsense', async () => {
    await start();
    await assert.rejects(ask('applyscope/simulate', { uris: [] }), /no file is named/);
    const empty = await ask('applyscope/simulate', { uris: [uriOf('nowhere.yaml')] });
    assert.deepEqual(empty.objects, []);
    await assert.rejects(ask('applyscope/simulate', {} as never));
  });
});
