import assert from 'node:assert/strict';
import { deploymentText, nodeText } from '../../../support/pending.ts';
import { fixesOf, offered } from '../../../support/fixes.ts';

const spec = 'containers: [{name: a, image: b, ports: [{containerPort: 80, hostPort: 80}]}]';

describe('the fix of a workload of which only some Pods fit', () => {
  it('is as many as fit', () => {
    const cluster = nodeText('a') + nodeText('b');
    const fix = fixesOf(deploymentText(3, spec), 'unschedulable', { cluster }).find(({ title }) =>
      title.startsWith('Run'),
    );
    assert.deepEqual([fix?.title, fix?.outcome.slice(0, 9)], ['Run 2 of the 3 replicas', '2/2 ready']);
    assert.match(fix?.text ?? '', /replicas: 2\n/);
  });

  it('is not offered where none fits', () => {
    const cluster = nodeText('a', { taint: 'k=v:NoSchedule' });
    const titles = offered(deploymentText(3, spec), 'unschedulable', { cluster }).map(([title]) => title);
    assert.ok(!titles.some((title) => title.startsWith('Run')), titles.join());
  });
});
