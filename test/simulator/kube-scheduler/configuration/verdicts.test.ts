// What kube-scheduler 1.36.3 made of a Pod under a configuration that changes the verdict: plugins left out, weights, arguments.
import { deepEqual } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { KubeObject } from '../../../../src/api/object.ts';
import { setupOf } from '../../../../src/simulator/kube-scheduler/configuration/profiles.ts';
import { answer } from '../../../conformance/topics/scheduling.ts';

interface Recorded {
  readonly id: string;
  readonly cluster: readonly KubeObject[];
  readonly config: string;
  readonly expect: object;
}

const recorded = readFileSync(new URL('verdicts.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Recorded);

describe('verdicts under a configuration', () => {
  for (const { id, config, expect, ...question } of recorded) {
    it(id, () => {
      const setup = setupOf(parse(config));
      if ('problem' in setup) throw new Error(setup.problem);
      const framework = setup.frameworks.get('default-scheduler');
      const { expect: found } = answer({ id, ...question }, framework) as { expect: Record<string, unknown> };
      const { pod: _, ...judged } = found;
      deepEqual(JSON.parse(JSON.stringify(judged)), expect);
    });
  }
});
