import assert from 'node:assert/strict';
import { nodeText, podText, runningText } from '../../../support/pending.ts';
import { fixesOf } from '../../../support/fixes.ts';

const pod = (kind: string, app: string) =>
  podText(`  affinity:
    ${kind}:
      requiredDuringSchedulingIgnoredDuringExecution:
      - topologyKey: kubernetes.io/hostname
        labelSelector: {matchLabels: {app: ${app}}}
`);

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
