import assert from 'node:assert/strict';
import { outcomeText } from '../../../src/features/fixes/outcome-text.ts';
import { applyText, type Options } from '../../support/apply.ts';
import { deploymentText, podText } from '../../support/pending.ts';

const outcome = (text: string, options?: Options) => {
  const applied = applyText(text, options);
  return outcomeText(applied, applied.outcomes[0]!.object).replace(/[\d.]+ s/, 'N s');
};

describe('the outcome of a fix', () => {
  const rows: [what: string, text: string, says: string, options?: Options][] = [
    ['a Pod that runs', podText(), 'runs on worker-1 after N s'],
    [
      'a Pod that completes',
      podText('  restartPolicy: Never\n'),
      'completes on worker-1 after N s',
      { images: { images: { nginx: { runs: [{ exit: 0, after: '1s' }] } } } },
    ],
    ['a workload', deploymentText(2, 'containers: [{name: a, image: b}]'), '2/2 ready after N s'],
    ['what only exists', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n', 'is accepted'],
    [
      'what is not let in',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: A}\n',
      'leaves: metadata.name: Invalid value: "A"',
    ],
  ];
  for (const [what, text, says, options] of rows) {
    it(`of ${what}`, () => assert.ok(outcome(text, options).startsWith(says), outcome(text, options)));
  }
});
