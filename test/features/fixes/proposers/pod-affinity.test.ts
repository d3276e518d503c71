import assert from 'node:assert/strict';
import { nodeText, podText, runningText } from '../../../support/pending.ts';
import { fixesOf, offered } from '../../../support/fixes.ts';

const pod = (kind: string, app: string) =>
  podText(`  affinity:
    ${kind}:
      requiredDuringSchedulingIgnoredDuringExecution:
      - topologyKey: kubernetes.io/hostname
        labelSelector: {matchLabels: {app: ${app}}}
`);

describe('the fix of a slip in an affinity between Pods', () => {
  const cluster = nodeText('a') + runningText('other', 'a');
  const first = (text: string) => offered(text, 'unschedulable', { cluster })[0];

  it('corrects the topology key', () => {
    assert.deepEqual(first(pod('podAffinity', 'web').replace('/hostname', '/hostnam')), [
      'Correct kubernetes.io/hostnam to kubernetes.io/hostname',
      true,
      '-       - topologyKey: kubernetes.io/hostnam',
      '+       - topologyKey: kubernetes.io/hostname',
    ]);
  });

  it('corrects the label', () => {
    assert.deepEqual(first(pod('podAffinity', 'wbe').replace('app: web}', 'app: x}')), [
      'Correct app to web',
      false,
      '-         labelSelector: {matchLabels: {app: wbe}}',
      '+         labelSelector: {matchLabels: {app: web}}',
    ]);
  });
});

describe('the fix of an affinity between Pods that cannot be kept', () => {
  const rows: [kind: string, app: string, title: string][] = [
    ['podAffinity', 'db', 'Only prefer to be near such Pods'],
    ['podAntiAffinity', 'web', 'Only prefer to be apart from such Pods'],
  ];
  for (const [kind, app, title] of rows) {
    it(`prefers what ${kind} required`, () => {
      const cluster = nodeText('a') + runningText('other', 'a');
      const fix = fixesOf(pod(kind, app), 'unschedulable', { cluster }).find((one) => one.title === title);
      assert.match(fix?.outcome ?? '', /^runs on a after/);
      assert.match(
        fix?.text ?? '',
        new RegExp(`${kind}:\\n      preferredDuringSchedulingIgnoredDuringExecution:\\n      - weight: 100\\n`),
      );
      assert.doesNotMatch(fix?.text ?? '', /required/);
    });
  }
});
