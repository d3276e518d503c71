// What an editor is told of a manifest, when, and where.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Client, shown, uriOf, type ClientSetup } from './client.ts';

const sample = (name: string) => readFileSync(`media/samples/${name}`, 'utf8');
const tainted = readFileSync('media/samples/clusters/tainted.yaml', 'utf8');
const mistyped = sample('pod.yaml').replace('image:', 'imagee:');

describe('diagnostics', () => {
  let client: Client;
  const start = async (setup: ClientSetup = {}) => (client = await Client.start(setup));
  afterEach(() => client.stop());

  it('stand on the field that decides, with a link to their explanation', async () => {
    await start();
    await client.open('pod.yaml', mistyped);
    const [diagnostic, ...others] = await client.diagnostics('pod.yaml');
    assert.deepEqual(shown([diagnostic!]), ['7:4-10 error unknown-field']);
    assert.equal(others.length, 0);
    assert.equal(diagnostic?.source, 'applyscope');
    assert.equal(diagnostic.codeDescription?.href, 'file:///media/findings/unknown-field.md');
    assert.match(String(diagnostic.message), /unknown field "spec\.containers\[0\]\.imagee"/);
  });

  it('are not made for what a kustomization patches with, as on the command line', async () => {
    const kustomization = (patch: string) =>
      `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [pod.yaml]\npatches:\n- path: ${patch}\n`;
    const patch = 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {priority: none}\n';
    await start({ files: { 'app/Kustomization': kustomization('patches/app.yaml') } });
    await client.open('app/patches/app.yaml', patch);
    assert.deepEqual(await client.diagnostics('app/patches/app.yaml'), []);
    await client.open('app/patches/other.yaml', patch);
    assert.notEqual((await client.diagnostics('app/patches/other.yaml')).length, 0);
    await client.open('app/Kustomization', kustomization('patches/other.yaml'));
    while ((await client.diagnostics('app/patches/app.yaml')).length === 0) await client.nextPublication();
    while ((await client.diagnostics('app/patches/other.yaml')).length > 0) await client.nextPublication();
  });

  it('do not take a patch for an object that is there', async () => {
    const files = {
      'kustomization.yaml': 'patchesStrategicMerge: [patch.yaml]\n',
      'patch.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n',
    };
    await start({ files });
    const named = `${sample('pod.yaml')}    envFrom:\n    - configMapRef: {name: settings}\n`;
    await client.open('pod.yaml', named);
    assert.deepEqual(
      shown(await client.diagnostics('pod.yaml')).map((one) => one.split(' ').at(-1)),
      ['container-create'],
    );
  });

  it('underline only the first line of what goes on over several', async () => {
    await start();
    const spread = `  topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: zone
    whenUnsatisfiable: DoNotSchedule
    labelSelector: {matchLabels: {app: web}}
`;
    await client.open('pod.yaml', sample('pod.yaml') + spread);
    const lines = sample('pod.yaml').split('\n').length;
    assert.deepEqual(shown(await client.diagnostics('pod.yaml')), [`${lines}:4-14 warning unschedulable`]);
  });

  it('follow edits, of a part of the text or of the whole', async () => {
    await start();
    await client.open('pod.yaml', sample('pod.yaml'));
    assert.deepEqual(await client.diagnostics('pod.yaml'), []);
    await client.edit('pod.yaml', 'imagee', { line: 7, from: 4, to: 9 });
    assert.deepEqual(shown(await client.diagnostics('pod.yaml')), ['7:4-10 error unknown-field']);
    await client.edit('pod.yaml', sample('pod.yaml'));
    assert.deepEqual(await client.diagnostics('pod.yaml'), []);
  });

  it('are of the newest edit only', async () => {
    await start();
    await client.open('pod.yaml', sample('pod.yaml'));
    await client.diagnostics('pod.yaml');
    const before = client.published.length;
    await Promise.all(['e', 'ee', 'eee'].map((text) => client.edit('pod.yaml', text, { line: 7, from: 9, to: 9 })));
    assert.deepEqual(shown(await client.diagnostics('pod.yaml')), ['7:4-15 error unknown-field']);
    assert.equal(client.published.length, before + 1);
  });

  it('come in the end for every document, however long each one takes', async () => {
    await start();
    const many = (name: string) =>
      Array.from({ length: 30 }, (_, i) => sample('pod.yaml').replace('name: myapp', `name: ${name}-${i}`)).join(
        '---\n',
      );
    await Promise.all(['a.yaml', 'b.yaml', 'c.yaml'].map((name) => client.open(name, many(name[0] ?? ''))));
    for (const name of ['a.yaml', 'b.yaml', 'c.yaml']) assert.deepEqual(await client.diagnostics(name), []);
    await client.edit('b.yaml', 'imagee', { line: 7, from: 4, to: 9 });
    assert.deepEqual(shown(await client.diagnostics('b.yaml')), ['7:4-10 error unknown-field']);
  });

  it('are silent about what is not of Kubernetes', async () => {
    await start();
    await client.open('compose.yaml', 'services:\n  web: {image: nginx}\n  a: [\n');
    assert.deepEqual(await client.diagnostics('compose.yaml'), []);
  });

  it('go when the document is closed', async () => {
    await start();
    await client.open('pod.yaml', mistyped);
    await client.diagnostics('pod.yaml');
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: uriOf('pod.yaml') } });
    await client.nextPublication();
    assert.deepEqual(client.published.at(-1)?.diagnostics, []);
  });

  it('have the severity that the settings give them', async () => {
    await start({ settings: { severity: { 'unknown-field': 'hint', unschedulable: 'nonsense' } } });
    await client.open('pod.yaml', mistyped);
    assert.deepEqual(shown(await client.diagnostics('pod.yaml')), ['7:4-10 hint unknown-field']);
    client.settings = { severity: { 'unknown-field': 'off' } };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await client.nextPublication();
    assert.deepEqual(client.published.at(-1)?.diagnostics, []);
  });

  it('fade what is written for nothing', async () => {
    await start();
    await client.open('pod.yaml', sample('pod.yaml').replace('  name: myapp', '  name: other\n  name: myapp'));
    const [diagnostic] = await client.diagnostics('pod.yaml');
    assert.equal(diagnostic?.code, 'duplicate-key');
    assert.deepEqual(diagnostic.tags, [1]);
  });

  it('count in bytes where the client does', async () => {
    await start({
      capabilities: { general: { positionEncodings: ['utf-8'] }, textDocument: { publishDiagnostics: {} } },
    });
    assert.equal(client.server.capabilities.positionEncoding, 'utf-8');
    await client.open(
      'pod.yaml',
      sample('pod.yaml').replace('- name: app\n    ', '- {name: app, workingDir: "/ä€😀", ').replace('nginx', 'nginx}'),
    );
    assert.deepEqual(await client.diagnostics('pod.yaml'), []);
    const [column, before] = [42, '  - {name: app, workingDir: "/ä€😀", '];
    assert.equal(Buffer.byteLength(before), column);
    await client.edit('pod.yaml', 'imagee', { line: 6, from: column, to: column + 5 });
    assert.deepEqual(shown(await client.diagnostics('pod.yaml')), [`6:${column}-${column + 6} error unknown-field`]);
  });

  it('are given when asked for, to a client that only asks', async () => {
    await start({ capabilities: { textDocument: { diagnostic: {} } } });
    assert.ok(client.server.capabilities.diagnosticProvider);
    await client.open('pod.yaml', mistyped);
    const textDocument = { uri: uriOf('pod.yaml') };
    const report = await client.connection.sendRequest<{ items: [] }>('textDocument/diagnostic', { textDocument });
    assert.deepEqual(shown(report.items), ['7:4-10 error unknown-field']);
    assert.deepEqual(client.published, []);
  });
});

