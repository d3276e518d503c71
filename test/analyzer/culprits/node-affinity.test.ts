import assert from 'node:assert/strict';
import { nodeText, podText, whyPending } from '../../support/pending.ts';

const selecting = (selector: string) => podText(`  nodeSelector: {${selector}}\n`);
const requiring = (...expressions: string[]) =>
  podText(
    `  affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [${expressions.join(', ')}]}]}}}\n`,
  );
const terms = (list: string) =>
  `  affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [${list}]}}}\n`;
const a = nodeText('a', { labels: 'disktype: ssd, zone: south' });
const b = nodeText('b', { labels: 'zone: north' });
const c = nodeText('c', { labels: 'zone: south, example.com/name: a' });

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
    ['a key without what stands before it', selecting('name: a'), 'a', /did you mean example\.com\/name \(a on c\)\?/],
    [
      'a comparison with what is no number',
      requiring('{key: zone, operator: Gt, values: [many]}'),
      '{key: zone, operator: Gt, values: [many]}',
      /^No node meets zone Gt many: Gt compares whole numbers, and many is none\./,
    ],
    [
      'a comparison of what is no number',
      requiring('{key: zone, operator: Lt, values: ["5"]}'),
      '{key: zone, operator: Lt, values: ["5"]}',
      /Lt compares whole numbers, and nodes have zone=north, south\./,
    ],
    [
      'an exclusion of every value',
      requiring('{key: kubernetes.io/hostname, operator: NotIn, values: [a, b, c]}'),
      '{key: kubernetes.io/hostname, operator: NotIn, values: [a, b, c]}',
      /nodes have kubernetes\.io\/hostname=a, b, c\. Correct it, or take the label from a node\./,
    ],
    [
      'a term without conditions',
      podText(terms('{}')),
      '{}',
      /^A term without conditions selects no node: give it one, or leave the term out\.$/,
    ],
    [
      'a node by a name that none has',
      podText(terms('{matchFields: [{key: metadata.name, operator: In, values: [aa]}]}')),
      '{key: metadata.name, operator: In, values: [aa]}',
      /^No node is called aa: did you mean a\?$/,
    ],
    [
      'the first of several terms',
      podText(
        terms(
          '{matchExpressions: [{key: zone, operator: In, values: [nort]}]}, {matchExpressions: [{key: gpu, operator: Exists}]}',
        ),
      ),
      '{key: zone, operator: In, values: [nort]}',
      /^No node meets one of the 2 terms\. No node meets zone In nort: /,
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
      const [place, explanation] = whyPending(text, a + b + c);
      assert.equal(place, at);
      assert.match(explanation, why);
    });
  }

  it('says what every node has', () => {
    assert.match(whyPending(selecting('zone: sout'), a)[1], /every node has zone=south, did you mean south\?/);
  });
});
