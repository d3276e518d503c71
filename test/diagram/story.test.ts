// A run as a story: who is in it, what is told at which depth, and where it stops.
import assert from 'node:assert/strict';
import { programs, tellStory, type Story } from '../../src/diagram/index.ts';
import { programOf } from '../../src/simulator/trace.ts';
import { applyText, nodeText, type Options } from '../support/apply.ts';

const pod = (spec = 'containers: [{name: app, image: nginx}]', name = 'myapp') =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: {${spec}}\n`;
const storyOf = (text: string, options: Options = {}, depth: Story['depth'] = 'story') =>
  tellStory(applyText(text, options).trace, depth);
const linesOf = ({ chapters }: Story) => chapters.flatMap(({ lines }) => lines);
const titles = ({ chapters }: Story) => chapters.map(({ title }) => title.replace(/:.*/, ''));

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: app, image: nginx}]}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;

describe('what kubectl says', () => {
  it('is one line, the items of a list after the colon that announces them', () => {
    const cronJob = `apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly}
spec: {schedule: bad, concurrencyPolicy: Foo, jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}}}}
`;
    const told = linesOf(storyOf(cronJob)).find(({ from, to }) => from === 'kubectl' && to === 'user');
    assert.match(told?.text ?? '', /is invalid: spec\.schedule: .*; spec\.concurrencyPolicy: /);
  });
});

describe('the story of a Pod', () => {
  const story = storyOf(pod(), { reach: true });
  const lines = linesOf(story);

  it('names every program, in 12 to 16 arrows', () => {
    const told = new Set(lines.flatMap(({ from, to }) => [programOf(from), programOf(to)]));
    assert.deepEqual(
      programs.map(({ name }) => name).filter((name) => !told.has(name)),
      [],
    );
    const arrows = lines.filter(({ form }) => form !== 'note');
    assert.ok(arrows.length >= 12 && arrows.length <= 16, `${arrows.length} arrows`);
  });

  it('has its phases in order, and all of them', () => {
    assert.deepEqual(titles(story), ['Apply', 'Control', 'Schedule', 'Run', 'Reach']);
    assert.deepEqual(story.unreached, []);
  });

  it('says truly that no controller acts for it', () => {
    assert.ok(
      lines.some(({ to, text }) => to === 'kube-controller-manager' && /no controller has to do anything/.test(text)),
    );
    const ofDeployment = linesOf(storyOf(deployment));
    assert.ok(!ofDeployment.some(({ text }) => text.includes('no controller')));
  });

  it('tells more at each depth', () => {
    const counts = (['story', 'flow', 'wire'] as const).map((depth) => linesOf(storyOf(pod(), {}, depth)).length);
    assert.ok((counts[0] ?? 0) < (counts[1] ?? 0) && (counts[1] ?? 0) < (counts[2] ?? 0), counts.join(' '));
  });

  it('has the look for the object, its absence and the plugins in the flow', () => {
    const texts = linesOf(storyOf(pod(), {}, 'flow')).map(({ text }) => text);
    assert.ok(texts.includes('get Pod myapp'));
    assert.ok(texts.some((text) => text.startsWith('404: pods "myapp" not found')));
    assert.ok(texts.some((text) => text.startsWith('DefaultTolerationSeconds sets spec.tolerations')));
    assert.ok(texts.some((text) => text.startsWith('who asks: kubernetes-admin (system:masters')));
  });

  it('is in the order of the trace on the wire', () => {
    const seqs = linesOf(storyOf(pod(), {}, 'wire')).map(({ seq }) => seq);
    assert.deepEqual(
      seqs,
      [...seqs].sort((a, b) => a - b),
    );
  });
});

describe('a story that fails', () => {
  const tainted = nodeText('db-1', { taint: 'dedicated=db:NoSchedule' });
  const failures: [what: string, text: string, options: Options, by: string, says: RegExp, unreached: string[]][] = [
    [
      'at the server',
      pod('containers: [{name: app, imagee: a}]'),
      {},
      'kube-apiserver',
      /400: .*unknown field/,
      ['control', 'schedule', 'run', 'reach'],
    ],
    [
      'at an admission plugin',
      pod().replace('name: myapp', 'name: myapp, namespace: shop'),
      {},
      'kube-apiserver',
      /NamespaceLifecycle: namespaces "shop" not found/,
      ['control', 'schedule', 'run', 'reach'],
    ],
    ['at the scheduler', pod(), { cluster: tainted }, 'kube-scheduler', /0\/1 nodes are available/, ['run', 'reach']],
    [
      'at the image',
      pod(),
      { images: { images: { nginx: { pull: { error: 'gone' } } } } },
      'containerd/worker-1',
      /cannot pull nginx: gone/,
      ['reach'],
    ],
    [
      'at the environment',
      pod('containers: [{name: app, image: a, envFrom: [{secretRef: {name: keys}}]}]'),
      {},
      'kubelet/worker-1',
      /Event Failed.*secret "keys" not found/,
      ['reach'],
    ],
  ];
  for (const [what, text, options, by, says, unreached] of failures) {
    it(`${what} says where, and what was never reached`, () => {
      const story = storyOf(text, options);
      assert.ok(linesOf(story).some((line) => line.result === 'failed' && line.from === by && says.test(line.text)));
      assert.deepEqual(story.unreached, unreached);
    });
  }

  it('for one object of two goes on with the other', () => {
    const story = storyOf(`${pod()}---\n${pod('containers: [{name: app, imagee: a}]', 'other')}`, { reach: true });
    assert.deepEqual(story.unreached, []);
  });

  it('for an object that would not have run leaves nothing out', () => {
    assert.deepEqual(storyOf('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: A_B}\n').unreached, []);
  });

  it('marks what is not modelled', () => {
    const yearly =
      'apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: a}\nspec: {schedule: 0 0 1 1 *, jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}}}}\n';
    assert.ok(
      linesOf(storyOf(yearly)).some(
        ({ result, from }) => result === 'unknown' && from === 'kube-controller-manager/cronjob-controller',
      ),
    );
  });
});

describe('what many do alike', () => {
  const lines = linesOf(storyOf(deployment, { reach: true }));
  const one = (says: RegExp) => lines.filter(({ text }) => says.test(text));

  it('is told once, with its number', () => {
    assert.deepEqual(
      one(/^create Pod web-/).map(({ count }) => count),
      [3],
    );
    assert.deepEqual(
      one(/^bind Pod/).map(({ count }) => count),
      [3],
    );
    assert.deepEqual(
      one(/^pulled nginx/).map(({ count }) => count),
      [3],
    );
  });

  it('is told of each controller for itself', () => {
    const daemons = deployment
      .replace('Deployment', 'DaemonSet')
      .replaceAll('web', 'log')
      .replace('  replicas: 3\n', '');
    const lines = linesOf(storyOf(`${deployment}---\n${daemons}`));
    const created = lines.filter(({ text }) => text.startsWith('create Pod')).map(({ from, count }) => [from, count]);
    assert.deepEqual(created, [
      ['kube-controller-manager/replicaset-controller', 3],
      ['kube-controller-manager/daemon-set-controller', 2],
    ]);
    assert.equal(lines.filter(({ text }) => text.startsWith('RunPodSandbox')).length, 1);
  });

  it('is told object by object for what the user wrote', () => {
    assert.deepEqual(
      one(/^create (Deployment|Service) web$/).map(({ count }) => count),
      [1, 1],
    );
  });

  it('says once why the user may, and of every object in the flow', () => {
    assert.deepEqual(
      one(/^kubernetes-admin may /).map(({ text }) => text.replace(/:.*/, '')),
      ['kubernetes-admin may create deployments.apps'],
    );
    const flow = linesOf(storyOf(deployment, {}, 'flow'));
    assert.equal(flow.filter(({ text }) => /^kubernetes-admin may create /.test(text)).length, 2);
  });

  it('is told as it is in the end, where it changes', () => {
    const rules = one(/^default\/web 10\./);
    assert.deepEqual(
      rules.map(({ count }) => count),
      [3],
    );
    assert.match(rules[0]?.text ?? '', /→ 10\.244\.\d+\.\d+:80, 10\.244\.\d+\.\d+:80, 10\.244\.\d+\.\d+:80$/);
  });

  it('has names that the server completes open at the end', () =>
    assert.equal(one(/^create Pod web-[a-z0-9]+-…$/).length, 1));
});

describe('secrets', () => {
  it('are in no line of any depth', () => {
    const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {password: hunter2}\n';
    const applied = applyText(
      `${secret}---\n${pod('containers: [{name: app, image: a, envFrom: [{secretRef: {name: s}}]}]')}`,
    );
    const encoded = Buffer.from('hunter2').toString('base64');
    for (const text of [JSON.stringify(applied), JSON.stringify(linesOf(tellStory(applied.trace, 'wire')))]) {
      assert.ok(!text.includes('hunter2') && !text.includes(encoded));
    }
  });
});

describe('the story of a Pod on a full node', () => {
  const cluster = `apiVersion: v1
kind: Node
metadata: {name: worker}
status: {capacity: {cpu: '2', memory: 4Gi, pods: '10'}}
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: high}
value: 1000
---
${pod('containers: [{name: app, image: redis, resources: {requests: {cpu: 1500m}}}]', 'low')}`;
  const important = pod(
    'priorityClassName: high, containers: [{name: app, image: nginx, resources: {requests: {cpu: 1500m}}}]',
    'important',
  );
  const told = linesOf(storyOf(important, { cluster })).map(({ text }) => text);

  it('says who must go for it, and why it is tried again', () => {
    assert.ok(told.some((text) => /1 Insufficient cpu\. worker is kept for it: default\/low must go$/.test(text)));
    assert.ok(told.some((text) => /important gets worker; attempt 2, after AssignedPodDelete of Pod low$/.test(text)));
  });
});
