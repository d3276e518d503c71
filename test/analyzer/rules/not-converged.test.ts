import assert from 'node:assert/strict';
import { notConverged } from '../../../src/analyzer/rules/not-converged.ts';
import type { Evidence } from '../../../src/analyzer/finding.ts';
import { PodTemplates } from '../../../src/analyzer/pod-templates.ts';
import type { RunEnd } from '../../../src/simulator/index.ts';

const evidence = (end: RunEnd, applied = [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } }]): Evidence => ({
  ...{ trace: [], end, applied, final: new Map(), nodes: [] },
  ...{ warnings: new Map(), templates: new PodTemplates(), customKinds: new Set(), services: new Set() },
  cluster: { objects: () => [], mayOmit: () => false },
});

describe('a run that was cut', () => {
  const rows: [RunEnd, RegExp][] = [
    ['horizon', /when the simulated time was over/],
    ['step-cap', /after the largest number of steps/],
  ];
  for (const [end, says] of rows) {
    it(`says so (${end})`, () => {
      const [finding] = notConverged.find(evidence(end));
      assert.equal(finding?.id, 'not-converged');
      assert.match(finding?.message ?? '', says);
    });
  }
  it('has nothing to say of a run that came to rest', () => assert.deepEqual(notConverged.find(evidence('quiet')), []));
  it('has nothing to say where nothing was applied', () =>
    assert.deepEqual(notConverged.find(evidence('horizon', [])), []));
});
