// What is offered where somebody types: fields, values, and names of what exists.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { completionsAt, parseTolerant, type Completion, type FieldDocs } from '../../../src/features/editor.ts';
import { loadCluster, parseSource } from '../../../src/features/index.ts';
import { definitionText } from '../../support/definition.ts';

const docs = JSON.parse(readFileSync('media/field-docs.json', 'utf8')) as FieldDocs;

const cluster = `
{apiVersion: v1, kind: Node, metadata: {name: gpu-1, labels: {zone: a, gpu: "true"}}, spec: {taints: [{key: dedicated, value: gpu, effect: NoSchedule}]}, status: {allocatable: {cpu: 4, nvidia.com/gpu: 1}}}
---
{apiVersion: v1, kind: Node, metadata: {name: plain, labels: {zone: b}}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {mode: fast}}
---
{apiVersion: v1, kind: Secret, metadata: {name: token}, stringData: {password: x}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: elsewhere, namespace: kube-system}}
---
{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: ssd}, provisioner: x}
---
${definitionText(
  'databases',
  'kind: Database',
  `            required: [engine]
            properties:
              size: {type: integer, description: How large.}
              engine: {type: string, enum: [mysql, postgres]}
`,
)}`;

const loaded = loadCluster({ name: 'test', sources: [{ name: 'cluster.yaml', text: cluster }], assumed: false });
assert.ok('state' in loaded);
const { state } = loaded;

/** What is offered at the `|` of a text. */
function at(marked: string, beside = ''): readonly Completion[] {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const file = parseSource({ name: 'app.yaml', text }, parseTolerant);
  const files = [file, parseSource({ name: 'beside.yaml', text: beside })];
  const found = completionsAt({ file, files, offset, docs, state, namespace: 'default' });
  return [...found].sort((a, b) => a.rank - b.rank);
}
const labels = (marked: string, beside?: string) => at(marked, beside).map(({ label }) => label);

/** The text after the first offer of a name was taken, stops left out. */
function taken(marked: string, label: string): string {
  const found = at(marked).find((one) => one.label === label);
  assert.ok(found, `${label} is offered`);
  const text = marked.replace('|', '');
  const line = text.slice(text.lastIndexOf('\n', found.word.start - 1) + 1);
  const indent = /^ */.exec(line)![0];
  const written = found.text.replaceAll(/\$\d/g, '').replaceAll('\n', `\n${indent}`);
  return text.slice(0, found.word.start) + written + text.slice(found.word.end);
}

