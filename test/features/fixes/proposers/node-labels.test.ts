import assert from 'node:assert/strict';
import { nodeText, podText } from '../../../support/pending.ts';
import { fixesOf, offered } from '../../../support/fixes.ts';

const a = nodeText('a', { labels: 'disktype: ssd, zone: south' });
const b = nodeText('b', { labels: 'zone: north' });
const selecting = (selector: string) => podText(`  nodeSelector:\n    ${selector} # fast\n`);
const requiring = (expression: string) =>
  podText(`  affinity:
    nodeAffinity:
      requiredDuringSchedulingIgnoredDuringExecution:
        nodeSelectorTerms:
        - matchExpressions:
          - ${expression}
`);
const ask = (text: string) => offered(text, 'unschedulable', { cluster: a + b });

describe('fixes of labels that no node has', () => {
  it('correct the key to one that a node has with the value', () => {
    const [first, ...others] = ask(selecting('disktyp: ssd'));
    assert.deepEqual(first, [
      'Correct disktyp to disktype',
      true,
      '-     disktyp: ssd # fast',
      '+     disktype: ssd # fast',
    ]);
    assert.deepEqual(
      others.map(([title]) => title),
      ['Do without the label disktyp=ssd', 'Label a with disktyp=ssd'],
    );
  });

  it('correct a value that is nearly one that exists, unseen where there is one only', () => {
    assert.deepEqual(ask(selecting('disktype: sdd'))[0], [
      'Correct disktype to ssd',
      true,
      '-     disktype: sdd # fast',
      '+     disktype: ssd # fast',
    ]);
    assert.deepEqual(ask(selecting('zone: sout'))[0]?.slice(0, 2), ['Correct zone to south', false]);
  });

  it('offer another value as a choice', () => {
    assert.deepEqual(
      ask(selecting('zone: west'))
        .map(([title, isSafe]) => [title, isSafe])
        .slice(0, 2),
      [
        ['Correct zone to south', false],
        ['Correct zone to north', false],
      ],
    );
  });

  it('put before a key what it lacks, but not unseen', () => {
    const cluster = nodeText('a', { labels: 'example.com/team: x' });
    assert.deepEqual(offered(selecting('team: x'), 'unschedulable', { cluster })[0]?.slice(0, 2), [
      'Correct team to example.com/team',
      false,
    ]);
  });

  it('take for a choice, not for a slip, what another node has', () => {
    const cluster = nodeText('a', { labels: 'zone: eu-a, disk: x' }) + nodeText('b', { labels: 'zone: eu-b' });
    const fixes = fixesOf(selecting('disk: x\n    zone: eu-b'), 'unschedulable', { cluster });
    assert.equal(fixes.find(({ title }) => title === 'Correct zone to eu-a')?.risk, 2);
  });

  it('take the selector along where its only label goes', () => {
    const removal = ask(selecting('gpu: "1"')).find(([title]) => title.startsWith('Do without'));
    assert.deepEqual(removal, ['Do without the label gpu=1', false, '-   nodeSelector:', '-     gpu: "1" # fast']);
  });

  it('correct an expression: its key, or a value, or add the value', () => {
    const rows: [expression: string, ...expected: unknown[]][] = [
      ['{key: disktyp, operator: Exists}', 'Correct disktyp to disktype', true],
      ['{key: disktype, operator: In, values: [sdd, nvme]}', 'Correct sdd to ssd', true],
      ['{key: zone, operator: In, values: [moon]}', 'Allow zone=south, too', false],
    ];
    for (const [expression, ...expected] of rows) {
      assert.deepEqual(ask(requiring(expression))[0]?.slice(0, 2), expected);
    }
    assert.deepEqual(ask(requiring('{key: zone, operator: In, values: [moon]}'))[0]?.slice(2), [
      '-           - {key: zone, operator: In, values: [moon]}',
      '+           - {key: zone, operator: In, values: [moon, south]}',
    ]);
  });

  it('take a second change where the node has a taint, too', () => {
    const cluster = nodeText('a', { labels: 'disktype: ssd', taint: 'dedicated=db:NoSchedule' });
    const titles = offered(selecting('disktyp: ssd'), 'unschedulable', { cluster }).map(([title]) => title);
    assert.equal(titles[0], 'Tolerate dedicated=db:NoSchedule, and correct disktyp to disktype');
  });
});