describe('what is applied with a manifest', () => {
  let client: Client;
  afterEach(() => client.stop());
  const large = sample('pod.yaml').replace('image: nginx', 'image: nginx\n    resources: {requests: {cpu: 2500m}}');
  const files = {
    'app/a.yaml': large.replace('myapp', 'a'),
    'app/b.yaml': large.replace('myapp', 'b'),
    'c.yaml': large.replace('myapp', 'c'),
  };
  const open = async (scope: string) => {
    client = await Client.start({ files, settings: { scope } });
    await client.open('app/own.yaml', large);
    return shown(await client.diagnostics('app/own.yaml'));
  };

  it('is nothing, unless the settings say so: what others need is theirs', async () => {
    assert.deepEqual(await open('file'), []);
  });

  it('is its folder, whose Pods compete for the nodes', async () => {
    assert.deepEqual(await open('folder'), ['8:32-37 warning unschedulable']);
  });

  it('is the whole workspace', async () => {
    client = await Client.start({ files, settings: { scope: 'workspace' } });
    await client.open('own.yaml', large);
    assert.deepEqual(shown(await client.diagnostics('own.yaml')), ['8:32-37 warning unschedulable']);
  });

  it('is followed when it is edited beside', async () => {
    await open('folder');
    await client.open('app/b.yaml', sample('pod.yaml').replace('myapp', 'b'));
    while (client.published.at(-1)?.uri !== uriOf('app/own.yaml') || client.published.at(-1)?.diagnostics.length !== 0)
      await client.nextPublication();
  });

  it('finds what is declared beside it', async () => {
    const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n';
    client = await Client.start({ files: { 'map.yaml': map } });
    const using = (name: string) => `${sample('pod.yaml')}    envFrom: [{configMapRef: {name: ${name}}}]\n`;
    await client.open('pod.yaml', using('settings'));
    assert.deepEqual(await client.diagnostics('pod.yaml'), []);
    await client.edit('pod.yaml', using('other'));
    assert.deepEqual(shown(await client.diagnostics('pod.yaml')), ['8:36-41 warning container-create']);
  });
});

