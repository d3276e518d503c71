import assert from 'node:assert/strict';
import { runView, storyView } from '../../../src/features/panel/index.ts';
import { nodeText } from '../../support/apply.ts';
import { panelRun, podText, textAt } from '../../support/panel.ts';

const service = '---\napiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n';
const deployment =
  'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 2, selector: {matchLabels: {app: web}}, ' +
  'template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: nginx}]}}}\n';
const autoscaler = `---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {maxReplicas: 2, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
`;
const tainted = nodeText('a', { taint: 'dedicated=db:NoSchedule' });

describe('what the panel opens on', () => {
  it('says where a Pod runs, and after how long', () => {
    const { banner, objects, duration, moments } = runView(panelRun(podText()));
    assert.equal(banner.verdict, 'running');
    assert.match(banner.headline, /^myapp runs on worker-1, 1\.\d s after apply$/);
    assert.equal(banner.message, undefined);
    assert.deepEqual(
      objects.map(({ key, says }) => [key, says]),
      [['Pod default/myapp', 'Running on worker-1']],
    );
    assert.ok(moments.length > 3 && moments.every((moment) => moment >= 0 && moment <= duration), String(moments));
    assert.deepEqual(
      [banner.cluster, banner.assumed, banner.clusterDetail],
      ['tutorial', false, '3 nodes, Kubernetes 1.36'],
    );
  });

  it('says why a Pod stays Pending, in the words of the scheduler and in plain ones, at the field', () => {
    const text = podText();
    const { banner } = runView(panelRun(text, { cluster: tainted, assumed: true }));
    assert.equal(banner.verdict, 'pending');
    assert.equal(banner.headline, 'myapp stays Pending: no node takes it');
    assert.match(banner.message ?? '', /^0\/1 nodes are available: 1 node\(s\) had untolerated taint/);
    assert.match(banner.explanation ?? '', /dedicated=db:NoSchedule/);
    assert.doesNotMatch(banner.explanation ?? '', /assumed/);
    assert.equal(banner.place && textAt(text, banner.place.range), 'spec');
  });

  it('says what is refused, and what never ran for it', () => {
    const view = runView(panelRun(podText().replace('image:', 'imagee:')));
    assert.equal(view.banner.verdict, 'refused');
    assert.match(view.banner.headline, /^myapp is refused/);
    assert.deepEqual(view.story.unreached, ['Control', 'Schedule', 'Run', 'Reach']);
  });

  it('takes the worst of several objects', () => {
    const { banner, objects } = runView(panelRun(podText() + service, { cluster: tainted }));
    assert.equal(banner.verdict, 'pending');
    assert.deepEqual(
      objects.map(({ verdict }) => verdict),
      ['pending', 'running'],
    );
  });

  it('lets the workloads lead where something beside them is not known, and says what', () => {
    const { banner } = runView(panelRun(deployment + autoscaler));
    assert.equal(banner.verdict, 'running');
    assert.match(banner.headline, /^web is up, 2\/2 ready, /);
    assert.equal(banner.footnote, 'Not known: what becomes of HorizontalPodAutoscaler web');
    assert.equal(banner.found, '1 note');
    assert.match(banner.others[0]?.message ?? '', /not modelled/);
    const yearly =
      'apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: a}\nspec: {schedule: 0 0 1 1 *, jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}}}}\n';
    assert.equal(runView(panelRun(yearly)).banner.verdict, 'unknown', 'alone it is all there is to know');
  });

  it('names the kind where the name is that of several', () => {
    const refused = runView(panelRun(deployment + service.replace('80', '0'))).banner;
    assert.match(refused.headline, /^Service web is refused/);
    assert.match(runView(panelRun(service.replace('80', '0'))).banner.headline, /^web is refused/);
  });

  it('counts what is found, and lists what the headline is not about', () => {
    const { banner } = runView(panelRun(podText().replace('image:', 'imagee:') + service.replace('{port: 80}', '')));
    assert.equal(banner.others.length, 1);
    assert.equal(banner.found, '2 errors');
    assert.equal(runView(panelRun(podText())).banner.found, undefined);
  });

  it('speaks of a failing container', () => {
    const { banner } = runView(panelRun(podText('', '    envFrom: [{configMapRef: {name: none}}]\n')));
    assert.deepEqual([banner.verdict, banner.headline.split(':')[0]], ['failing', 'myapp does not run']);
  });

  it('has something to say of files without an object', () => {
    assert.equal(runView(panelRun('')).banner.headline, 'There is nothing to apply');
    assert.equal(
      runView(panelRun('{{ if .Values.on }}\nkind: Pod\n{{ end }}\n')).banner.headline,
      'There is nothing to apply: this is a template, not a manifest yet',
    );
    assert.equal(runView(panelRun('a: [')).objects.length, 0);
    assert.equal(runView(panelRun('apiVersion: v1\nkind: Pod\nmetadata: [')).banner.verdict, 'refused');
  });
});

describe('the story as a view', () => {
  it('has a step for each message and note of the diagram', () => {
    const run = panelRun(podText());
    for (const depth of ['story', 'flow', 'wire'] as const) {
      const { phases, index } = storyView(run, depth);
      const steps = phases.flatMap((phase) => phase.steps);
      const told = index.filter((seq) => seq >= 0);
      assert.ok(steps.every(({ seq }) => told.includes(seq)));
      assert.ok(steps.every(({ time }) => time >= 0 && time <= run.duration));
    }
  });

  it('grows with its depth', () => {
    const run = panelRun(podText());
    const arrows = (['story', 'flow', 'wire'] as const).map(
      (depth) =>
        storyView(run, depth)
          .phases.flatMap(({ steps }) => steps)
          .filter(({ form }) => form !== 'note').length,
    );
    assert.ok(arrows[0]! >= 12 && arrows[0]! <= 16, String(arrows));
    assert.ok(arrows[1]! >= 25 && arrows[1]! <= 50 && arrows[2]! > arrows[1]!, String(arrows));
  });
});
