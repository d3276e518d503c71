import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { applyFiles, loadCluster, parseSource, saveState, type SavedState } from '../../src/features/index.ts';
import { applyText, clusterFrom, nodeText } from '../support/apply.ts';

const load = (text: string) =>
  loadCluster({ name: 'given', sources: [{ name: 'cluster.yaml', text }], assumed: false });

describe('a cluster file', () => {
  const broken: [what: string, text: string, says: RegExp][] = [
    [
      'cannot be read',
      'apiVersion: v1\nkind: Node\nmetadata: {name: "a\n',
      /^the cluster file cluster.yaml:3:18 cannot be read: .*yaml/,
    ],
    ['is empty', '', /has no objects: give it what "kubectl get nodes -o yaml" prints/],
    ['has a document of something else', 'a: 1\n', /no Kubernetes object/],
    [
      'has an object without a name',
      'apiVersion: v1\nkind: Node\nmetadata: {}\n',
      /Node is not what it should be: it has no name/,
    ],
    [
      'has an object of the wrong shape',
      'apiVersion: v1\nkind: Node\nmetadata: {name: a}\nspec: text\n',
      /Node a is not what it should be: .*cannot unmarshal string/,
    ],
    [
      'has a configuration that kube-scheduler would not start with',
      'apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\nprofiles: [{plugins: {filter: {enabled: [{name: Foo}]}}}]\n',
      /KubeSchedulerConfiguration is not what it should be: .*scheduler name default-scheduler: FilterPlugin "Foo" does not exist$/,
    ],
  ];
  for (const [what, text, says] of broken) {
    it(`that ${what} is one clear sentence`, () => {
      const loaded = load(text);
      assert.ok('problem' in loaded);
      assert.match(loaded.problem, says);
      assert.ok(!loaded.problem.includes('\n'));
    });
  }

  it('may be a List, as kubectl prints it, with kinds that are not served', () => {
    const text =
      'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Node, metadata: {name: a}}\n- {apiVersion: x/v1, kind: Widget, metadata: {name: b}}\n';
    const loaded = load(text);
    assert.ok('state' in loaded);
    assert.deepEqual(
      loaded.objects.map(({ kind }) => kind),
      ['Node', 'Widget'],
    );
  });
});

describe('nodes among the applied files', () => {
  const text = `apiVersion: v1
kind: Pod
metadata: {name: a}
spec: {containers: [{name: a, image: a}]}
${nodeText('mine')}`;

  it('are in place of a preset’s, and are not applied', () => {
    const { outcomes, apply } = applyText(text);
    assert.deepEqual(
      outcomes.map(({ says }) => says),
      ['Running on mine'],
    );
    assert.equal(apply.output, 'pod/a created\n');
  });

  it('join those of a cluster that was given', () => {
    const spread = text.replace('{containers', '{nodeName: other, containers');
    assert.deepEqual(applyText(spread, { cluster: nodeText('other') }).outcomes[0]?.says, 'Running on other');
  });

  it('make the verdict about them certain', () => {
    const full = text.replace('image: a', 'image: a, resources: {requests: {cpu: 64}}');
    assert.deepEqual(
      applyText(full, { assumed: true }).findings.map(({ severity }) => severity),
      ['error'],
    );
  });
});

describe('a cluster that was at rest before', () => {
  const text = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: a}]}\n';
  const kept = JSON.parse(JSON.stringify(saveState(clusterFrom('tutorial').state))) as SavedState;
  const source = { name: 'tutorial', text: 'apiVersion: v1\nkind: Node\nmetadata: {name: other}\n' };
  const restored = loadCluster({ name: 'tutorial', sources: [source], assumed: false, settled: kept });

  it('goes on as it would have', () => {
    assert.ok('state' in restored);
    const { trace } = applyFiles({ files: [parseSource({ name: 'app.yaml', text })], cluster: restored, preset: true });
    assert.deepEqual(trace, applyText(text).trace);
  });

  it('looks at its sources only where something is to change in it', () => {
    assert.ok('state' in restored);
    assert.deepEqual(
      restored.objects.map(({ metadata }) => metadata.name),
      ['other'],
    );
  });
});

describe('a cluster that "kubectl get" printed', () => {
  const printed = (...items: string[]) =>
    `kind: List\napiVersion: v1\nitems:\n${items.map((item) => `- ${item}\n`).join('')}`;
  const node = JSON.stringify(parseSource({ name: '', text: nodeText('a') }).declared[0]?.object);
  const secret = '{apiVersion: v1, kind: Secret, metadata: {name: other, namespace: default}}';
  const pod = (more = '}') => `apiVersion: v1
kind: Pod
metadata: {name: app}
spec:
  imagePullSecrets: [{name: registry}]
  containers:
  - {name: a, image: nginx, env: [{name: TOKEN, valueFrom: {secretKeyRef: {name: login, key: token}}}]${more}
`;
  const volume = `, volumeMounts: [{name: v, mountPath: /v}]}
  volumes: [{name: v, projected: {sources: [{secret: {name: files}}, {secret: {name: more, optional: true}}]}}]`;

  it('without Secrets leaves open whether one is there, and goes on', () => {
    const { findings, outcomes } = applyText(pod(volume), { cluster: printed(node) });
    const open = (name: string) =>
      `the cluster was given without its Secrets: whether the Secret ${name} is there is open`;
    assert.deepEqual(
      findings.map(({ id, severity, message }) => [id, severity, message]),
      [
        ['unknown', 'info', open('login')],
        ['unknown', 'info', open('files')],
      ],
    );
    assert.equal(outcomes[0]?.says, 'Running on a');
  });

  it('with some Secrets has no others', () => {
    const { findings } = applyText(pod(), { cluster: printed(node, secret) });
    assert.match(findings[0]?.message ?? '', /secret "login" not found/);
  });

  it('has the Secrets that are applied', () => {
    const applied = 'apiVersion: v1\nkind: Secret\nmetadata: {name: login}\ndata: {other: aQ==}\n---\n';
    const { findings } = applyText(applied + pod(), { cluster: printed(node) });
    assert.match(findings[0]?.message ?? '', /couldn't find key token in Secret default\/login/);
  });
});

describe('a preset', () => {
  it('has nothing that says no of its own: what does is written in files', () => {
    const text = readdirSync('media/clusters').map((name) => readFileSync(`media/clusters/${name}`, 'utf8'));
    assert.doesNotMatch(text.join(''), /ResourceQuota|LimitRange|AdmissionPolicy|pod-security/);
  });
});
