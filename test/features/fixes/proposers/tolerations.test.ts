import assert from 'node:assert/strict';
import { nodeText } from '../../../support/apply.ts';
import { fixesOf, linesChanged } from '../../../support/fixes.ts';

const pod = (tolerations = '') => `apiVersion: v1
kind: Pod
metadata: {name: myapp}
spec: # of the Pod
  containers:
  - name: app
    image: nginx
${tolerations}`;
const tainted = nodeText('db-1', { taint: 'dedicated=db:NoSchedule' });

const rows = (text: string, cluster: string) =>
  fixesOf(text, 'unschedulable', { cluster }).map((fix) => [fix.title, fix.isSafe, ...linesChanged(text, fix.text)]);

describe('fixes of a taint that is not tolerated', () => {
  it('are the toleration and, as advice, that the taint goes; each says what came of it', () => {
    const fixes = fixesOf(pod(), 'unschedulable', { cluster: tainted });
    assert.deepEqual(
      fixes.map(({ title, target, outcome, command }) => [title, target, outcome.replace(/[\d.]+ s/, 'N s'), command]),
      [
        ['Tolerate dedicated=db:NoSchedule', 'manifest', 'runs on db-1 after N s', undefined],
        [
          'Remove the taint dedicated=db:NoSchedule from db-1',
          'cluster',
          'runs on db-1 after N s',
          'kubectl taint nodes db-1 dedicated=db:NoSchedule-',
        ],
      ],
    );
    assert.deepEqual(linesChanged(pod(), fixes[0]!.text), [
      '+   tolerations:',
      '+   - key: dedicated',
      '+     operator: Equal',
      '+     value: db',
      '+     effect: NoSchedule',
    ]);
  });

  const nearly: [what: string, toleration: string, expected: unknown[]][] = [
    [
      'the key',
      '{key: dedicatd, operator: Equal, value: db, effect: NoSchedule}',
      ['Correct the key of the toleration to dedicated', true],
    ],
    [
      'the value, misspelt',
      '{key: dedicated, operator: Equal, value: dbb, effect: NoSchedule}',
      ['Correct the value of the toleration to db', true],
    ],
    [
      'the value, another one',
      '{key: dedicated, operator: Equal, value: frontend, effect: NoSchedule}',
      ['Correct the value of the toleration to db', false],
    ],
    [
      'the effect',
      '{key: dedicated, operator: Exists, effect: NoExecute}',
      ['Correct the effect of the toleration to NoSchedule', false],
    ],
  ];
  for (const [what, toleration, expected] of nearly) {
    it(`correct ${what} of a toleration that nearly does it`, () => {
      const text = pod(`  tolerations: # these\n  - ${toleration} # nearly\n`);
      const [title, isSafe, before, after, ...more] = rows(text, tainted)[0] ?? [];
      assert.deepEqual([title, isSafe, more], [...expected, []]);
      assert.equal(before, `-   - ${toleration} # nearly`);
      assert.match(String(after), /dedicated.*NoSchedule\} # nearly$/);
    });
  }

  it('tolerate both taints of a node that has two', () => {
    const cluster = tainted.replace('taints: [', 'taints: [{key: gpu, effect: NoExecute}, ');
    assert.deepEqual(rows(pod(), cluster)[0], [
      'Tolerate gpu:NoExecute, and tolerate dedicated=db:NoSchedule',
      false,
      '+   tolerations:',
      '+   - key: gpu',
      '+     operator: Exists',
      '+     effect: NoExecute',
      '+   - key: dedicated',
      '+     operator: Equal',
      '+     value: db',
      '+     effect: NoSchedule',
    ]);
  });

  it('offer the dedicated node before the control plane', () => {
    const control = nodeText('cp', { taint: 'node-role.kubernetes.io/control-plane=x:NoSchedule' });
    assert.deepEqual(
      rows(pod(), control + tainted).map(([title]) => title),
      [
        'Tolerate dedicated=db:NoSchedule',
        'Remove the taint dedicated=db:NoSchedule from db-1',
        'Tolerate node-role.kubernetes.io/control-plane=x:NoSchedule',
        'Remove the taint node-role.kubernetes.io/control-plane=x:NoSchedule from cp',
      ],
    );
  });

  it('are none where the node is not well, or where the next filter says no', () => {
    assert.deepEqual(rows(pod(), nodeText('a', { taint: 'node.kubernetes.io/disk-pressure=x:NoSchedule' })), []);
    const picky = rows(pod('  nodeSelector: {disk: ssd}\n'), tainted).map(([title]) => title);
    assert.ok(!picky.includes('Tolerate dedicated=db:NoSchedule'), picky.join());
  });

  it('stand in the template of a Deployment', () => {
    const text = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: app, image: nginx}]
`;
    const [fix] = fixesOf(text, 'unschedulable', { cluster: tainted });
    assert.match(fix?.outcome ?? '', /^2\/2 ready after [\d.]+ s$/);
    assert.equal(linesChanged(text, fix?.text ?? '')[0], '+       tolerations:');
  });
});
