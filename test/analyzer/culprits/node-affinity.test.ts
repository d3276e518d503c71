import assert from 'node:assert/strict';
import { nodeText, podText, whyPending } from '../../support/pending.ts';

const selecting = (selector: string) => podText(`  nodeSelector: {${selector}}\n`);
const requiring = (...expressions: string[]) =>
  podText(
    `  affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [${expressions.join(', ')}]}]}}}\n`,
  );
const a = nodeText('a', { labels: 'disktype: ssd, zone: south' });
const b = nodeText('b', { labels: 'zone: north' });

describe('the culprit behind NodeAffinity', () => {
  const rows: [what: string, text: string, at: string, why: RegExp][] = [
    ['a key that is nearly one that exists', selecting('disktyp: ssd'), 'ssd', /did you mean disktype \(ssd on a\)\?/],
    [
      'a key, and all nodes that have what is wanted by it',
      selecting('zon: north'),
      'north',
      /did you mean zone \(north on b\)\?/,
    ],
    [
      'a value that is nearly one that exists',
      selecting('disktype: sssd'),
      'sssd',
      /nodes have disktype=ssd, did you mean ssd\?/,
    ],
    [
      'a value, and what every node carries',
      selecting('arch: arm'),
      'arm',
      /^No node has the label arch=arm: no node has a label arch\. /,
    ],
    [
      'the very expression',
      requiring('{key: zone, operator: Exists}', '{key: zone, operator: In, values: [nort]}'),
      '{key: zone, operator: In, values: [nort]}',
      /^No node meets zone In nort: nodes have zone=north, south, did you mean north\?/,
    ],
    [
      'several that no node has together, with the node that comes nearest',
      selecting('disktype: ssd, zone: north'),
      'nodeSelector',
      /a comes nearest: it has zone=south, not north\./,
    ],
  ];
  for (const [what, text, at, why] of rows) {
    it(`is ${what}`, () => {
      const [place, explanation] = whyPending(text, a + b);
      assert.equal(place, at);
      assert.match(explanation, why);
    });
  }

  it('says what every node has', () => {
    assert.match(whyPending(selecting('zone: sout'), a)[1], /every node has zone=south, did you mean south\?/);
  });
});
