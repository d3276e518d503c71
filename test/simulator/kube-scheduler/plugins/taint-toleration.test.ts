import { deepEqual, equal } from 'node:assert/strict';
import type { Toleration } from '../../../../src/api/object.ts';
import { taintToleration } from '../../../../src/simulator/kube-scheduler/plugins/taint-toleration.ts';
import { askFilter, askScore, isWokenBy, makeNode, makePod, tolerate } from '../cluster.ts';

const refused = 'U&U node(s) had untolerated taint(s)';

describe('TaintToleration', () => {
  it('refuses nodes with a NoSchedule or NoExecute taint that is not tolerated', () => {
    const cluster = [
      makeNode('a', { taints: ['dedicated=db:NoSchedule'] }),
      makeNode('b', { taints: ['maintenance:NoExecute'] }),
      makeNode('c', { taints: ['slow:PreferNoSchedule'] }),
    ];
    deepEqual(askFilter(taintToleration, cluster, makePod('x')), [`a: ${refused}`, `b: ${refused}`, 'c: fits']);
  });

  const rows: [string, Toleration, boolean][] = [
    ['by key, value and effect', { key: 'k', operator: 'Equal', value: 'v', effect: 'NoSchedule' }, true],
    ['by key and value, without an operator', { key: 'k', value: 'v' }, true],
    ['by key', { key: 'k', operator: 'Exists' }, true],
    ['everything', { operator: 'Exists' }, true],
    ['another value', { key: 'k', operator: 'Equal', value: 'w' }, false],
    ['no value', { key: 'k' }, false],
    ['another effect', { key: 'k', operator: 'Exists', effect: 'NoExecute' }, false],
    ['another key', { key: 'other', operator: 'Exists' }, false],
    ['by an operator that is off by default', { key: 'k', operator: 'Gt', value: 'v' }, false],
  ];
  for (const [what, toleration, fits] of rows) {
    it(`tolerates ${what}: ${fits ? 'fits' : 'does not fit'}`, () => {
      const pod = makePod('x', { tolerations: [toleration] });
      const cluster = [makeNode('a', { taints: ['k=v:NoSchedule'] })];
      deepEqual(askFilter(taintToleration, cluster, pod), [fits ? 'a: fits' : `a: ${refused}`]);
    });
  }

  it('prefers nodes with fewer PreferNoSchedule taints that are not tolerated', () => {
    const cluster = [
      makeNode('a'),
      makeNode('b', { taints: ['x:PreferNoSchedule', 'y:PreferNoSchedule'] }),
      makeNode('c', { taints: ['x:PreferNoSchedule', 'z:PreferNoSchedule'] }),
    ];
    const pod = makePod('x', { tolerations: [tolerate('z')] });
    deepEqual(askScore(taintToleration, cluster, pod), ['a: 0 100', 'b: 2 0', 'c: 1 50']);
  });

  it('wakes a Pod when its node loses the taint, and when the Pod itself tolerates more', () => {
    const tainted = makeNode('a', { taints: ['k:NoSchedule'] });
    const free = makeNode('a');
    const pod = makePod('x');
    equal(
      isWokenBy(taintToleration, pod, { resource: 'Node', action: 'UpdateNodeTaint', before: tainted, after: free }),
      true,
    );
    equal(
      isWokenBy(taintToleration, pod, { resource: 'Node', action: 'UpdateNodeTaint', before: free, after: free }),
      false,
    );
    equal(isWokenBy(taintToleration, pod, { resource: 'Node', action: 'Add', after: tainted }), false);
    equal(isWokenBy(taintToleration, pod, { resource: 'Node', action: 'Add', after: free }), true);
    const changed = (name: string) =>
      ({ resource: 'UnschedulablePod', action: 'UpdatePodToleration', after: makePod(name) }) as const;
    equal(isWokenBy(taintToleration, pod, changed('x')), true);
    equal(isWokenBy(taintToleration, pod, changed('y')), false);
  });
});
