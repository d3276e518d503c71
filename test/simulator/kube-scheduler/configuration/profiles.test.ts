// Configurations as kube-scheduler 1.36.3 took or refused them: its error, or the plugins of its profiles.
import { deepEqual } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { extensionPoints } from '../../../../src/simulator/kube-scheduler/configuration/plugin-sets.ts';
import { setupOf } from '../../../../src/simulator/kube-scheduler/configuration/profiles.ts';
import type { Framework } from '../../../../src/simulator/kube-scheduler/framework/plugin.ts';

interface Recorded {
  readonly id: string;
  readonly config: string;
  readonly error?: string;
  /** Profile → extension point → plugins, at `score` with their weights. */
  readonly profiles?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const recorded = readFileSync(new URL('recorded.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Recorded);

/** The plugins of a framework, points without any left out. */
function listed(framework: Framework): Record<string, string> {
  const entries = extensionPoints.map((point) => {
    const names =
      point === 'score'
        ? framework.score.map(({ plugin, weight }) => `${plugin.name}:${weight}`)
        : framework[point].map(({ name }) => name);
    return [point, names.join(' ')] as const;
  });
  return Object.fromEntries(entries.filter(([, names]) => names));
}

function outcome(config: string): Pick<Recorded, 'error' | 'profiles'> {
  const setup = setupOf(parse(config));
  if ('problem' in setup) return { error: setup.problem };
  return { profiles: Object.fromEntries([...setup.frameworks].map(([name, framework]) => [name, listed(framework)])) };
}

describe('configuration of kube-scheduler', () => {
  for (const { id, config, ...expected } of recorded) {
    it(id, () => deepEqual(outcome(config), expected));
  }
});
