// What is promised of every fix: it was proved, it is bounded, it is the best first.
import assert from 'node:assert/strict';
import { fixesFor } from '../../../src/features/editor.ts';
import { applyFiles, parseSource } from '../../../src/features/index.ts';
import { clusterFrom } from '../../support/apply.ts';
import { fixesOf } from '../../support/fixes.ts';
import { deploymentText, nodeText, podText } from '../../support/pending.ts';

function setUp(text: string, cluster: string) {
  const files = [parseSource({ name: 'app.yaml', text })];
  const request = { files, cluster: clusterFrom(cluster), preset: false };
  const applied = applyFiles(request);
  return { request, applied, finding: applied.findings[0]! };
}

const tainted = nodeText('a', { taint: 'dedicated=db:NoSchedule' });

describe('fixesFor', () => {
  it('offers nothing that only brings the next failure to light', () => {
    const text = podText('    resources: {requests: {cpu: 64}}\n');
    const titles = fixesOf(text, 'unschedulable', { cluster: tainted }).map(({ title }) => title);
    assert.deepEqual(titles, ['Tolerate dedicated=db:NoSchedule, and lower the request of cpu to 2']);
  });

  it('offers nothing besides what does it alone', () => {
    const cluster =
      nodeText('a', { labels: 'disk: ssd' }) + nodeText('b', { labels: 'disk: ssd', taint: 'k=v:NoSchedule' });
    const titles = fixesOf(podText('  nodeSelector: {disk: sdd}\n'), 'unschedulable', { cluster }).map(
      ({ title }) => title,
    );
    assert.ok(titles.includes('Correct disk to ssd'));
    assert.ok(
      !titles.some((title) => title.includes('Tolerate k=v:NoSchedule, and correct disk to ssd')),
      titles.join('\n'),
    );
  });

  it('offers nothing that places one Pod and not the next', () => {
    const text = deploymentText(3, 'containers: [{name: a, image: b, resources: {requests: {cpu: 1500m}}}]');
    for (const { outcome } of fixesOf(text, 'unschedulable', { cluster: nodeText('a') + nodeText('b') })) {
      assert.match(outcome, /^(3\/3|2\/2) ready/);
    }
  });

  it('begins with what changes least and weakens least', () => {
    const fixes = fixesOf(podText('  nodeSelector: {disk: sdd}\n'), 'unschedulable', {
      cluster: nodeText('a', { labels: 'disk: ssd' }),
    });
    assert.equal(fixes[0]?.title, 'Correct disk to ssd');
    const efforts = fixes.map(({ cost, risk }) => cost + risk);
    assert.deepEqual(
      efforts,
      efforts.toSorted((a, b) => a - b),
    );
  });

  it('tries no more than it may, and gives no more than are wanted', () => {
    const { request, applied, finding } = setUp(podText(), tainted + nodeText('b', { taint: 'gpu=x:NoSchedule' }));
    assert.equal(fixesFor(request, finding, { applied, tries: 0 }).length, 0);
    assert.equal(fixesFor(request, finding, { applied, tries: 1 }).length, 1);
    assert.equal(fixesFor(request, finding, { applied, most: 2 }).length, 2);
  });

  it('makes the run that it needs, if it is not given', () => {
    const { request, finding } = setUp(podText(), tainted);
    assert.equal(fixesFor(request, finding)[0]?.title, 'Tolerate dedicated=db:NoSchedule');
  });

  it('knows nothing to do about most findings', () => {
    const { request, applied, finding } = setUp(podText(), tainted);
    assert.deepEqual(fixesFor(request, { ...finding, id: 'crash-loop' }, { applied }), []);
  });

  it('leaves alone what is written once and used twice', () => {
    const text = `apiVersion: v1
kind: Pod
metadata: {name: myapp, labels: &labels {tier: a}}
spec:
  nodeSelector: *labels
  containers: [{name: app, image: nginx}]
`;
    const titles = fixesOf(text, 'unschedulable', { cluster: nodeText('a') }).map(({ title }) => title);
    assert.deepEqual(titles, ['Label a with tier=a']);
  });

  it('edits the item of a List, in any line ends', () => {
    const pod = podText().replaceAll('\n', '\n  ').trimEnd();
    const text = `apiVersion: v1\nkind: List\nitems:\n- ${pod}\n`.replaceAll('\n', '\r\n');
    const [fix] = fixesOf(text, 'unschedulable', { cluster: tainted });
    assert.match(fix?.text ?? '', /\r\n {4}tolerations:\r\n {4}- key: dedicated\r\n/);
  });

  it('says the same again and again', () => {
    const ask = () =>
      fixesOf(podText('  nodeSelector: {x: q}\n'), 'unschedulable', { cluster: tainted + nodeText('b') });
    assert.deepEqual(ask(), ask());
    const ids = ask().map(({ id }) => id);
    assert.deepEqual(ids, [...new Set(ids)]);
  });
});
