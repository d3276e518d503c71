import assert from 'node:assert/strict';
import type { PodSpec } from '../../../src/api/object.ts';
import type { RuntimePodStatus } from '../../../src/simulator/kubelet/containerd/cri.ts';
import { computePodActions, type ProbeResults } from '../../../src/simulator/kubelet/pod-actions.ts';
import { makeContainer, makePod, makeRuntime, noRuntime } from './pod-fixture.ts';

const notProbed: ProbeResults = () => undefined;

/** The actions in one line: `sandbox`, `stop`, `-name (message)`, `init name`, `+name`. */
function actions(spec: Partial<PodSpec>, runtime: RuntimePodStatus, probes = notProbed): string {
  const { killPod, createSandbox, kill, startInit, start } = computePodActions(makePod(spec), runtime, probes);
  return [
    ...(createSandbox ? ['sandbox'] : killPod ? ['stop'] : []),
    ...kill.map(({ container, message }) => `-${container.name} (${message})`),
    ...startInit.map(({ name }) => `init ${name}`),
    ...start.map(({ name }) => `+${name}`),
  ].join(', ');
}

const two = { containers: [makeContainer({ name: 'a' }), makeContainer({ name: 'b' })] };
const inits = { ...two, initContainers: [makeContainer({ name: 'i' }), makeContainer({ name: 'j' })] };
const sidecar = {
  ...two,
  initContainers: [makeContainer({ name: 's', restartPolicy: 'Always' }), makeContainer({ name: 'j' })],
};
const failed =
  (kind: string, id: string): ProbeResults =>
  (asked, of) =>
    asked === kind && of === id ? false : undefined;

describe('computePodActions', () => {
  const rows: [what: string, spec: Partial<PodSpec>, runtime: RuntimePodStatus, expected: string][] = [
    ['a new Pod', two, noRuntime, 'sandbox, +a, +b'],
    ['a new Pod with init containers', inits, noRuntime, 'sandbox, init i'],
    ['all run', two, makeRuntime('b running', 'a running'), ''],
    ['one has failed', two, makeRuntime('b running', 'a exited 1'), '+a'],
    ['one has failed, never restarted', { ...two, restartPolicy: 'Never' }, makeRuntime('b running', 'a exited 1'), ''],
    ['one is done', { ...two, restartPolicy: 'OnFailure' }, makeRuntime('b exited 1', 'a exited 0'), '+b'],
    ['all are done', { ...two, restartPolicy: 'Never' }, makeRuntime('b exited 0', 'a exited 0'), 'stop'],
    ['one was only created', two, makeRuntime('b created', 'a running'), '+b'],
    ['the first init container runs', inits, makeRuntime('i running'), ''],
    ['the first init container is done', inits, makeRuntime('i exited 0'), 'init j'],
    ['the first init container has failed', inits, makeRuntime('i exited 1'), 'init i'],
    ['an init container has failed for good', { ...inits, restartPolicy: 'Never' }, makeRuntime('i exited 1'), 'stop'],
    ['all init containers are done', inits, makeRuntime('j exited 0', 'i exited 0'), '+a, +b'],
    ['a sidecar runs', sidecar, makeRuntime('s running'), 'init j'],
    ['a sidecar has ended before the next init container', sidecar, makeRuntime('s exited 0'), 'init s'],
    ['a sidecar has ended while the next one runs', sidecar, makeRuntime('j running', 's exited 1'), 'init s'],
    [
      'a sidecar has ended under the containers',
      sidecar,
      makeRuntime('b running', 'a running', 's exited 0'),
      'init s',
    ],
    [
      'a sidecar is not restarted when all are done',
      { ...sidecar, restartPolicy: 'Never' },
      makeRuntime('b exited 0', 'a exited 0', 's running'),
      'stop',
    ],
  ];
  for (const [what, spec, runtime, expected] of rows) {
    it(`${what}: ${expected || 'nothing'}`, () => assert.equal(actions(spec, runtime), expected));
  }

  it('replaces a container whose definition changed', () => {
    const spec = { containers: [makeContainer({ image: 'redis' })], restartPolicy: 'Never' };
    const expected = '-app (Container app definition changed, will be restarted), +app';
    assert.equal(actions(spec, makeRuntime('app running')), expected);
  });

  it('restarts a container that fails its liveness probe', () => {
    const expected = '-app (Container app failed liveness probe, will be restarted), +app';
    assert.equal(actions({}, makeRuntime('app running'), failed('liveness', 'id0')), expected);
  });

  it('ends a container that fails its startup probe and is not restarted', () => {
    const expected = 'stop, -app (Container app failed startup probe)';
    assert.equal(actions({ restartPolicy: 'Never' }, makeRuntime('app running'), failed('startup', 'id0')), expected);
  });

  it('waits for the startup probe of a sidecar', () => {
    const startupProbe = { exec: { command: ['check'] } };
    const spec = { ...two, initContainers: [makeContainer({ name: 's', restartPolicy: 'Always', startupProbe })] };
    assert.equal(actions(spec, makeRuntime('s running')), '');
    assert.equal(
      actions(spec, makeRuntime('s running'), () => true),
      '+a, +b',
    );
    const expected = '-s (Init container s failed startup probe), init s';
    assert.equal(actions(spec, makeRuntime('s running'), failed('startup', 'id0')), expected);
  });

  it('makes a new sandbox for a Pod whose sandbox has gone, unless it is done', () => {
    const gone = {
      ...makeRuntime('app exited 0'),
      sandboxes: makeRuntime().sandboxes.map((s) => ({ ...s, ready: false })),
    };
    assert.equal(actions({}, gone), 'sandbox, +app');
    assert.equal(actions({ restartPolicy: 'OnFailure' }, gone), 'stop');
    assert.equal(actions({ restartPolicy: 'Never' }, gone), 'stop');
  });
});