describe('the cluster of a manifest', () => {
  let client: Client;
  afterEach(() => client.stop());
  const pending = ['4:0-4 error unschedulable'];
  const found = async (setup: ClientSetup, name = 'app/pod.yaml') => {
    client = await Client.start(setup);
    await client.open(name, sample('pod.yaml'));
    return shown(await client.diagnostics(name));
  };

  it('is the file or folder of the settings', async () => {
    assert.deepEqual(
      await found({ files: { 'clusters/a.yaml': tainted }, settings: { cluster: 'clusters/a.yaml' } }),
      pending,
    );
    client.stop();
    assert.deepEqual(
      await found({ files: { 'clusters/a.yaml': tainted }, settings: { cluster: 'clusters' } }),
      pending,
    );
  });

  it('is the nearest .applyscope/cluster.yaml without a setting, else the tutorial', async () => {
    assert.deepEqual(await found({ files: { '.applyscope/cluster.yaml': tainted } }), pending);
    client.stop();
    assert.deepEqual(await found({}), []);
  });

  it('is run again when it is edited, or changed on disk', async () => {
    await found({ files: { '.applyscope/cluster.yaml': tainted } });
    await client.open('.applyscope/cluster.yaml', tainted.replaceAll('NoSchedule', 'PreferNoSchedule'));
    while (client.published.at(-1)?.diagnostics.length !== 0 || !client.published.at(-1)?.uri.includes('app/'))
      await client.nextPublication();
    await client.connection.sendNotification('textDocument/didClose', {
      textDocument: { uri: uriOf('.applyscope/cluster.yaml') },
    });
    while (client.published.at(-1)?.diagnostics.length !== 1) await client.nextPublication();
    client.files.set('.applyscope/cluster.yaml', tainted.replaceAll('NoSchedule', 'PreferNoSchedule'));
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uriOf('.applyscope/cluster.yaml'), type: 2 }],
    });
    while (client.published.at(-1)?.diagnostics.length !== 0) await client.nextPublication();
  });

  it('is a problem to be told of where its files are none', async () => {
    const found0 = await found({ settings: { cluster: 'nowhere.yaml' } });
    assert.deepEqual(found0, ['0:0-14 warning cluster']);
    assert.match(String(client.published.at(-1)?.diagnostics[0]?.message), /nowhere\.yaml is no file, no folder/);
  });
});
