// Whole runs, as a person sees them: each folder has a manifest, perhaps a cluster, images and commands, and what is told of it.
// UPDATE=1 writes the told texts anew; look at the difference before you believe it.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import {
  loadCluster,
  applyFiles,
  mermaidReport,
  parseSource,
  plain,
  textReport,
  type Applied,
  type ImageBehaviours,
} from '../../src/features/index.ts';
import { clusterFrom } from '../support/apply.ts';

const here = 'test/scenarios';
const update = process.env['UPDATE'] === '1';

function read(scenario: string, name: string): string | undefined {
  const file = `${here}/${scenario}/${name}`;
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function runOf(scenario: string): Applied {
  const text = read(scenario, 'cluster.yaml');
  const cluster =
    text === undefined
      ? clusterFrom('tutorial')
      : loadCluster({ name: 'cluster.yaml', sources: [{ name: 'cluster.yaml', text }], assumed: false });
  if ('problem' in cluster) throw new Error(cluster.problem);
  const [images] = parseSource({ name: 'images.yaml', text: read(scenario, 'images.yaml') ?? '{}' }).manifest.documents;
  return applyFiles({
    files: [parseSource({ name: 'manifest.yaml', text: read(scenario, 'manifest.yaml') ?? '' })],
    ...{ cluster, preset: text === undefined, reach: true, images: images?.object as ImageBehaviours },
    then: (read(scenario, 'then.txt') ?? '').split('\n').filter(Boolean),
  });
}

const findingLines = ({ findings }: Applied) =>
  findings.map(
    ({ line, column, endLine, endColumn, severity, id, message, explanation, subject, related }) =>
      `${line}:${column}-${endLine}:${endColumn} ${severity} ${id} ${subject.kind}/${subject.name}\n  ${message}\n  ${explanation}\n${related.map(({ object, path, note }) => `  see ${object.kind} ${object.name} ${path} (${note})\n`).join('')}`,
  );

const told: Readonly<Record<string, (applied: Applied) => string>> = {
  'story.txt': (applied) => textReport(applied, 'story', plain),
  'diagram.mmd': (applied) => mermaidReport(applied, 'story'),
  'findings.txt': (applied) => findingLines(applied).join(''),
};

describe('scenarios', () => {
  const scenarios = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name: scenario } of scenarios) {
    it(`${scenario} is told as it was`, () => {
      const applied = runOf(scenario);
      for (const [name, tell] of Object.entries(told)) {
        const text = tell(applied);
        if (update) writeFileSync(`${here}/${scenario}/${name}`, text);
        assert.equal(text, read(scenario, name), `${scenario}/${name}: UPDATE=1 writes it anew`);
      }
    });
  }
});
