import assert from 'node:assert/strict';
import type { PodSpec } from '../../../../src/api/object.ts';
import { priority } from '../../../../src/simulator/kube-apiserver/admission/priority.ts';
import { ask, outcome } from '../admission-fixture.ts';
import { pod, type Manifest } from '../server-fixture.ts';

const priorityClass = (name: string, value: number, more: Manifest = {}) => ({
  apiVersion: 'scheduling.k8s.io/v1',
  kind: 'PriorityClass',
  metadata: { name },
  value,
  ...more,
});

function admitted(spec: Manifest, cluster: readonly Manifest[] = []): unknown {
  const found = outcome(ask(priority, pod('a', spec), { cluster })) as PodSpec | string;
  if (typeof found === 'string') return found.replace('pods "a" is forbidden: ', '');
  return [found.priorityClassName, found.priority, found.preemptionPolicy];
}

const computed = 'must not be provided in pod spec; priority admission controller computed';
const given = 'from the given PriorityClass name';

describe('Priority', () => {
  it('is 0 where there is no class', () => {
    assert.deepEqual(admitted({}), [undefined, 0, 'PreemptLowerPriority']);
    assert.deepEqual(admitted({ priority: 0 }), [undefined, 0, 'PreemptLowerPriority']);
  });

  it('comes from the class named, from those every server has, or from the lowest default', () => {
    const high = priorityClass('high', 1000, { preemptionPolicy: 'Never' });
    assert.deepEqual(admitted({ priorityClassName: 'high' }, [high]), ['high', 1000, 'Never']);
    const critical = 'system-node-critical';
    assert.deepEqual(admitted({ priorityClassName: critical }), [critical, 2_000_001_000, 'PreemptLowerPriority']);
    const normal = priorityClass('normal', 5, { globalDefault: true });
    assert.deepEqual(admitted({}, [high, normal]), ['normal', 5, 'PreemptLowerPriority']);
  });

  it('cannot be told otherwise', () => {
    assert.equal(admitted({ priority: 1 }), `the integer value of priority (1) ${computed} 0 ${given}`);
    assert.equal(
      admitted({ preemptionPolicy: 'Never' }),
      `the string value of PreemptionPolicy (Never) ${computed} PreemptLowerPriority ${given}`,
    );
    assert.equal(admitted({ priorityClassName: 'none' }), 'no PriorityClass with name none was found');
  });

  it('stays through an update that leaves it out', () => {
    const old = pod('a', { priority: 7, preemptionPolicy: 'Never' });
    const spec = outcome(ask(priority, pod('a'), { operation: 'UPDATE', old })) as PodSpec;
    assert.deepEqual([spec.priority, spec.preemptionPolicy], [7, 'Never']);
    assert.equal(ask(priority, old, { operation: 'UPDATE', old }), undefined);
  });

  it('has one default class', () => {
    const first = priorityClass('first', 1, { globalDefault: true });
    const second = priorityClass('second', 2, { globalDefault: true });
    const asked = { phase: 'validate', cluster: [first] } as const;
    assert.equal(
      outcome(ask(priority, second, asked)),
      'priorityclasses.scheduling.k8s.io "second" is forbidden: ' +
        'PriorityClass first is already marked as default. Only one default can exist',
    );
    assert.equal(ask(priority, first, { ...asked, operation: 'UPDATE' }), undefined);
    assert.equal(ask(priority, priorityClass('third', 3), asked), undefined);
  });
});