const pod = (spec: string) => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n${spec}`;
const container = (lines: string) => pod(`  containers:\n  - name: a\n${lines}`);

describe('completion of fields', () => {
  it('offers what the kind has, required first, and not what is there', () => {
    const offered = labels(container('    image: x\n    |\n'));
    assert.ok(offered.includes('imagePullPolicy') && offered.includes('resources'));
    assert.ok(!offered.includes('name') && !offered.includes('image'));
    assert.equal(
      labels('apiVersion: apps/v1\nkind: Deployment\nspec:\n  |\n').slice(0, 2).sort().join(),
      'selector,template',
    );
  });

  it('knows where a word belongs that is half written, between and behind other lines', () => {
    assert.ok(labels(container('    imag|\n    env: []\n')).includes('image'));
    assert.ok(labels(pod('  rest|')).includes('restartPolicy'));
    assert.ok(labels(`${container('    image: x\n')}  |`).includes('restartPolicy'));
    assert.ok(labels(pod('  containers:\n  - |')).includes('image'));
    assert.ok(labels(pod('  containers:\n  - {name: a, |}')).includes('image'));
    assert.ok(labels(pod('  containers: [{name: a, im|')).includes('image'));
  });

  it('begins the item where the key of a list was written', () => {
    assert.match(
      taken(pod('  containers:\n  |'), 'tolerations'),
      /\n {2}tolerations:\n {2}- key: \n {4}operator: \n {4}value: \n {4}effect: $/,
    );
    assert.equal(taken(pod('  containers:\n    |'), 'name'), pod('  containers:\n    - name: '));
    assert.equal(
      taken(pod('  containers:\n    - name: a\n    |'), 'image'),
      pod('  containers:\n    - name: a\n    - image: '),
    );
  });

  it('writes what belongs to the field, as the rest of the document is written', () => {
    const spec = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\nspec:\n';
    assert.equal(
      taken(`${spec}  |`, 'template'),
      `${spec}  template:\n    metadata:\n      labels:\n        \n    spec:\n      containers:\n      - name: \n        image: `,
    );
    assert.match(
      taken(pod('  volumes:\n    - name: a\n  |'), 'containers'),
      /\n {2}containers:\n {4}- name: \n {6}image: $/,
    );
    assert.equal(taken(container('    imag|e: x'), 'imagePullPolicy'), container('    imagePullPolicy: x'));
    assert.equal(taken(pod('  containers:\n  -|'), 'image'), pod('  containers:\n  - image: '));
  });

  it('knows the kinds that the cluster and the files define', () => {
    const head = 'apiVersion: example.com/v1\nkind: Database\nspec:\n';
    const [engine, size] = at(`${head}  |`);
    assert.deepEqual([engine?.label, engine?.detail], ['engine', 'string, required']);
    assert.equal(size?.documentation, 'How large.');
    assert.deepEqual(labels(`${head}  engine: |`), ['mysql', 'postgres']);
    const other = cluster.slice(cluster.lastIndexOf('---\n') + 4).replaceAll('Database', 'Cache');
    assert.deepEqual(labels(`${head.replace('Database', 'Cache')}  en|`, other), ['engine', 'size']);
  });

  it('leaves alone what is not for Kubernetes, comments, blocks of text, templates and JSON', () => {
    assert.deepEqual(labels('services:\n  |'), []);
    assert.deepEqual(labels(pod('  # |')), []);
    assert.deepEqual(labels('apiVersion: v1\nkind: ConfigMap\ndata:\n  a: |-\n    x').length, 0);
    assert.deepEqual(labels(`${pod('  |')}\n  nodeName: {{ .Values.node }}\n`), []);
    assert.deepEqual(labels('{"apiVersion": "v1", "kind": "P|od"}'), []);
  });
});

describe('completion of values', () => {
  it('offers what a field may have, the default marked', () => {
    const found = at(pod('  dnsPolicy: |'));
    assert.deepEqual(
      found.map(({ label }) => label),
      ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'],
    );
    const [protocol] = at('apiVersion: v1\nkind: Service\nspec:\n  ports:\n  - protocol: |').filter(
      (one) => one.isStandard,
    );
    assert.deepEqual([protocol?.label, protocol?.detail], ['TCP', 'default']);
    assert.deepEqual(labels(pod('  hostNetwork: |')), ['true', 'false']);
    assert.equal(taken(pod('  hostNetwork:|'), 'true'), pod('  hostNetwork: true'));
  });

  it('offers them in lists, within quotes and in place of others', () => {
    const claim = 'apiVersion: v1\nkind: PersistentVolumeClaim\nspec:\n  accessModes:\n  - ReadWriteOnce\n  - |';
    assert.deepEqual(labels(claim), ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod']);
    assert.equal(taken(pod('  restartPolicy: "Al|ways" # x'), 'Never'), pod('  restartPolicy: Never # x'));
    const [always] = at(pod('  restartPolicy: "Al|'));
    assert.equal(always?.filter, '"Always');
  });

  it('offers apiVersion and kind, each in the light of the other', () => {
    assert.deepEqual(labels('kind: Deployment\napiVersion: |'), ['apps/v1']);
    assert.ok(labels('apiVersion: batch/v1\nkind: |').includes('CronJob'));
    assert.ok(!labels('apiVersion: batch/v1\nkind: |').includes('Pod'));
    assert.deepEqual(labels('apiVersion: example.com/v1\nkind: D|'), ['Database']);
    assert.deepEqual(labels(`${pod('  nodeName: x')}\n---\n|`), ['apiVersion', 'kind', 'metadata']);
    assert.ok(
      labels('apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  spec:\n    |').includes(
        'containers',
      ),
    );
  });
});

describe('completion of references', () => {
  const env = (of: string, rest: string) =>
    container(`    env:\n    - name: A\n      valueFrom:\n        ${of}:\n${rest}`);

  it('offers the objects that exist in the namespace, and their keys', () => {
    assert.ok(labels(env('configMapKeyRef', '          name: |')).includes('settings'));
    assert.ok(!labels(env('configMapKeyRef', '          name: |')).includes('elsewhere'));
    assert.deepEqual(labels(env('configMapKeyRef', '          name: settings\n          key: |')), ['mode']);
    assert.deepEqual(labels(env('secretKeyRef', '          key: |\n          name: token')), ['password']);
    const volume = '  volumes:\n  - name: v\n    secret:\n      secretName: token\n      items:\n      - key: |';
    assert.deepEqual(labels(pod(volume)), ['password']);
    assert.deepEqual(labels('apiVersion: v1\nkind: PersistentVolumeClaim\nspec:\n  storageClassName: |'), ['ssd']);
    assert.ok(labels(pod('  priorityClassName: |')).includes('system-node-critical'));
  });

  it('offers what the files beside declare, and where it is', () => {
    const beside = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: robot}\n';
    const robot = at(pod('  serviceAccountName: |'), beside).find(({ label }) => label === 'robot');
    assert.equal(robot?.detail, 'beside.yaml');
  });

  it('offers labels and names of nodes, and the toleration for each taint', () => {
    assert.deepEqual(labels(pod('  nodeName: |')), ['gpu-1', 'plain']);
    assert.ok(labels(pod('  nodeSelector:\n    |')).includes('gpu'));
    assert.equal(taken(pod('  nodeSelector:\n    g|'), 'gpu'), pod('  nodeSelector:\n    gpu: '));
    assert.deepEqual(labels(pod('  nodeSelector:\n    zone: |')), ['a', 'b']);
    assert.equal(taken(pod('  nodeSelector:\n    gpu: |'), 'true'), pod('  nodeSelector:\n    gpu: "true"'));
    assert.deepEqual(labels(pod('  tolerations:\n  - key: |')), ['dedicated']);
    assert.equal(
      taken(pod('  tolerations:\n  - |'), 'dedicated=gpu:NoSchedule'),
      pod('  tolerations:\n  - key: dedicated\n    value: gpu\n    effect: NoSchedule'),
    );
    assert.deepEqual(labels(container('    resources:\n      limits:\n        |')), [
      'cpu',
      'memory',
      'ephemeral-storage',
      'nvidia.com/gpu',
    ]);
  });

  it('offers what stands elsewhere in the object: volumes, ports, labels of the template', () => {
    const mounts = container('    volumeMounts:\n    - name: |\n  volumes:\n  - name: data\n');
    assert.deepEqual(labels(mounts), ['data']);
    const probe = container(
      '    ports:\n    - {name: web, containerPort: 80}\n    livenessProbe:\n      httpGet:\n        port: |',
    );
    assert.deepEqual(labels(probe), ['web']);
    const deployment =
      'apiVersion: apps/v1\nkind: Deployment\nspec:\n  selector:\n    matchLabels:\n      |\n  template:\n    metadata:\n      labels:\n        app: web\n';
    assert.deepEqual(labels(deployment), ['app']);
    assert.deepEqual(labels(deployment.replace('|', 'app: |')), ['web']);
  });
});
