import assert from 'node:assert/strict';
import { markdownReport, mermaidReport, plain, textReport } from '../../src/features/index.ts';
import { applyText, nodeText } from '../support/apply.ts';

const pod =
  'apiVersion: v1\nkind: Pod\nmetadata:\n  name: myapp\nspec:\n  containers:\n  - name: app\n    image: nginx\n';
const broken = pod.replace('image:', 'imagee:');

describe('the run as text', () => {
  it('tells phases, verdict, and what kubectl prints', () => {
    const text = textReport(applyText(pod, { then: ['get pods'], reach: true }), 'story', plain);
    const order = [
      'Apply: ',
      'Control: ',
      'Schedule: ',
      'Run: ',
      'Reach: ',
      'Verdict\n',
      '$ kubectl apply -f app.yaml\npod/myapp created',
      '$ kubectl get pods\nNAME ',
    ];
    const places = order.map((part) => text.indexOf(part));
    assert.ok(
      places.every((place) => place >= 0),
      JSON.stringify(places),
    );
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
    );
    assert.match(text, / {2}pod\/myapp {2}Running on worker-1\n/);
  });

  it('counts time from the apply', () => {
    const text = textReport(applyText(pod), 'wire', plain);
    assert.match(text, /\n {3}0\.000 s {3}kubectl → kube-apiserver +GET \/openapi\/v3\n/);
  });

  it('tells a finding under its object, with its place', () => {
    const text = textReport(applyText(broken), 'story', plain);
    assert.match(text, /Never reached: Control, Schedule, Run, Reach\n/);
    assert.match(
      text,
      / {2}pod\/myapp {2}not created\n {2}error unknown-field, app\.yaml:8:5\n {4}strict decoding error: unknown field "spec\.containers\[0\]\.imagee"\n/,
    );
  });

  it('tells a Pod that was there and is gone from one that never was', () => {
    const cluster = `${nodeText('a', { taint: 'node.kubernetes.io/not-ready=x:NoExecute' })}`.replace(', value: x', '');
    assert.match(textReport(applyText(pod, { cluster }), 'story', plain), / {2}pod\/myapp {2}deleted\n/);
  });

  it('says so where nothing is applied', () => {
    const text = textReport(applyText('apiVersion: v1\nkind: Pod\nmetadata: {name: {{ .x }}}\n'), 'story', plain);
    assert.match(text, /\(nothing is applied\)\n$/);
  });

  it('says of each kind how it stands', () => {
    const text = `${pod}---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {clusterIP: None, selector: {a: b}, ports: [{port: 80}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: c}
`;
    assert.deepEqual(
      applyText(text).outcomes.map(({ object, says }) => [object.kind, says]),
      [
        ['Pod', 'Running on worker-1'],
        ['Service', 'headless'],
        ['ConfigMap', undefined],
      ],
    );
  });

  it('says of a Pod what it waits for', () => {
    const images = { images: { nginx: { pull: { error: 'gone' } } } };
    assert.match(
      applyText(pod, { images }).outcomes[0]?.says ?? '',
      /^Pending on worker-1, (ErrImagePull|ImagePullBackOff)$/,
    );
  });
});

describe('the run as Markdown', () => {
  it('has a table, the findings, the diagram and the commands', () => {
    const text = markdownReport(applyText(broken), 'story');
    assert.match(text, /^# kubectl apply -f app\.yaml\n/);
    assert.match(text, /\| Pod \| myapp \| not created \|/);
    assert.match(
      text,
      /- \*\*error\*\* unknown-field, app\.yaml:8: strict decoding error: unknown field "spec\.containers\\\[0\\\]\.imagee"/,
    );
    assert.match(text, /```mermaid\nsequenceDiagram\n/);
    assert.match(text, /```console\n\$ kubectl apply -f app\.yaml\nError from server/);
  });

  it('has fences that no output can close', () => {
    const text = markdownReport(applyText(pod.replace('myapp', '"```"')), 'story');
    assert.match(text, /````console\n/);
  });
});

describe('the run as a diagram', () => {
  it('is Mermaid text', () =>
    assert.match(
      mermaidReport(applyText(pod), 'story'),
      /^sequenceDiagram\n {2}autonumber\n {2}participant user as you\n/,
    ));
});
