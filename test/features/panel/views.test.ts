import assert from 'node:assert/strict';
import {
  kubectlView,
  nodesView,
  runView,
  stepDetail,
  storedView,
  storyView,
} from '../../../src/features/panel/index.ts';
import type { NodeCell } from '../../../src/protocol/panel.ts';
import { nodeText } from '../../support/apply.ts';
import { panelRun, podText, textAt } from '../../support/panel.ts';

describe('the nodes', () => {
  const cluster = nodeText('a', { taint: 'dedicated=db:NoSchedule', cpu: '1' }) + nodeText('b', { cpu: '1' });
  const text = podText('', '    resources: {requests: {cpu: 2}}\n');
  const view = nodesView(panelRun(text, { cluster }));
  const cells = (node: string): Partial<Record<string, NodeCell>> =>
    Object.fromEntries<NodeCell>(
      view.rows
        .find((row) => row.node === node)!
        .cells.map((cell, column) => [view.plugins[column] ?? '', cell] as const),
    );

  it('tell the first reason, the hidden one, and the values behind both', () => {
    const { TaintToleration: taint, NodeResourcesFit: fit, NodeName: name } = cells('a');
    assert.deepEqual([taint?.state, taint?.detail], ['first', 'dedicated=db:NoSchedule']);
    assert.deepEqual([fit?.state, fit?.detail], ['hidden', 'cpu: asks 2, free 1']);
    assert.deepEqual([name?.state, cells('b').NodeResourcesFit?.state], ['ok', 'first']);
  });

  it('tell the label that a node does not have', () => {
    const selecting = podText('  nodeSelector: {disk: ssd}\n');
    const { plugins, rows } = nodesView(panelRun(selecting, { cluster: nodeText('a') }));
    const cell = rows[0]?.cells[plugins.indexOf('NodeAffinity')];
    assert.deepEqual([cell?.state, cell?.detail], ['first', 'has no label disk']);
    assert.deepEqual(cell?.reasons, ["node(s) didn't match Pod's node affinity/selector"]);
  });

  it('lead to the field of the manifest, and to the Node where it is written', () => {
    const place = cells('b').NodeResourcesFit?.place;
    assert.equal(place?.uri, 'file:///work/app.yaml');
    assert.equal(textAt(text, place.range), '2');
    const node = view.rows[1]?.place;
    assert.equal(node?.uri, 'file:///work/cluster.yaml');
    assert.equal(textAt(cluster, node.range), 'Node');
  });

  it('show scores, the winner and its equals', () => {
    const { rows, scorers } = nodesView(panelRun(podText()));
    assert.deepEqual(
      rows.map(({ node, says, chosen, best }) => [node, says, chosen, best]),
      [
        ['control-plane', 'refused, 1 reason', false, false],
        ['worker-1', 'chosen', true, true],
        ['worker-2', 'as good', false, true],
      ],
    );
    const winner = rows[1]!;
    assert.equal(winner.scores?.length, scorers.length);
    assert.equal(
      winner.scores?.reduce((sum, score) => sum + score, 0),
      winner.total,
    );
  });

  it('hold as many of a workload’s Pods as they can, and say what its spread would come to', () => {
    const nodes = nodeText('a', { taint: 'dedicated=db:NoSchedule' }) + nodeText('b') + nodeText('c');
    const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 5
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      topologySpreadConstraints:
      - {maxSkew: 2, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: web}}}
      containers: [{name: web, image: nginx}]
`;
    const { replicas, rows, plugins } = nodesView(panelRun(deployment, { cluster: nodes }));
    assert.deepEqual(replicas, { of: 'Deployment web', placed: 4, all: 5 });
    assert.deepEqual(
      rows.map(({ node, replicas: here }) => [node, here]),
      [
        ['a', 0],
        ['b', 2],
        ['c', 2],
      ],
    );
    const { detail = '' } = rows[1]?.cells[plugins.indexOf('PodTopologySpread')] ?? {};
    assert.match(detail, /would hold 3 of these Pods where a, the emptiest, holds 0/);
    assert.equal(view.replicas, undefined, 'a Pod that is alone');
  });

  it('are none for what has no Pod', () => {
    assert.deepEqual(nodesView(panelRun('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n')).rows, []);
  });
});

describe('kubectl at a moment', () => {
  const run = panelRun(podText());
  const at = (time: number) => kubectlView(run, time).outputs.map(({ output }) => output);

  it('prints what it would have printed then', () => {
    assert.match(at(0)[0]!, /^No resources found/);
    assert.match(at(30)[0]!, /myapp +0\/1 +Pending .* worker-1 /);
    assert.match(at(run.duration)[0]!, /myapp +1\/1 +Running /);
    assert.match(at(run.duration)[1]!, /Started/);
    assert.match(at(run.duration)[2]!, /^Name: +myapp\n/);
  });

  it('describes the object that is asked for', () => {
    const commands = kubectlView(run, run.duration, 'Node worker-1').outputs.map(({ command }) => command);
    assert.deepEqual(commands, ['get pods -o wide', 'get events', 'describe node worker-1']);
  });
});

describe('the stored object', () => {
  it('says who added what, and how much', () => {
    const { lines, added } = storedView(panelRun(podText()), 'Pod default/myapp');
    const by = (start: string) => lines.find(({ text }) => text.trim().startsWith(start))?.by;
    assert.deepEqual(['restartPolicy', 'tolerations', 'volumes', 'uid', 'namespace'].map(by), [
      'defaulting',
      'DefaultTolerationSeconds',
      'ServiceAccount',
      'kube-apiserver',
      'kubectl',
    ]);
    assert.equal(lines.find(({ text }) => text === '    - image: nginx' || text === '  - image: nginx')?.state, 'same');
    assert.equal(added, lines.filter(({ state, by: who }) => state === 'added' && who).length);
  });

  it('says where nothing is stored, or nothing was written', () => {
    const refused = storedView(panelRun(podText().replace('image:', 'imagee:')), 'Pod default/myapp');
    assert.deepEqual([refused.stored, refused.added], ['nothing', 0]);
    const declared = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: team}\n';
    assert.equal(storedView(panelRun(declared), 'Namespace team').stored, 'written');
    const before = podText('  nodeName: worker-9\n');
    const cluster = nodeText('worker-9') + before;
    assert.equal(
      storedView(panelRun(podText('  nodeName: other\n'), { cluster }), 'Pod default/myapp').stored,
      'before',
    );
  });

  it('never shows what is in a Secret', () => {
    const secret =
      'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {password: hunter2}\ndata: {a: aHVudGVyMg==}\n';
    const run = panelRun(secret);
    const everything = JSON.stringify([
      runView(run),
      storyView(run, 'wire'),
      storedView(run, 'Secret default/s'),
      kubectlView(run, run.duration, 'Secret default/s'),
      run.applied.trace.map(({ seq }) => stepDetail(run, seq)),
    ]);
    assert.doesNotMatch(everything, /hunter2|aHVudGVyMg/);
  });
});

describe('a step in full', () => {
  const text = podText();
  const run = panelRun(text);
  const step = (pattern: RegExp) => {
    const found = storyView(run, 'flow')
      .phases.flatMap(({ steps }) => steps)
      .find((one) => pattern.test(one.text));
    return stepDetail(run, found!.seq)!;
  };

  it('shows request and response', () => {
    const { heading, sections, teaching, place } = step(/^bind/);
    assert.equal(heading, 'kube-scheduler → kube-apiserver: bind Pod myapp to worker-1');
    assert.equal(sections[0]?.text, 'POST /api/v1/namespaces/default/pods/myapp/binding');
    assert.equal(sections.find(({ title }) => title === 'Response')?.text, '201');
    assert.match(teaching, /^kube-scheduler: Finds a node .* Why now: /);
    assert.equal(place && textAt(text, place.range), 'Pod');
  });

  it('shows a decision with all nodes', () => {
    assert.match(
      step(/gets worker-1/).sections[0]?.text ?? '',
      /control-plane {2}✗ TaintToleration[^]*worker-1 {7}✓ chosen, 397/,
    );
  });

  it('shows a write as what changed', () => {
    const { sections } = step(/^put .*nodeName/);
    const diff = sections.find(({ language }) => language === 'diff')?.text ?? '';
    assert.match(diff, /^\+ {3}nodeName: worker-1$/m);
    assert.ok(diff.split('\n').length < 30, diff);
  });

  it('leads to the field it goes by', () => {
    const { place } = step(/^pull nginx/);
    assert.equal(place && textAt(text, place.range), 'nginx');
  });

  it('links to what brought it about, and what came of it', () => {
    const { causes, effects } = step(/gets worker-1/);
    assert.match(causes[0]?.text ?? '', /watch: ADDED/);
    assert.match(effects[0]?.text ?? '', /bind/);
  });

  it('is there for every line of the trace, and for no other', () => {
    for (const { seq } of run.applied.trace) assert.ok(stepDetail(run, seq), String(seq));
    assert.equal(stepDetail(run, 1e6), undefined);
  });
});
