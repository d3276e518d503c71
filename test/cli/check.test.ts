import assert from 'node:assert/strict';
import { chmodSync, symlinkSync } from 'node:fs';
import { Folder, pod, runIn, taintedNode } from './terminal.ts';

const mistyped = pod.replace('image:', 'imagee:');
const labelled = `${pod}  nodeSelector: {disktype: ssd}\n`;

describe('applyscope check', () => {
  const folders: Folder[] = [];
  const folder = (files: Readonly<Record<string, string | Uint8Array>>) => {
    const made = new Folder(files);
    folders.push(made);
    return made;
  };
  after(() => folders.forEach((made) => made.remove()));

  it('has nothing to say of what is fine, and ends with 0', async () => {
    const file = folder({ 'pod.yaml': pod }).file('pod.yaml');
    assert.deepEqual(await runIn(['check', file]), { code: 0, out: '', error: '' });
  });

  it('prints a line for each finding in a pipe, and ends with 1 for an error', async () => {
    const file = folder({ 'pod.yaml': mistyped }).file('pod.yaml');
    assert.deepEqual(await runIn(['check', file]), {
      code: 1,
      out: `${file}:8:5 error unknown-field strict decoding error: unknown field "spec.containers[0].imagee" — spec.containers[0] has no field imagee: did you mean image?\n`,
      error: '',
    });
  });

  it('judges what is built of a kustomization, in the lines of what is built', async () => {
    const made = folder({
      'app/kustomization.yaml': 'resources: [pod.yaml]\nbases: []\nnamePrefix: dev-\n',
      'app/pod.yaml': mistyped,
      'app/none/pod.yaml': pod,
    });
    const app = made.file('app');
    const { code, out, error } = await runIn(['check', '-k', app]);
    assert.equal(code, 1);
    assert.match(out, /\/app:\d+:5 error unknown-field .*"spec\.containers\[0\]\.imagee"/);
    assert.match(error, /^# Warning: 'bases' is deprecated\./);
    const nothing = await runIn(['check', '-k', made.file('app/none')]);
    assert.equal(nothing.code, 2);
    assert.match(nothing.error, /^applyscope: -k .*: unable to find one of 'kustomization\.yaml',/);
  });

  it('says which entry of which kustomization nothing can be built of', async () => {
    const made = folder({
      'app/kustomization.yaml': 'resources:\n- pod.yaml\n- ../base\n',
      'app/pod.yaml': pod,
      'base/kustomization.yaml': 'namePrefix: a-\nresources:\n- none.yaml\n',
      'slip/kustomization.yaml': 'namePrefix: a-\nresorces:\n- pod.yaml\n',
      'kind/kustomization.yaml': 'resources: []\ncommonLabels:\n  app: web\n  version: 1\n',
      'patch/kustomization.yaml': 'resources: []\npatches:\n- path: a.yaml\n',
      'chart/kustomization.yaml': 'resources: []\nhelmCharts:\n- name: a\n',
    });
    const rows: [name: string, code: number, out: RegExp][] = [
      ['app', 1, /base\/kustomization\.yaml:3:3 error kustomization accumulating resources: .*none\.yaml/],
      ['slip', 1, /slip\/kustomization\.yaml:2:1 error kustomization .*unknown field "resorces"/],
      ['kind', 1, /kind\/kustomization\.yaml:4:12 error kustomization .*cannot unmarshal number/],
      ['patch', 1, /patch\/kustomization\.yaml:3:3 error kustomization trouble configuring builtin PatchTransformer/],
      ['chart', 0, /chart\/kustomization\.yaml:2:1 info unknown helmCharts of kustomizations/],
    ];
    for (const [name, code, out] of rows) {
      const result = await runIn(['check', '-k', made.file(name)]);
      assert.match(result.out, out);
      assert.deepEqual([result.code, result.error.replace(/^# Warning.*\n/, '')], [code, '']);
    }
    const { code, error } = await runIn(['simulate', '-k', made.file('slip')]);
    assert.equal(code, 2);
    assert.match(error, /^applyscope: -k .*slip\/kustomization\.yaml:2:1: invalid Kustomization: /);
  });

  it('does not judge what a kustomization patches with as if it were applied', async () => {
    const made = folder({
      'app/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [pod.yaml]\npatches:\n- path: patches/app.yaml\n- patch: "[]"\n  target: {kind: Pod}\n',
      'app/pod.yaml': pod,
      'app/patches/app.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {priority: none}\n',
      'app/patches/other.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {}\n',
    });
    const { code, out } = await runIn(['check', made.file('app')]);
    assert.equal(code, 1);
    assert.match(out, /kustomization\.yaml:2:7 info unknown-kind .* applyscope check -k judges what it builds/);
    assert.doesNotMatch(out, /app\/patches\/app\.yaml/);
    assert.match(out, /app\/patches\/other\.yaml:4:1 error/);
    const beside = folder({
      'kustomization.yaml': 'patchesStrategicMerge: [patch.yaml]\n',
      'patch.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n',
      'pod.yaml': `${pod}    envFrom:\n    - configMapRef: {name: settings}\n`,
    });
    for (const given of ['', 'pod.yaml'])
      assert.match((await runIn(['check', beside.file(given)])).out, /container-create/);
    const odd = folder({ 'Kustomization/pod.yaml': pod });
    assert.deepEqual(await runIn(['check', odd.file('Kustomization')]), { code: 0, out: '', error: '' });
  });

  it('shows the line and carets on a terminal, and a summary', async () => {
    const file = folder({ 'pod.yaml': mistyped }).file('pod.yaml');
    const { out } = await runIn(['check', file], { terminal: true });
    assert.equal(
      out,
      `${file}:8:5 error unknown-field strict decoding error: unknown field "spec.containers[0].imagee"
8 |     imagee: nginx
  |     ^^^^^^
  spec.containers[0] has no field imagee: did you mean image?
1 error in 1 file
`,
    );
  });

  it('paints only where it may', async () => {
    const file = folder({ 'pod.yaml': mistyped }).file('pod.yaml');
    const painted = await runIn(['check', file], { terminal: true, colours: true });
    const plain = await runIn(['check', file], { terminal: true });
    const unpainted = painted.out.replace(/\u001b\[[\d;]*m/g, '');
    assert.equal(unpainted, plain.out);
    assert.notEqual(painted.out, plain.out);
    assert.ok(!plain.out.includes('\u001b'));
  });

  it('keeps carets under what they mean behind tabs', async () => {
    const file = folder({ 'pod.json': '{"apiVersion":"v1","kind":"Pod",\n\t"metadata":{"name":"A_B"}}\n' }).file(
      'pod.json',
    );
    const { out } = await runIn(['check', file], { terminal: true });
    assert.match(out, /\n2 \| \t"metadata":\{"name":"A_B"\}\}\n {2}\| \t {19}\^{5}\n/);
  });

  it('prints an array with -o json, 1-based and half-open', async () => {
    const file = folder({ 'pod.yaml': mistyped }).file('pod.yaml');
    const { code, out } = await runIn(['check', file, '-o', 'json']);
    assert.equal(code, 1);
    assert.deepEqual(JSON.parse(out), [
      {
        ...{ file, line: 8, column: 5, endLine: 8, endColumn: 11, severity: 'error', id: 'unknown-field' },
        message:
          'strict decoding error: unknown field "spec.containers[0].imagee" — spec.containers[0] has no field imagee: did you mean image?',
        subject: { apiVersion: 'v1', kind: 'Pod', name: 'myapp', namespace: 'default' },
      },
    ]);
  });

  it('prints an empty array for what is fine', async () => {
    const file = folder({ 'pod.yaml': pod }).file('pod.yaml');
    assert.deepEqual(JSON.parse((await runIn(['check', file, '-o', 'json'])).out), []);
  });

  it('only warns on a cluster that nobody chose, unless warnings count', async () => {
    const file = folder({ 'pod.yaml': labelled }).file('pod.yaml');
    const { code, out } = await runIn(['check', file]);
    assert.equal(code, 0);
    assert.match(out, /:9:28 warning unschedulable .* \(assumed cluster: tutorial\)\n$/);
    assert.equal((await runIn(['check', file, '--strict'])).code, 1);
    assert.equal((await runIn(['check', file, '--cluster', 'kind'])).code, 1);
  });

  it('takes the nearest .applyscope/cluster.yaml, up to the root of the repository', async () => {
    const made = folder({ 'app/deep/pod.yaml': pod, 'app/.applyscope/cluster.yaml': taintedNode, 'pod.yaml': pod });
    const { code, out } = await runIn(['check', made.file('app/deep/pod.yaml')]);
    assert.equal(code, 1);
    assert.match(out, /error unschedulable .*dedicated=db:NoSchedule/);
    assert.equal((await runIn(['check', made.file('pod.yaml')])).out, '');
  });

  it('takes clusters from files, folders and presets, several at once', async () => {
    const made = folder({ 'pod.yaml': pod, 'cluster/node.yaml': taintedNode, 'cluster/other.yaml': 'a: 1\n' });
    assert.equal((await runIn(['check', made.file('pod.yaml'), '--cluster', made.file('cluster')])).code, 1);
    const both = ['--cluster', made.file('cluster/node.yaml'), '--cluster', 'kind'];
    assert.equal((await runIn(['check', made.file('pod.yaml'), ...both])).code, 0);
  });

  const problems: [what: string, cluster: string, says: RegExp][] = [
    ['that is not there', 'nowhere', /--cluster \S+nowhere: no such file or folder, and no preset either \(tutorial, /],
    ['that is broken', 'broken.yaml', /^applyscope: the cluster file \S+broken\.yaml:1:\d+ cannot be read/],
    ['that is empty', 'empty.yaml', /has no objects/],
  ];
  for (const [what, cluster, says] of problems) {
    it(`ends with 2 and one sentence for a cluster ${what}`, async () => {
      const made = folder({ 'pod.yaml': pod, 'broken.yaml': '{apiVersion: v1, kind: [', 'empty.yaml': '' });
      const { code, out, error } = await runIn(['check', made.file('pod.yaml'), '--cluster', made.file(cluster)]);
      assert.deepEqual([code, out], [2, '']);
      assert.match(error, says);
      assert.match(error, /^[^\n]+\n$/);
    });
  }

  it('looks through folders in order, and leaves alone what is not Kubernetes', async () => {
    const made = folder({
      'b/z.yaml': mistyped,
      'a.yml': mistyped,
      'compose.yaml': 'services: {web: {image: nginx}}\n',
      'notes.txt': mistyped,
      'node_modules/x.yaml': mistyped,
    });
    const { out } = await runIn(['check', made.path]);
    assert.deepEqual(
      out.split('\n').map((line) => line.split(':')[0]),
      [made.file('a.yml'), made.file('b/z.yaml'), ''],
    );
  });

  it('judges files one by one, or together', async () => {
    const made = folder({
      'a.yaml':
        'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n',
      'b.yaml': pod.replace('name: myapp', 'name: myapp\n  labels: {app: web}'),
    });
    assert.equal((await runIn(['check', made.path])).out, '');
    assert.equal((await runIn(['check', made.path, '--together'])).out, '');
    made.write('b.yaml', pod);
    assert.match(
      (await runIn(['check', made.path, '--together'])).out,
      /a\.yaml:4:8 warning service-without-endpoints/,
    );
  });

  it('takes the rest of the folder into account for a single file', async () => {
    const made = folder({
      'pod.yaml': pod.replace('name: myapp', 'name: myapp\n  namespace: shop'),
      'namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n',
      'broken.yaml': '{apiVersion: v1, kind: [',
    });
    assert.equal((await runIn(['check', made.file('pod.yaml')])).out, '');
  });

  it('says what images do, from a file', async () => {
    const made = folder({
      'pod.yaml': pod,
      'images.txt': 'images: {nginx: {pull: {error: gone}}}\n',
      'wrong.txt': 'nginx: {}\n',
    });
    const { out } = await runIn(['check', made.file('pod.yaml'), '--images', made.file('images.txt')]);
    assert.match(out, /:8:12 error image-pull ErrImagePull: gone|:8:12 error image-pull ImagePullBackOff/);
    const { code, error } = await runIn(['check', made.file('pod.yaml'), '--images', made.file('wrong.txt')]);
    assert.equal(code, 2);
    assert.match(error, /it should say {2}images: /);
  });

  it('says what is wrong with bytes that are no text', async () => {
    const made = folder({ 'pod.yaml': new Uint8Array([...Buffer.from(pod), 0x23, 0xff, 0x0a]) });
    const { code, out } = await runIn(['check', made.file('pod.yaml')]);
    assert.equal(code, 1);
    assert.match(out, /:9:2 error yaml error parsing .*invalid leading UTF-8 octet/);
  });

  it('reads files of Windows, with byte order mark and carriage returns', async () => {
    const made = folder({ 'pod.yaml': `\ufeff${mistyped.replaceAll('\n', '\r\n')}` });
    assert.match((await runIn(['check', made.file('pod.yaml')])).out, /:8:5 error unknown-field/);
  });

  it('ends with 2 for a path that is not there', async () => {
    const made = folder({});
    const { code, out, error } = await runIn(['check', made.file('nowhere.yaml')]);
    assert.deepEqual(
      [code, out, error],
      [2, '', `applyscope: the path "${made.file('nowhere.yaml')}" does not exist\n`],
    );
  });

  it('tells of a file that cannot be read, and goes on with the others', async () => {
    const made = folder({ 'b.yaml': mistyped });
    symlinkSync(made.file('gone.yaml'), made.file('a.yaml'));
    const { code, out, error } = await runIn(['check', made.path]);
    assert.equal(code, 2);
    assert.match(out, /b\.yaml:8:5 error unknown-field/);
    assert.equal(error, `applyscope: the path "${made.file('a.yaml')}" does not exist\n`);
  });

  it('says so where permission is missing', async function () {
    if (process.getuid?.() === 0) this.skip();
    const made = folder({ 'pod.yaml': pod });
    chmodSync(made.file('pod.yaml'), 0);
    const { code, error } = await runIn(['check', made.file('pod.yaml')]);
    assert.deepEqual([code, error], [2, `applyscope: no permission to read "${made.file('pod.yaml')}"\n`]);
  });
});
