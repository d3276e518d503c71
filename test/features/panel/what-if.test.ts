import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fixesView, nodesView, runView, whatIfView, writeWhatIf } from '../../../src/features/panel/index.ts';
import type { FileEdit, WhatIf } from '../../../src/protocol/panel.ts';
import { nodeText } from '../../support/apply.ts';
import { panelRequest, panelRun, podText } from '../../support/panel.ts';

const cluster = nodeText('db-1', { taint: 'dedicated=db:NoSchedule' });
const headline = (text: string, whatIf: WhatIf, on = cluster) =>
  runView(panelRun(text, { cluster: on, whatIf })).banner.headline;

function written(text: string, [edit, ...more]: readonly FileEdit[]): string {
  assert.equal(more.length, 0);
  const lines = text.split('\n');
  const offset = ({ line, character }: { line: number; character: number }) =>
    lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, character);
  return [...edit!.edits]
    .reverse()
    .reduce(
      (done, { range, newText }) => done.slice(0, offset(range.start)) + newText + done.slice(offset(range.end)),
      text,
    );
}

describe('what if', () => {
  it('offers the taints, the nodes and the fields', () => {
    const view = whatIfView(
      panelRun(podText(), { cluster, whatIf: { untaint: [{ node: 'db-1', taint: 'dedicated=db:NoSchedule' }] } }),
    );
    assert.deepEqual(view.taints, [{ node: 'db-1', taint: 'dedicated=db:NoSchedule', on: false }]);
    assert.deepEqual(view.nodes, [{ name: 'db-1', detail: '2 CPU · 4Gi · 0 Pods' }]);
    assert.deepEqual(
      view.fields.map(({ label, value }) => [label, value]),
      [
        ['app: cpu request', ''],
        ['app: memory request', ''],
      ],
    );
  });

  it('switches a taint off', () => {
    const whatIf = { untaint: [{ node: 'db-1', taint: 'dedicated=db:NoSchedule' }] };
    assert.match(headline(podText(), {}), /stays Pending/);
    assert.match(headline(podText(), whatIf), /runs on db-1/);
    const text = written(cluster, writeWhatIf(panelRequest(podText(), { cluster }), whatIf));
    assert.match(runView(panelRun(podText(), { cluster: text })).banner.headline, /runs on db-1/);
  });

  it('adds nodes like another', () => {
    const whatIf = { addNodes: [{ like: 'db-1', count: 2 }] };
    const { rows } = nodesView(panelRun(podText(), { cluster, whatIf }));
    assert.deepEqual(
      rows.map(({ node }) => node),
      ['db-1', 'db-2', 'db-3'],
    );
    const text = written(cluster, writeWhatIf(panelRequest(podText(), { cluster }), whatIf));
    assert.equal(nodesView(panelRun(podText(), { cluster: text })).rows.length, 3);
  });

  it('changes a field, in the text as it would be written', () => {
    const text = podText('', '    resources: {requests: {cpu: 4}}\n');
    const path = 'spec.containers[0].resources.requests.cpu';
    const whatIf = { set: [{ object: 'Pod default/myapp', path, value: '500m' }] };
    const on = nodeText('a');
    assert.match(headline(text, {}, on), /stays Pending/);
    assert.match(headline(text, whatIf, on), /runs on a/);
    assert.match(written(text, writeWhatIf(panelRequest(text), whatIf)), /requests: \{cpu: 500m\}/);
  });

  it('leaves out what does not fit any more', () => {
    const whatIf = {
      untaint: [{ node: 'gone', taint: 'a=b:NoSchedule' }],
      addNodes: [{ like: 'gone', count: 1 }],
      set: [{ object: 'Pod default/other', path: 'spec.x', value: 1 }],
    };
    assert.match(headline(podText(), whatIf), /stays Pending/);
    assert.deepEqual(writeWhatIf(panelRequest(podText(), { cluster }), whatIf), []);
  });

  it('writes a preset down with what changes in it, if there is a place for it', () => {
    const taint = 'node-role.kubernetes.io/control-plane:NoSchedule';
    const whatIf = { untaint: [{ node: 'control-plane', taint }], addNodes: [{ like: 'worker-1', count: 1 }] };
    assert.deepEqual(writeWhatIf(panelRequest(podText()), whatIf), []);
    const preset = { text: readFileSync('media/clusters/tutorial.yaml', 'utf8'), uri: 'file:///work/new.yaml' };
    const [edit, ...more] = writeWhatIf(panelRequest(podText()), whatIf, preset);
    assert.deepEqual([edit?.uri, edit?.creates, more], [preset.uri, true, []]);
    const text = written('', [edit!]);
    assert.doesNotMatch(text, /NoSchedule/);
    assert.match(text, /name: worker-3\n/);
    assert.match(headline(podText('  nodeName: worker-3\n'), {}, text), /runs on worker-3/);
  });

  it('leaves a preset alone where only manifests change', () => {
    const text = podText('', '    resources: {requests: {cpu: 4}}\n');
    const path = 'spec.containers[0].resources.requests.cpu';
    const whatIf = { set: [{ object: 'Pod default/myapp', path, value: '500m' }] };
    const edits = writeWhatIf(panelRequest(text), whatIf, { text: nodeText('a'), uri: 'file:///work/new.yaml' });
    assert.deepEqual(
      edits.map(({ uri }) => uri),
      ['file:///work/app.yaml'],
    );
  });
});

describe('the fixes', () => {
  it('say what they change, and what a run with them came to', () => {
    const [fix] = fixesView(panelRun(podText(), { cluster }));
    assert.equal(fix?.title, 'Tolerate dedicated=db:NoSchedule');
    assert.match(fix.outcome, /runs on db-1/);
    assert.match(fix.detail, /^Changes 1 place in app\.yaml, line \d+\.$/);
    assert.match(written(podText(), fix.edits ?? []), /tolerations:/);
    assert.match(headline(podText(), fix.whatIf ?? {}), /runs on db-1/);
  });

  it('of the cluster are advice that can be tried', () => {
    const advice = fixesView(panelRun(podText(), { cluster })).find(({ target }) => target === 'cluster');
    assert.equal(advice?.command, 'kubectl taint nodes db-1 dedicated=db:NoSchedule-');
    assert.equal(advice.edits, undefined);
    assert.match(headline(podText(), advice.whatIf ?? {}), /runs on db-1/);
  });

  it('are none where nothing is wrong', () => {
    assert.deepEqual(fixesView(panelRun(podText())), []);
  });
});
