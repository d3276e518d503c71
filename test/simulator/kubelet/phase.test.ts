import assert from 'node:assert/strict';
import type { ContainerState, ContainerStatus, PodSpec } from '../../../src/api/object.ts';
import { phaseOf } from '../../../src/simulator/kubelet/phase.ts';
import { makeContainer, makePod } from './pod-fixture.ts';

const terminated = (exitCode: number): ContainerState => ({ terminated: { exitCode } });
const states: Readonly<Record<string, Pick<ContainerStatus, 'state' | 'lastState' | 'started'>>> = {
  waiting: { state: { waiting: {} } },
  'back-off 1': { state: { waiting: {} }, lastState: terminated(1) },
  running: { state: { running: {} }, started: true },
  starting: { state: { running: {} }, started: false },
  'exit 0': { state: terminated(0) },
  'exit 1': { state: terminated(1) },
};

/** `app running` → a status. */
function makeStatus(text: string): ContainerStatus {
  const [name = '', ...state] = text.split(' ');
  return { name, ready: false, restartCount: 0, image: '', imageID: '', ...states[state.join(' ')] };
}

const one = (restartPolicy: string): Partial<PodSpec> => ({ restartPolicy });
const init = (restartPolicy: string): Partial<PodSpec> => ({
  restartPolicy,
  initContainers: [makeContainer({ name: 'init' })],
});
const sidecar: Partial<PodSpec> = {
  restartPolicy: 'Always',
  initContainers: [makeContainer({ name: 'side', restartPolicy: 'Always' })],
};

describe('phaseOf', () => {
  const rows: [spec: Partial<PodSpec>, statuses: string[], ended: boolean, phase: string][] = [
    [one('Always'), [], false, 'Pending'],
    [one('Always'), ['app waiting'], false, 'Pending'],
    [one('Always'), ['app running'], false, 'Running'],
    [one('Always'), ['app exit 1'], false, 'Running'],
    [one('Always'), ['app back-off 1'], false, 'Running'],
    [one('Always'), ['app exit 0'], true, 'Succeeded'],
    [one('Always'), ['app exit 1'], true, 'Failed'],
    [one('OnFailure'), ['app exit 0'], false, 'Succeeded'],
    [one('OnFailure'), ['app exit 1'], false, 'Running'],
    [one('Never'), ['app exit 0'], false, 'Succeeded'],
    [one('Never'), ['app exit 1'], false, 'Failed'],
    [init('Always'), ['init running', 'app waiting'], false, 'Pending'],
    [init('Always'), ['init exit 1', 'app waiting'], false, 'Pending'],
    [init('Never'), ['init exit 1', 'app waiting'], false, 'Failed'],
    [init('Always'), ['init exit 0', 'app running'], false, 'Running'],
    [sidecar, ['side starting', 'app waiting'], false, 'Pending'],
    [sidecar, ['side starting', 'app running'], false, 'Running'],
    [sidecar, ['side exit 1', 'app running'], false, 'Running'],
    [sidecar, ['side back-off 1', 'app running'], false, 'Running'],
    [sidecar, ['app running'], false, 'Pending'],
  ];
  for (const [spec, statuses, ended, phase] of rows) {
    it(`${spec.restartPolicy}: ${statuses.join(', ') || 'nothing'}${ended ? ', ended' : ''} → ${phase}`, () => {
      assert.equal(phaseOf({ pod: makePod(spec), statuses: statuses.map(makeStatus), ended }), phase);
    });
  }
});
